"""The two states of a page: public, the same for everybody, and kept, with a record of somebody's own."""

from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest


class State(StrEnum):
    """Whether a page is answered without or with somebody's record."""

    PUBLIC = "public"
    KEPT = "kept"


def state_of(request: HttpRequest) -> State:
    """Return the state in which a request is answered.

    A session's cookie alone decides, so that no query is needed; the token's and the language's cookies do not count.
    """
    return State.KEPT if settings.SESSION_COOKIE_NAME in request.COOKIES else State.PUBLIC
