"""Addresses that are to get no more letters of a kind. Only keyed digests of them are kept, and put into links."""

import datetime as dt

from django.conf import settings
from django.utils.crypto import salted_hmac

from openmuseums.mail.models import Refusal

SALT = "openmuseums.mail.refusing"


def digest_of(address: str) -> str:
    """Return what is kept of an address, however it is written."""
    return _digest(address, settings.SECRET_KEY)


def refuse(*, kind: str, digest: str, now: dt.datetime) -> None:
    """Write no more letters of a kind to the address with this digest. Twice changes nothing."""
    Refusal.objects.get_or_create(kind=kind, digest=digest, defaults={"since": now})


def refuses(*, kind: str, address: str) -> bool:
    """Return whether an address is to get no letters of a kind. Keys that were in use before still tell."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return Refusal.objects.filter(kind=kind, digest__in=[_digest(address, key) for key in keys]).exists()


def _digest(address: str, key: str | bytes) -> str:
    return salted_hmac(SALT, address.strip().casefold(), secret=key, algorithm="sha256").hexdigest()
