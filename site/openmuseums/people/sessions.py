"""Where somebody is signed in: the list, and ending one or all others."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from openmuseums.people.models import User


def open_sessions(*, user: User, now: dt.datetime) -> QuerySet[UserSession]:
    """Return the sessions that somebody is signed in with, the newest first."""
    living = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=now)
    sessions: QuerySet[UserSession] = UserSession.objects.filter(Exists(living), user=user).order_by(
        "-created_at", "pk"
    )
    return sessions.order_by("-created_at", "pk")


@transaction.atomic
def end_session(*, user: User, session_id: int) -> bool:
    """End one session of somebody; return whether there was one."""
    return _end(UserSession.objects.filter(user=user, pk=session_id)) == 1


@transaction.atomic
def end_other_sessions(*, user: User, current: SessionBase) -> int:
    """End all sessions of somebody but the current one; return how many."""
    return _end(UserSession.objects.filter(user=user).exclude(session_key=current.session_key or ""))


@transaction.atomic
def end_all_sessions(*, user: User) -> int:
    """End all sessions of somebody; return how many."""
    return _end(UserSession.objects.filter(user=user))


def _end(rows: QuerySet[UserSession]) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


@transaction.atomic
def forget_ended_sessions(now: dt.datetime) -> str:
    """Delete sessions whose time is up, with the addresses that unfinished sign-ins left in them."""
    ended = Session.objects.filter(expire_date__lte=now).delete()[0]
    living = Session.objects.filter(session_key=OuterRef("session_key"))
    rows = UserSession.objects.filter(~Exists(living)).delete()[0]
    return f"{ended} sessions and {rows} notes of devices deleted."
