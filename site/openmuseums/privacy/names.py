"""What a person is called in the database, and how that is taken out of texts."""

import json
import re
from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

# Stands where a name stood. It needs no translation.
NAMELESS = "–"
_REMEMBERED = "_addresses_before_erasing"
_FORMER_EDITOR = "former-editor"


def addresses_of(account: AbstractBaseUser) -> frozenset[str]:
    """Return the e-mail addresses of an account; while it is erased, those that it had before."""
    remembered: frozenset[str] | None = account.__dict__.get(_REMEMBERED)
    if remembered is not None:
        return remembered
    known = apps.get_model("account", "EmailAddress").objects.filter(user_id=account.pk)
    return frozenset({getattr(account, "email", None) or "", *known.values_list("email", flat=True)} - {""})


def remember_addresses(account: AbstractBaseUser) -> None:
    """Have this instance go on knowing its addresses when their rows are deleted."""
    account.__dict__[_REMEMBERED] = addresses_of(account)


def names_of(account: AbstractBaseUser) -> frozenset[str]:
    """Return all that an account is called: addresses, user name, and the person's name."""
    called = {getattr(account, "username", None) or "", getattr(account, "name", "")}
    return frozenset((addresses_of(account) | called) - {""})


def mentioning(rows: QuerySet[Any], fields: Iterable[str], words: Collection[str]) -> QuerySet[Any]:
    """Return the rows in which one of the fields, text or JSON, has one of the words, whatever their case."""
    found = Q(pk__in=[])
    for field in fields:
        rows = rows.annotate(**{f"{field}_text": Cast(field, TextField())})
        for word in words:
            # SQLite keeps JSON with letters beyond ASCII escaped.
            for spelling in {word, json.dumps(word)[1:-1]}:
                found |= Q(**{f"{field}_text__icontains": spelling})
    return rows.filter(found)


def without_names(value: Any, names: Collection[str]) -> Any:
    """Return a text, or whatever JSON holds, with names that stand in it as words of their own taken out."""
    if isinstance(value, str):
        if not names:
            return value
        longest_first = sorted(names, key=len, reverse=True)
        return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", NAMELESS, value, flags=re.I)
    if isinstance(value, list):
        return [without_names(part, names) for part in value]
    if isinstance(value, dict):
        return {key: without_names(part, names) for key, part in value.items()}
    return value


def former_editor() -> Model:
    """Return the account that comments of erased accounts belong to: their rows cannot do without one.

    It is closed, has no password and no address, and is made when it is first needed.
    """
    accounts = get_user_model()._default_manager
    taken = 1
    while True:
        name = _FORMER_EDITOR if taken == 1 else f"{_FORMER_EDITOR}-{taken}"
        found, is_new = accounts.get_or_create(username=name, defaults={"is_active": False, "password": "!"})
        if is_new or is_former_editor(found):
            return found
        taken += 1


def is_former_editor(account: Any) -> bool:
    """Return whether an account is nobody's: the one that comments of erased accounts belong to."""
    called: str = account.username or ""
    return called.startswith(_FORMER_EDITOR) and not (account.is_active or account.email or account.last_login)
