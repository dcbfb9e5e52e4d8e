"""The printable sheet of an activity, on a page of its own."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.models import UnitPage
from openmuseums.delivery.closing import answer_where_open
from openmuseums.delivery.languages import address_of, speaking
from openmuseums.delivery.pages import answer_in_state
from openmuseums.delivery.routing import route_to


@require_safe
def sheet(request: HttpRequest, unit_path: str, block_id: UUID) -> HttpResponse:
    """Show the sheet of an activity of a live unit; what closes the unit to a reader closes the sheet."""
    unit = _unit_at(request, unit_path)
    with speaking(unit.content_language):
        activity = _activity_of(unit, str(block_id))
    context = {
        "page": unit,
        "activity": activity,
        "unit_url": address_of(unit.url_path),
        **unit.languages_context(request),
    }

    def answer(*_asked: Any) -> HttpResponse:
        return answer_in_state(
            request, unit, variant=request.path, render=lambda: render(request, "lessons/sheet.html", context)
        )

    return answer_where_open(request, unit, answer)


def _unit_at(request: HttpRequest, unit_path: str) -> UnitPage:
    route = route_to(request, unit_path)
    if route is None or not isinstance(route.page, UnitPage):
        raise Http404
    return route.page


def _activity_of(unit: UnitPage, block_id: str) -> Any:
    for block in unit.body:
        if block.id == block_id and block.block_type == "activity" and block.value["sheet"]:
            return block.value
    raise Http404
