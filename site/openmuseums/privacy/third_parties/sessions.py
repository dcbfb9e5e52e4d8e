"""Sessions: who is signed in, where, and what was begun without signing in."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from openmuseums.privacy.names import addresses_of
from openmuseums.privacy.registry import Basis, Declaration, Subject, declare


def sessions_of(subject: Subject) -> Iterator[Session]:
    """Return the sessions in which an account is signed in, and those that hold one of its addresses.

    What a session holds can be found out only by reading it, so all are read.
    """
    if subject.account is None:
        return
    pk, addresses = str(subject.account.pk), [address.casefold() for address in addresses_of(subject.account)]
    for session in Session.objects.iterator():
        data = session.get_decoded()
        said = json.dumps(data, default=str, ensure_ascii=False).casefold()
        if data.get(SESSION_KEY) == pk or any(address in said for address in addresses):
            yield session


def _export(subject: Subject) -> Iterable[dict[str, Any]]:
    # The key opens the session: nobody else should read it in a file.
    return [{"expire_date": session.expire_date} for session in sessions_of(subject)]


def _erase(subject: Subject, now: dt.datetime) -> None:
    Session.objects.filter(pk__in=[session.pk for session in sessions_of(subject)]).delete()


def _expire(now: dt.datetime, write: bool) -> int:
    old = Session.objects.filter(expire_date__lt=now)
    return old.delete()[0] if write else old.count()


def declare_all() -> None:
    """Declare sessions."""
    declare(
        Declaration(
            model="sessions.Session",
            title=_("Where you are signed in"),
            purpose=_("Tells the site that it is you, from page to page."),
            basis=Basis.CONTRACT,
            retention=_("Two weeks, or until you sign out."),
            export=_export,
            erase=_erase,
            expire=_expire,
        )
    )
