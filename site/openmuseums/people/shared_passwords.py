"""Passwords that Wagtail asks for before a closed page or document: many know one, and nobody guesses it by trying."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponse

from openmuseums.limits.counting import allow
from openmuseums.limits.hiding import client_of

# A class of thirty behind one connection of a museum gets in; a list of words does not.
TRIES, SECONDS = 40, 5 * 60
View = Callable[..., HttpResponse]


def limit_guesses(view: View) -> View:
    """Return a view that takes a password, with what is sent to it counted by where it comes from."""

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not allow(
            "shared password", who=client_of(request), amount=TRIES, seconds=SECONDS
        ):
            return respond_429(request)
        return view(request, *args, **kwargs)

    return limited
