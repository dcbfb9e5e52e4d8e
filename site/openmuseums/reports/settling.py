"""An editor settles reports, or opens one again."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from wagtail.log_actions import log

from openmuseums.people.models import User
from openmuseums.reports.models import Report

SETTLED = "reports.settled"
REOPENED = "reports.reopened"


class NothingToSettleError(Exception):
    """Raised where all the reports are settled already, or gone; where some are, the others are settled."""


class NothingToReopenError(Exception):
    """Raised where a report is open already, or gone."""


@transaction.atomic
def settle(*, report_ids: Collection[int], note: str, actor: User, now: dt.datetime) -> int:
    """Settle the reports that are open, with a note for those who look later; return how many there were.

    Their rows are locked: where two settle at once the first one's note stands, and the second is told.
    Raises NothingToSettleError.
    """
    reports = _locked(report_ids, settled_at=None)
    if not reports:
        raise NothingToSettleError
    for report in reports:
        report.settled_at, report.note = now, note
        report.save(update_fields=["settled_at", "note"])
        log(instance=report, action=SETTLED, user=actor, timestamp=now, data={"note": note})
    return len(reports)


@transaction.atomic
def reopen(*, report_id: int, actor: User, now: dt.datetime) -> None:
    """Open a report again. The note that it was settled with stays in the log.

    Raises NothingToReopenError.
    """
    reports = _locked([report_id], settled_at__isnull=False)
    if not reports:
        raise NothingToReopenError
    (report,) = reports
    note, report.settled_at, report.note = report.note, None, ""
    report.save(update_fields=["settled_at", "note"])
    log(instance=report, action=REOPENED, user=actor, timestamp=now, data={"note": note})


def _locked(report_ids: Collection[int], **state: object) -> list[Report]:
    # In the order of their ids, so that no two wait for each other. Who waited sees the state as it is by then.
    return list(Report.objects.select_for_update().filter(pk__in=report_ids, **state).order_by("pk"))
