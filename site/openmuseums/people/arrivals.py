"""What stands between signing in and the page that somebody wanted: other apps put their own steps there."""

from collections.abc import Callable

from django.http import HttpRequest

from openmuseums.people.models import User

Stop = Callable[[HttpRequest, User, str], str | None]

_stops: list[Stop] = []


def register_stop(stop: Stop) -> None:
    """Have a page come first after a sign-in.

    The stop is given the request, the account that has just signed in and the own path that it wanted. It returns the
    path of its page, which leads on to the wanted one, or None where it has nothing to ask.
    """
    if stop not in _stops:
        _stops.append(stop)


def next_stop(request: HttpRequest, user: User, wanted: str) -> str | None:
    """Return the first page that somebody who has just signed in is led to before the wanted one, or None."""
    return next((path for stop in _stops if (path := stop(request, user, wanted))), None)
