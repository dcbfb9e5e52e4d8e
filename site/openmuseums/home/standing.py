"""The body of a standing page: its words from the shared cache, the lists in it as things are now."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from openmuseums.delivery.languages import speaking
from openmuseums.delivery.pages import body_key, remember_body, remembered_body
from openmuseums.delivery.states import state_of
from openmuseums.home.credits import credits_of_live_pages
from openmuseums.home.models import StandingPage
from openmuseums.home.operators import current_operator
from openmuseums.privacy.notice import cookie_list, what_is_kept

_PART = "standing"

# Blocks that show what the site knows, and what their templates are given.
_LISTS: dict[str, Callable[[], dict[str, Any]]] = {
    "operator": lambda: {"operator": current_operator()},
    "credits": lambda: {"credits": credits_of_live_pages()},
    "personal_data": lambda: {"kept": what_is_kept()},
    "cookies": lambda: {"cookies": cookie_list()},
}


@dataclass(frozen=True)
class StandingPart:
    """A block of a standing page as HTML."""

    type: str
    html: SafeString


def standing_context(page: StandingPage, request: HttpRequest) -> dict[str, Any]:
    """Give a standing page's template its blocks."""
    return {"standing_parts": standing_parts(page, request)}


def standing_parts(page: StandingPage, request: HttpRequest) -> list[StandingPart]:
    """Return the page's blocks. Those that hold words alone are kept; a preview is never kept."""
    with speaking(page.content_language):
        words = _words(page, request)
        return [
            StandingPart(
                child.block_type,
                _render(child, _LISTS[child.block_type]()) if child.block_type in _LISTS else words[str(child.id)],
            )
            for child in page.body
        ]


def _words(page: StandingPage, request: HttpRequest) -> dict[str, SafeString]:
    is_preview = getattr(request, "is_preview", False)
    key = body_key(page, state_of(request), _PART)
    kept = None if is_preview else remembered_body(key)
    if kept is not None:
        # What is kept was rendered, and escaped, by the template engine.
        return {block_id: mark_safe(html) for block_id, html in json.loads(kept).items()}  # noqa: S308
    words = {str(child.id): _render(child, {}) for child in page.body if child.block_type not in _LISTS}
    if not is_preview:
        remember_body(key, json.dumps(words))
    return words


def _render(child: Any, context: dict[str, Any]) -> SafeString:
    return mark_safe(child.render(context=context))  # noqa: S308
