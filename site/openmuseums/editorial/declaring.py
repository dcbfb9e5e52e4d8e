"""What kinds of change keep of editors, told to the registry of privacy."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.editorial.publications import KindChoice
from openmuseums.privacy.registry import Basis, Declaration, Subject, declare


def _exported(subject: Subject) -> Iterable[Mapping[str, Any]]:
    rows = KindChoice.objects.filter(chosen_by=subject.account.pk) if subject.account else KindChoice.objects.none()
    return rows.order_by("pk").values("revision__object_str", "kind", "chosen_at")


def _erased(subject: Subject, now: dt.datetime) -> None:
    if subject.account is not None:
        KindChoice.objects.filter(chosen_by=subject.account.pk).update(chosen_by=None)


def declare_work_on_pages(
    model: str,
    *,
    export: Callable[[Subject], Iterable[Mapping[str, Any]]],
    erase: Callable[[Subject, dt.datetime], None],
    labels: Mapping[str, Any] | None = None,
) -> None:
    """Declare a model that says who of the editors did something: what was done stays when the account goes.

    model: as `app.Model`. labels: what the fields of the export are called, where their own names do not do.
    """
    declare(
        Declaration(
            model=model,
            title=_("Work on the pages"),
            purpose=_("Says who wrote or changed what, so that those who edit the pages can work together."),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_(
                "As long as the page or the upload. When you erase your account your work stays, without your name."
            ),
            export=export,
            erase=erase,
            is_mention=True,
            labels=labels or {},
        )
    )


def declare_choices() -> None:
    """Declare who said what kind of change a revision is."""
    declare_work_on_pages(
        "editorial.KindChoice", export=_exported, erase=_erased, labels={"revision__object_str": _("Page")}
    )
