"""Files that wait for a translator to accept what they would do: half an hour, for that person and that language."""

import secrets
from dataclasses import dataclass, field

from django.core.cache import caches

from openmuseums.people.models import User

_SECONDS = 30 * 60
_CACHE = "offers"


@dataclass(frozen=True)
class KeptFile:
    """A file, what it is called, and whether it is to go over what others have changed since it was written."""

    name: str
    data: bytes = field(repr=False)
    force: bool


def keep_file(language: str, user: User, kept: KeptFile) -> str:
    """Keep a file; return what it can be had for."""
    token = secrets.token_urlsafe(24)
    caches[_CACHE].set(_key(language, user, token), kept, _SECONDS)
    return token


def kept_file(language: str, user: User, token: str) -> KeptFile | None:
    """Return a file that is kept, or None."""
    found: KeptFile | None = caches[_CACHE].get(_key(language, user, token))
    return found


def forget_file(language: str, user: User, token: str) -> None:
    """Forget a file that was taken."""
    caches[_CACHE].delete(_key(language, user, token))


def _key(language: str, user: User, token: str) -> str:
    return f"translations/{language}/{user.pk}/{token}"
