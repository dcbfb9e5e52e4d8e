"""What becomes of the translations, on Wagtail's pages that ask whether a page is to be moved, unpublished, deleted."""

from collections.abc import Iterable
from typing import Any

from django import template
from wagtail.models import Page

from openmuseums.translation.following.telling import Act, languages_following, sentence_of

register = template.Library()


@register.inclusion_tag("translation/following/warning.html")
def translations_following(pages: Any, act: str) -> dict[str, Any]:
    """Show which translations follow. pages: one, or the rows of Wagtail's bulk actions."""
    found = [pages] if isinstance(pages, Page) else _pages_of(pages)
    return {"languages": languages_following(found, Act(act)), "sentence": sentence_of(Act(act))}


def _pages_of(rows: Iterable[Any]) -> list[Page]:
    return [row["item"] for row in rows or ()]
