"""A reader says that something is wrong."""

import datetime as dt
from uuid import UUID

from openmuseums.limits.counting import allow
from openmuseums.reports.models import Report

# A whole class may sit behind one network address, and a program that fills the queue as well.
REPORTS_AN_HOUR = 30
HOUR = 60 * 60


class TooManyReportsError(Exception):
    """Raised where so many reports came from one place within the hour that another is not taken."""


def report(  # noqa: PLR0913 - these are the parts of a report
    *,
    form_id: UUID,
    page_key: UUID,
    block_id: str,
    language: str,
    text_language: str,
    kind: str,
    text: str,
    sender: str,
    now: dt.datetime,
) -> Report:
    """Take a report; one that was sent before with the same form is returned as it is, and nothing is taken again.

    Of two at once the database lets one in. `sender` is where it came from: it is counted, and not kept.
    Raises TooManyReportsError.
    """
    there = Report.objects.filter(form_id=form_id).first()
    if there is not None:
        return there
    if not allow("report", who=sender, amount=REPORTS_AN_HOUR, seconds=HOUR):
        raise TooManyReportsError
    return Report.objects.get_or_create(
        form_id=form_id,
        defaults={
            "page_key": page_key,
            "block_id": block_id,
            "language": language,
            "text_language": text_language,
            "kind": kind,
            "text": text,
            "reported_at": now,
        },
    )[0]
