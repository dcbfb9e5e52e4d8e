"""The page where readers search."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openmuseums.delivery.languages import address_of
from openmuseums.delivery.pages import PUBLIC_CACHE_CONTROL, as_kept
from openmuseums.delivery.states import State, state_of
from openmuseums.search.finding import Found, find, lessons_of

A_PAGE = 10
LONGEST = 200


@dataclass(frozen=True)
class Hit:
    """A page that was found, as it is shown: with its address at the matched place, and the title above it."""

    found: Found
    url: str
    lesson: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found by the words in `q`."""
    asked = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    answer = find(asked, language=get_language() or "")
    shown = Paginator(answer.found, A_PAGE).get_page(request.GET.get("page"))
    lessons = lessons_of(shown.object_list) if shown.object_list else {}
    hits = [Hit(found, _address(found), lessons[found.page_id]) for found in shown.object_list]
    context = {"asked": asked, "answer": answer, "hits": hits, "shown": shown, "total": len(answer.found)}
    response = render(request, "search/search.html", context)
    if state_of(request) == State.KEPT:
        return as_kept(response)
    response["Cache-Control"] = PUBLIC_CACHE_CONTROL
    response["Vary"] = "Cookie"
    return response


def _address(found: Found) -> str:
    address = address_of(found.url_path)
    return f"{address}#{found.anchor}" if found.anchor else address
