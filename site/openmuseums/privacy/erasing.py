"""Erasing a person: all of it at once, or nothing."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from openmuseums.privacy.names import remember_addresses
from openmuseums.privacy.registry import Subject, declarations, records, subject_of_account

logger = logging.getLogger(__name__)
_erasing: ContextVar[frozenset[int]] = ContextVar("erasing", default=frozenset())


class LastAdministratorError(Exception):
    """Raised where nobody would be left to administer the site."""


def is_last_administrator(account: AbstractBaseUser) -> bool:
    """Return whether an account is the only one that may do everything."""
    return bool(getattr(account, "is_superuser", False)) and not (
        get_user_model()._default_manager.filter(is_superuser=True, is_active=True).exclude(pk=account.pk).exists()
    )


@transaction.atomic
def erase(*, subject: Subject, now: dt.datetime) -> bool:
    """Erase a person with all that is declared about them; return False where they were erased before.

    The account's row is locked, and the record's: whatever somebody saves for them in another tab comes before and
    goes too, or comes after and finds nobody. What they wrote on pages stays without their name. It is for the caller
    to end the session of the request.
    Raises LastAdministratorError, and erases nothing, where nobody would be left to administer the site.
    """
    account = _locked(subject.account) if subject.account is not None else None
    if account is not None:
        # Asked again under the lock: the record may have been begun, or another one joined to it, meanwhile.
        subject = subject_of_account(account)
    elif subject.account is not None:
        subject = Subject(account=None, record_id=None)
    keeper = records()
    if subject.record_id is not None and (keeper is None or not keeper.lock(subject.record_id)):
        subject = Subject(account=account, record_id=None)
    if subject.is_nobody:
        return False
    erase_declared(subject, now)
    if account is not None:
        with _under_way(account):
            account.delete()
        # No log may say who it was.
        logger.info("An account was erased.")
    return True


def erase_declared(subject: Subject, now: dt.datetime) -> None:
    """Have all declarations erase what there is about a person, in their order. To be called in a transaction."""
    if subject.account is not None:
        remember_addresses(subject.account)
    for declaration in declarations():
        declaration.erase(subject, now)


def is_under_way(account: AbstractBaseUser) -> bool:
    """Return whether an account is being deleted by `erase`, which has done the rest already."""
    return account.pk in _erasing.get()


def _locked(account: AbstractBaseUser) -> AbstractBaseUser | None:
    accounts = get_user_model()._default_manager
    if getattr(account, "is_superuser", False):
        # All of them, in one order: else two administrators who leave at once could each count on the other.
        list(accounts.select_for_update().filter(is_superuser=True).order_by("pk").values_list("pk"))
    locked = accounts.select_for_update().filter(pk=account.pk).first()
    if locked is not None and is_last_administrator(locked):
        raise LastAdministratorError
    return locked


@contextmanager
def _under_way(account: AbstractBaseUser) -> Iterator[None]:
    token = _erasing.set(_erasing.get() | {account.pk})
    try:
        yield
    finally:
        _erasing.reset(token)
