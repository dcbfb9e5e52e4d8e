"""What every template may ask about how it is delivered."""

from typing import Any

from django.http import HttpRequest

from openmuseums.delivery.states import State, state_of


def delivery(request: HttpRequest) -> dict[str, Any]:
    """Say whether the page is answered in its kept state."""
    state = getattr(request, "state", None) or state_of(request)
    return {"is_kept": state == State.KEPT}
