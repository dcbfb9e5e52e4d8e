"""What the site keeps of people: each model that says something about a person is declared here by its app."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Basis(StrEnum):
    """On what ground something is kept (Article 6(1) of Regulation (EU) 2016/679)."""

    CONTRACT = "contract"
    CONSENT = "consent"
    LEGITIMATE_INTERESTS = "legitimate-interests"
    LEGAL_OBLIGATION = "legal-obligation"

    @property
    def words(self) -> Promise:
        """Return it in words, with the place where the law says so."""
        return _BASES[self]


_BASES = {
    Basis.CONTRACT: _("You asked for this service (Article 6(1)(b) GDPR)."),
    Basis.CONSENT: _("You agreed to it, and may change your mind (Article 6(1)(a) GDPR)."),
    Basis.LEGITIMATE_INTERESTS: _("The site needs it to work and to be safe (Article 6(1)(f) GDPR)."),
    Basis.LEGAL_OBLIGATION: _("The law asks for it (Article 6(1)(c) GDPR)."),
}


@dataclass(frozen=True)
class Subject:
    """Whose data it is: an account, a visitor's record on a device, or an account with the record that is its own."""

    account: AbstractBaseUser | None
    record_id: UUID | None

    @property
    def is_nobody(self) -> bool:
        """Return whether there is nobody."""
        return self.account is None and self.record_id is None


@dataclass(frozen=True)
class Declaration:
    """What a model keeps of people.

    purpose, retention: sentences for people, translated. export: the rows about somebody, each as a mapping from names
    of fields to plain values that JSON knows (times, dates and UUIDs too). erase: delete or make nameless what there is
    about somebody; called in the transaction that erases them, before the account and the record themselves go, in the
    order of `order`. expire: what its time is up for; given the time and whether to write, it returns how many rows
    (are to) go. title: how people call it; without one, the model's own name. parts: labels of models whose rows belong
    to rows of this one and are exported and erased with them. is_mention: its rows are about something else and only
    name somebody; erasing takes the name out and the rows stay. labels: what people call the fields of exported rows
    that the model has not.
    """

    model: str
    purpose: StrOrPromise
    basis: Basis
    retention: StrOrPromise
    export: Callable[[Subject], Iterable[Mapping[str, Any]]]
    erase: Callable[[Subject, dt.datetime], None]
    expire: Callable[[dt.datetime, bool], int] | None = None
    order: int = 50
    title: StrOrPromise = ""
    parts: tuple[str, ...] = ()
    is_mention: bool = False
    labels: Mapping[str, StrOrPromise] = field(default_factory=dict)


@dataclass(frozen=True)
class Cookie:
    """A cookie that the site sets: its name in the browser and for people, when, what for, and how long it stays."""

    name: str
    title: StrOrPromise
    when: StrOrPromise
    purpose: StrOrPromise
    stays: StrOrPromise
    order: int = 50


@dataclass(frozen=True)
class Tally:
    """How often something happened at a page in a month (any day of it). It says nothing of who did it."""

    kind: str
    page_key: UUID
    month: dt.date
    count: int


@dataclass(frozen=True)
class Records:
    """What privacy must know of records of learning; the app that keeps them registers it.

    of_account: the id of an account's record, or None. lock: take a record's row lock, so that nobody can add to it;
    returns whether it stands. forget: have the device of a request forget a record that was erased. It is for the app
    to keep totals of what it erases (`totals.keep_totals`).
    """

    of_account: Callable[[int], UUID | None]
    lock: Callable[[UUID], bool]
    forget: Callable[[HttpRequest], None]


# Typed loosely: privacy knows no account of anybody's in particular.
MayLookAfter = Callable[[Any, Any], bool]

_declarations: dict[str, Declaration] = {}
_cookies: dict[str, Cookie] = {}
_guards: list[MayLookAfter] = []
_record_finders: list[Callable[[HttpRequest], UUID | None]] = []
_records: list[Records] = []
_title_finders: list[Callable[[Collection[UUID]], Mapping[UUID, str]]] = []


def declare(declaration: Declaration) -> None:
    """Declare what a model keeps of people. `model` is its label, as in `people.User`."""
    _declarations[declaration.model] = declaration


def declarations() -> tuple[Declaration, ...]:
    """Return all declarations, in the order in which they are erased."""
    return tuple(sorted(_declarations.values(), key=lambda found: (found.order, found.model)))


def declarations_to_read() -> tuple[Declaration, ...]:
    """Return all declarations in the order for people: the account, its record, what hangs on them, work on pages."""
    return tuple(sorted(_declarations.values(), key=lambda found: (found.is_mention, -found.order, found.model)))


def declare_cookie(cookie: Cookie) -> None:
    """Declare a cookie that the site sets."""
    _cookies[cookie.name] = cookie


def cookies() -> tuple[Cookie, ...]:
    """Return all cookies that the site sets."""
    return tuple(sorted(_cookies.values(), key=lambda found: (found.order, found.name)))


def register_record_finder(finder: Callable[[HttpRequest], UUID | None]) -> None:
    """Have a finder say which record of learning a request belongs to."""
    _record_finders[:] = [finder]


def register_records(records: Records) -> None:
    """Have an app answer for records of learning."""
    _records[:] = [records]


def records() -> Records | None:
    """Return who answers for records of learning, or None where nobody does."""
    return _records[0] if _records else None


def register_guard(may_look_after: MayLookAfter) -> None:
    """Have the app that keeps rights say who may look after whose account: who does it, and the account."""
    _guards[:] = [may_look_after]


def may_look_after(actor: AbstractBaseUser, account: AbstractBaseUser) -> bool:
    """Return whether somebody may see, export and erase another one's data; nobody may where nobody says so."""
    return bool(_guards) and _guards[0](actor, account)


def register_titles(finder: Callable[[Collection[UUID]], Mapping[UUID, str]]) -> None:
    """Have a finder say the titles, in the active language, of the pages that have these translation keys."""
    _title_finders[:] = [finder]


def titles_of(page_keys: Collection[UUID]) -> Mapping[UUID, str]:
    """Return titles by translation key, in the active language; keys that nobody knows are left out."""
    return _title_finders[0](page_keys) if _title_finders and page_keys else {}


def subject_of(request: HttpRequest) -> Subject:
    """Return whose data a request may ask for: that of the account that is signed in, else of the device's record."""
    user = request.user
    account = user if isinstance(user, AbstractBaseUser) else None
    record_id = _record_finders[0](request) if _record_finders else None
    return Subject(account=account, record_id=record_id)


def subject_of_account(account: AbstractBaseUser) -> Subject:
    """Return an account with the record that is its own."""
    found = records()
    return Subject(account=account, record_id=found.of_account(account.pk) if found else None)
