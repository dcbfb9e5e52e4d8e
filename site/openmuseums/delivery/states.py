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

    The cookie of a session, or of a record kept on the device, alone decides, so that no query is needed; the token's
    and the language's do not count. Whether the session or the record stands is found out by whoever asks for it.
    """
    names = {settings.SESSION_COOKIE_NAME, settings.RECORD_COOKIE_NAME}
    return State.KEPT if names & request.COOKIES.keys() else State.PUBLIC
