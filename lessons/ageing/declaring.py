"""What checks of sources keep of editors, told to the registry of privacy."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lessons.models import SourceCheck
from openmuseums.privacy.registry import Basis, Declaration, Subject, declare


def _exported(subject: Subject) -> Iterable[Mapping[str, Any]]:
    rows = SourceCheck.objects.filter(by=subject.account.pk) if subject.account else SourceCheck.objects.none()
    return rows.order_by("pk").values("page_key", "checked_on")


def _erased(subject: Subject, now: dt.datetime) -> None:
    if subject.account is not None:
        # Past the manager, which has no way to change a row: what was checked stays, and when.
        SourceCheck._base_manager.filter(by=subject.account.pk).update(by=None)


def declare_checks() -> None:
    """Declare who opened a source and found it right."""
    declare(
        Declaration(
            model="lessons.SourceCheck",
            title=_("Work on the pages"),
            purpose=_("Says who wrote or changed what, so that those who edit the pages can work together."),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_(
                "As long as the page or the upload. When you erase your account your work stays, without your name."
            ),
            export=_exported,
            erase=_erased,
            is_mention=True,
        )
    )
