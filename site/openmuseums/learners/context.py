"""What every template may ask about the record that the reader's acts are kept in."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from openmuseums.delivery.states import State, state_of
from openmuseums.learners.visiting import account_in, visitor_in


def record(request: HttpRequest) -> dict[str, Any]:
    """Give the visitor's record, and whether any is kept; in the public state neither, and without a query."""
    is_kept = (getattr(request, "state", None) or state_of(request)) == State.KEPT
    if not is_kept or getattr(request, "is_preview", False):
        return {"visitor": None, "is_somebody": False}
    # Asked where a template asks: Wagtail's admin never does.
    visitor = SimpleLazyObject(lambda: visitor_in(request))
    return {
        "visitor": visitor,
        "is_somebody": SimpleLazyObject(lambda: account_in(request) is not None or bool(visitor)),
    }
