"""The printable sheet of an activity, or of the final task of a lesson, on a page of its own."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.models import LessonPage, UnitPage
from openmuseums.delivery.closing import answer_where_open
from openmuseums.delivery.languages import address_of, speaking
from openmuseums.delivery.pages import answer_in_state
from openmuseums.delivery.routing import route_to

_WITH_SHEETS = frozenset({"activity", "final_task"})


@require_safe
def sheet(request: HttpRequest, page_path: str, block_id: UUID) -> HttpResponse:
    """Show the sheet of an activity of a live unit, or of the final task of a live lesson.

    What closes the page to a reader closes the sheet.
    """
    page = _page_at(request, page_path)
    with speaking(page.content_language):
        activity = _activity_of(page, str(block_id))
    context = {
        "page": page,
        "activity": activity,
        "page_url": address_of(page.url_path),
        **page.languages_context(request),
    }

    def answer(*_asked: Any) -> HttpResponse:
        return answer_in_state(
            request, page, variant=request.path, render=lambda: render(request, "lessons/sheet.html", context)
        )

    return answer_where_open(request, page, answer)


def _page_at(request: HttpRequest, page_path: str) -> UnitPage | LessonPage:
    route = route_to(request, page_path)
    if route is None or not isinstance(route.page, UnitPage | LessonPage):
        raise Http404
    return route.page


def _activity_of(page: UnitPage | LessonPage, block_id: str) -> Any:
    for block in page.body if isinstance(page, UnitPage) else page.final_task:
        if block.id == block_id and block.block_type in _WITH_SHEETS and block.value["sheet"]:
            return block.value
    raise Http404
