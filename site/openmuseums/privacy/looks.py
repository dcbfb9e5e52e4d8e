"""Who looked at whose data: kept for two years, and shown to the person whose data it is."""

import datetime as dt

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from openmuseums.privacy.models import Look

KEPT_FOR = dt.timedelta(days=2 * 365)


def note_look(actor: AbstractBaseUser, subject_account_id: int, what: str, now: dt.datetime) -> None:
    """Keep that somebody looked at another person's data; what people see of their own is nobody's business.

    what: one of Look.What.
    """
    if actor.pk != subject_account_id:
        Look.objects.create(actor_id=actor.pk, subject_id=subject_account_id, what=Look.What(what), looked_at=now)


def looks_at(account: AbstractBaseUser) -> QuerySet[Look]:
    """Return the looks at somebody's data, the last first, with who looked."""
    return Look.objects.filter(subject_id=account.pk).select_related("actor")


def name_of(actor: AbstractBaseUser | None) -> str:
    """Return what a person is told of who looked at their data: a name, never an address; "" where there is none."""
    if actor is None:
        return ""
    name: str = getattr(actor, "name", "") or getattr(actor, "username", "") or ""
    return name


def expire_looks(now: dt.datetime, write: bool) -> int:
    """Delete looks that are older than two years; return how many (are to) go."""
    old = Look.objects.filter(looked_at__lt=now - KEPT_FOR)
    return old.delete()[0] if write else old.count()
