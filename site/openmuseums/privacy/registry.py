"""What the site keeps of people: each model that says something about a person is declared here by its app."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django_stubs_ext import StrOrPromise


class Basis(StrEnum):
    """On what ground something is kept (Article 6(1) of Regulation (EU) 2016/679)."""

    CONTRACT = "contract"
    CONSENT = "consent"
    LEGITIMATE_INTERESTS = "legitimate-interests"
    LEGAL_OBLIGATION = "legal-obligation"


@dataclass(frozen=True)
class Subject:
    """Whose data it is: an account, a visitor's record on a device, or an account with the record that is its own."""

    account: AbstractBaseUser | None
    record_id: UUID | None


@dataclass(frozen=True)
class Declaration:
    """What a model keeps of people.

    purpose, retention: sentences for people, translated. export: the rows about somebody, each as a mapping from names
    of fields to plain values that JSON knows. erase: delete or make nameless what there is about somebody; called in
    the transaction that erases them, before the account and the record themselves go, in the order of `order`. expire:
    what its time is up for; given the time and whether to write, it returns how many rows (are to) go.
    """

    model: str
    purpose: StrOrPromise
    basis: Basis
    retention: StrOrPromise
    export: Callable[[Subject], Iterable[Mapping[str, Any]]]
    erase: Callable[[Subject, dt.datetime], None]
    expire: Callable[[dt.datetime, bool], int] | None = None
    order: int = 50


_declarations: dict[str, Declaration] = {}
_record_finders: list[Callable[[HttpRequest], UUID | None]] = []


def declare(declaration: Declaration) -> None:
    """Declare what a model keeps of people. `model` is its label, as in `people.User`."""
    _declarations[declaration.model] = declaration


def declarations() -> tuple[Declaration, ...]:
    """Return all declarations, in the order in which they are erased."""
    return tuple(sorted(_declarations.values(), key=lambda found: (found.order, found.model)))


def register_record_finder(finder: Callable[[HttpRequest], UUID | None]) -> None:
    """Have a finder say which record of learning a request belongs to."""
    _record_finders[:] = [finder]


def subject_of(request: HttpRequest) -> Subject:
    """Return whose data a request may ask for: that of the account that is signed in, else of the device's record."""
    user = request.user
    account = user if isinstance(user, AbstractBaseUser) else None
    record_id = _record_finders[0](request) if _record_finders else None
    return Subject(account=account, record_id=record_id)
