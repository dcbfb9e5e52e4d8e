"""Files that wait for an editor to accept what they would do: kept for half an hour, for that editor and that quiz."""

import secrets
from dataclasses import dataclass, field

from django.core.cache import caches

from openmuseums.people.models import User
from quizzes.models import QuizPage

_SECONDS = 30 * 60
_CACHE = "offers"


@dataclass(frozen=True)
class Kept:
    """A file, what it is called, and the number of the quiz's newest revision when its plan was shown."""

    name: str
    data: bytes = field(repr=False)
    seen: int | None


def keep_offer(quiz: QuizPage, user: User, kept: Kept) -> str:
    """Keep a file; return what it can be had for."""
    token = secrets.token_urlsafe(24)
    caches[_CACHE].set(_key(quiz, user, token), kept, _SECONDS)
    return token


def kept_offer(quiz: QuizPage, user: User, token: str) -> Kept | None:
    """Return a file that is kept, or None."""
    found: Kept | None = caches[_CACHE].get(_key(quiz, user, token))
    return found


def forget_offer(quiz: QuizPage, user: User, token: str) -> None:
    """Forget a file that was taken."""
    caches[_CACHE].delete(_key(quiz, user, token))


def _key(quiz: QuizPage, user: User, token: str) -> str:
    return f"{quiz.pk}/{user.pk}/{token}"
