"""What checks of sources keep of editors, told to the registry of privacy."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from lessons.models import SourceCheck
from openmuseums.editorial.declaring import declare_work_on_pages
from openmuseums.privacy.registry import Subject


def _exported(subject: Subject) -> Iterable[Mapping[str, Any]]:
    rows = SourceCheck.objects.filter(by=subject.account.pk) if subject.account else SourceCheck.objects.none()
    return rows.order_by("pk").values("page_key", "checked_on")


def _erased(subject: Subject, now: dt.datetime) -> None:
    if subject.account is not None:
        # Past the manager, which has no way to change a row: what was checked stays, and when.
        SourceCheck._base_manager.filter(by=subject.account.pk).update(by=None)


def declare_checks() -> None:
    """Declare who opened a source and found it right."""
    declare_work_on_pages("lessons.SourceCheck", export=_exported, erase=_erased)
