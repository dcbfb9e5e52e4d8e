"""Files that wait for who sent them to accept what they would do: half an hour, for that person and place alone."""

import secrets
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.cache import caches

_SECONDS = 30 * 60
_CACHE = "offers"


@dataclass(frozen=True)
class WaitingFile:
    """A file and what it is called. A kind of its own adds what else is to be known when it is accepted."""

    name: str
    data: bytes = field(repr=False)


_Kind = TypeVar("_Kind", bound=WaitingFile)


def keep_file(file: WaitingFile, *, place: str, person_id: Any, token: str = "") -> str:
    """Keep a file; return what it can be had for. place: what it is for, such as `quizzes/12`.

    token: what it can be had for, where that is known already; it must be as long and random as one made here.
    """
    token = token or secrets.token_urlsafe(24)
    caches[_CACHE].set(_key(place, person_id, token), file, _SECONDS)
    return token


def kept_file(kind: type[_Kind], *, place: str, person_id: Any, token: str) -> _Kind | None:
    """Return a file of a kind that is kept, or None."""
    found = caches[_CACHE].get(_key(place, person_id, token))
    return found if isinstance(found, kind) else None


def forget_file(*, place: str, person_id: Any, token: str) -> None:
    """Forget a file that was taken."""
    caches[_CACHE].delete(_key(place, person_id, token))


def _key(place: str, person_id: Any, token: str) -> str:
    return f"{place}/{person_id}/{token}"
