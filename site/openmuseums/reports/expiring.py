"""What is kept of reports, and until when."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from openmuseums.privacy.registry import Basis, Declaration, declare
from openmuseums.reports.models import Report

KEPT_AFTER_SETTLING = dt.timedelta(days=2 * 365)


def expire(now: dt.datetime, write: bool) -> int:
    """Delete, with their logs, reports that were settled two years ago; return how many (are to) go."""
    over = Report.objects.filter(settled_at__lt=now - KEPT_AFTER_SETTLING)
    if not write:
        return over.count()
    with transaction.atomic():
        gone = list(over.select_for_update().values_list("pk", flat=True))
        ModelLogEntry.objects.filter(
            content_type__app_label="reports", content_type__model="report", object_id__in=[str(pk) for pk in gone]
        ).delete()
        Report.objects.filter(pk__in=gone).delete()
    return len(gone)


def declare_reports() -> None:
    """Declare what reports keep: nothing says who wrote them, so there is nothing to hand out or erase by person."""
    declare(
        Declaration(
            model="reports.Report",
            purpose=_("To mend what readers say is wrong on a page. Nothing is kept of who wrote it."),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_("Two years after an editor has settled it."),
            export=lambda _subject: (),
            erase=lambda _subject, _now: None,
            expire=expire,
        )
    )
