"""What people agree to: each purpose has its words, by version and language, and a consent says which were shown."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import translation
from django_stubs_ext import StrOrPromise

from openmuseums.privacy.models import Consent, PurposeText


@dataclass(frozen=True)
class Purpose:
    """Something that is done with people's data only where they agreed to it.

    text: what they agree to, a translated sentence or two. version: counts up when its meaning changes; who agreed to
    an earlier one is then asked again. is_offered_to: says of an account whether it is asked at all; None is everybody.
    """

    key: str
    text: StrOrPromise
    version: int
    is_offered_to: Callable[[AbstractBaseUser], bool] | None = None


class UnknownPurposeError(LookupError):
    """Raised where no app has registered a purpose of this key."""


_purposes: dict[str, Purpose] = {}


def register_purpose(
    key: str, text: StrOrPromise, version: int, *, is_offered_to: Callable[[AbstractBaseUser], bool] | None = None
) -> None:
    """Have people be asked whether they agree to something, all of them or those that a rule names."""
    _purposes[key] = Purpose(key, text, version, is_offered_to)


def purposes() -> tuple[Purpose, ...]:
    """Return all purposes, in the order of their keys."""
    return tuple(_purposes[key] for key in sorted(_purposes))


def has_consent(user: AbstractBaseUser, key: str) -> bool:
    """Return whether somebody agrees, to the words as they mean it now.

    Raises UnknownPurposeError.
    """
    return Consent.objects.filter(
        account_id=user.pk, purpose=key, withdrawn_at__isnull=True, text__version=_purpose(key).version
    ).exists()


@transaction.atomic
def give(*, user: AbstractBaseUser, key: str, language: str, now: dt.datetime) -> Consent:
    """Keep that somebody agrees to the words that were shown in a language; agreeing again changes nothing.

    A consent to an earlier version ends where one to the present begins. Raises UnknownPurposeError, and the account's
    DoesNotExist where it has been erased meanwhile.
    """
    purpose = _purpose(key)
    _lock(user)
    standing = Consent.objects.filter(account_id=user.pk, purpose=key, withdrawn_at__isnull=True)
    found = standing.filter(text__version=purpose.version).first()
    if found is not None:
        return found
    standing.update(withdrawn_at=now)
    with translation.override(language):
        words = str(purpose.text)
    text, _is_new = PurposeText.objects.get_or_create(
        purpose=key,
        version=purpose.version,
        language=language,
        digest=hashlib.sha256(words.encode()).hexdigest(),
        defaults={"text": words},
    )
    return Consent.objects.create(account_id=user.pk, purpose=key, text=text, given_at=now)


@transaction.atomic
def withdraw(*, user: AbstractBaseUser, key: str, now: dt.datetime) -> None:
    """Keep that somebody does not agree any longer; where they never did, nothing changes.

    Raises UnknownPurposeError.
    """
    _purpose(key)
    Consent.objects.filter(account_id=user.pk, purpose=key, withdrawn_at__isnull=True).update(withdrawn_at=now)


def _purpose(key: str) -> Purpose:
    try:
        return _purposes[key]
    except KeyError:
        raise UnknownPurposeError(key) from None


def _lock(user: AbstractBaseUser) -> None:
    # Of two tabs the second finds what the first gave.
    get_user_model()._default_manager.select_for_update(no_key=True).get(pk=user.pk)
