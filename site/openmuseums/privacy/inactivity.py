"""Accounts that nobody uses: their owners are told by letter, and then they are erased."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from openmuseums.privacy.erasing import LastAdministratorError, erase
from openmuseums.privacy.models import InactivityNotice
from openmuseums.privacy.names import is_former_editor
from openmuseums.privacy.registry import subject_of_account

INACTIVE_AFTER = dt.timedelta(days=3 * 365)
TOLD_BEFORE = dt.timedelta(days=30)

Teller = Callable[[AbstractBaseUser, dt.date, dt.datetime], None]
_tellers: list[Teller] = []


def register_teller(teller: Teller) -> None:
    """Have an app tell the owner of an account on what day it will be erased. It is given the account, day and time.

    It is called in a transaction; what it sends leaves when that is committed. Who has no address is told nothing.
    """
    _tellers[:] = [teller]


def expire_inactive(now: dt.datetime, write: bool) -> int:
    """Tell the owners of accounts that nobody signed in to for three years, and erase those told thirty days ago.

    Whoever signs in meanwhile is told again before anything is erased. The last administrator is never erased, nor
    anybody whom the site has not tried to tell. Returns how many accounts (are to) go.
    """
    due = list(_idle(now).filter(inactivity_notice__told_at__lte=now - TOLD_BEFORE))
    if not write:
        return len(due)
    _forget_notices_of_those_who_came_back(now)
    for account in _idle(now + TOLD_BEFORE).filter(inactivity_notice__isnull=True):
        if not is_former_editor(account):
            _tell(account, now)
    return sum(_erase_if_idle(account, now) for account in due)


def _idle(now: dt.datetime) -> QuerySet[Any]:
    accounts = get_user_model()._default_manager.annotate(last_seen=Coalesce("last_login", "date_joined"))
    return accounts.filter(last_seen__lt=now - INACTIVE_AFTER).order_by("pk")


def _forget_notices_of_those_who_came_back(now: dt.datetime) -> None:
    InactivityNotice.objects.filter(account__last_login__gte=F("told_at")).delete()


@transaction.atomic
def _tell(account: Any, now: dt.datetime) -> None:
    # One of two clocks tells them.
    locked = get_user_model()._default_manager.select_for_update(no_key=True).filter(pk=account.pk).first()
    if locked is None or InactivityNotice.objects.filter(account_id=account.pk).exists():
        return
    InactivityNotice.objects.create(account_id=account.pk, told_at=now)
    for teller in _tellers:
        teller(account, (now + TOLD_BEFORE).date(), now)


@transaction.atomic
def _erase_if_idle(account: Any, now: dt.datetime) -> bool:
    # Asked again under the lock: they may have signed in meanwhile.
    get_user_model()._default_manager.select_for_update().filter(pk=account.pk).first()
    if not _idle(now).filter(pk=account.pk, inactivity_notice__told_at__lte=now - TOLD_BEFORE).exists():
        return False
    try:
        return erase(subject=subject_of_account(account), now=now)
    except LastAdministratorError:
        return False
