"""Pages that Wagtail closes, behind a password or for some people: what belongs to one is closed with it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

Answer = Callable[[Page, HttpRequest, Any, Any], HttpResponse]


def answer_where_open(request: HttpRequest, page: Page, answer: Answer) -> HttpResponse:
    """Answer for something at an address below a page; where the page is closed to the reader, as Wagtail does for it.

    Wagtail, and whoever else hooks in, decides as for the page itself.
    """
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        answer = hook(answer)
    return answer(page, request, (), {})


def is_closed_to(request: HttpRequest, page_id: int) -> bool:
    """Return whether a page is closed to whoever asks, in three queries."""
    page = Page.objects.get(pk=page_id)
    return not all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
