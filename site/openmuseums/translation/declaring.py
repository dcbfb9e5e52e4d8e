"""What is kept of translators, told to the registry of privacy."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.privacy.registry import Basis, Declaration, Subject, declare
from openmuseums.translation.models import Seat
from openmuseums.translation.working import SEAT_LASTS


def _exported(subject: Subject) -> Iterable[Mapping[str, Any]]:
    rows = Seat.objects.filter(person=subject.account.pk) if subject.account else Seat.objects.none()
    return rows.order_by("pk").values("page_key", "locale__language_code", "since", "seen_at")


def _erased(subject: Subject, now: dt.datetime) -> None:
    if subject.account is not None:
        Seat.objects.filter(person=subject.account.pk).delete()


def _expired(now: dt.datetime, write: bool) -> int:
    rows = Seat.objects.filter(seen_at__lt=now - SEAT_LASTS)
    count = rows.count()
    if write:
        rows.delete()
    return count


def declare_seats() -> None:
    """Declare who works on which translation."""
    declare(
        Declaration(
            model="translation.Seat",
            title=_("Translations you are working on"),
            purpose=_("Lets a team see who works on which page, so that two people do not translate the same text."),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_("Until you have finished, or twelve hours after you last worked on it."),
            export=_exported,
            erase=_erased,
            expire=_expired,
            labels={"locale__language_code": _("Language")},
        )
    )
