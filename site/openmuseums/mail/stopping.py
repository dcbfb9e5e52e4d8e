"""No more letters of a kind: the signed link in each of them, and what it does."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.urls import reverse
from django.utils import translation

from openmuseums.mail.kinds import Kind, UnknownKindError, kind_of
from openmuseums.mail.refusing import digest_of, refuse
from openmuseums.privacy.consents import withdraw

SALT = "openmuseums.mail.stopping"


class StopLinkError(ValueError):
    """Raised where a link to stop letters is not one of ours, or its account or kind is gone."""


@dataclass(frozen=True)
class Stop:
    """What a link stops: letters of a kind to an account, or to the address with a digest."""

    kind: Kind
    account: AbstractBaseUser | None = None
    digest: str = ""


def stop_url(*, account: AbstractBaseUser, kind: Kind, language: str) -> str:
    """Return the whole address that stops letters of a kind to an account, in a language. It does not run out."""
    return _url([account.pk, kind.key], language)


def refusal_url(*, address: str, kind: Kind, language: str) -> str:
    """Return the whole address that stops letters of a kind to an address, which cannot be read from it."""
    return _url([digest_of(address), kind.key], language)


def read_stop(token: str) -> Stop:
    """Return what a link stops.

    Raises StopLinkError.
    """
    try:
        whose, key = signing.loads(token, salt=SALT)
        kind = kind_of(key)
        if isinstance(whose, str):
            return Stop(kind, digest=whose)
        account = get_user_model().objects.get(pk=whose)
    except (signing.BadSignature, UnknownKindError, get_user_model().DoesNotExist, ValueError) as error:
        raise StopLinkError from error
    return Stop(kind, account)


def stop_letters(*, stop: Stop, now: dt.datetime) -> None:
    """Take back the consent that letters of the kind rest on, or have an address get none of them any more.

    Those that wait are not sent. Twice changes nothing.
    """
    if stop.account is None:
        refuse(kind=stop.kind.key, digest=stop.digest, now=now)
    else:
        withdraw(user=stop.account, key=stop.kind.purpose, now=now)


def _url(stopped: list[object], language: str) -> str:
    token = signing.dumps(stopped, salt=SALT)
    with translation.override(language):
        return settings.WAGTAILADMIN_BASE_URL + reverse("mail:stop", args=[token])
