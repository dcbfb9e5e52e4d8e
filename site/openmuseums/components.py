"""Template tags for components that every app uses; built in, so no template loads them."""

from functools import cache
from pathlib import Path

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_ICONS = Path(__file__).parent / "templates" / "components" / "icons"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon as inline SVG, hidden from screen readers: the word beside it says the same."""
    return _drawing(name)


@cache
def _drawing(name: str) -> SafeString:
    # The files are the project's own.
    return mark_safe((_ICONS / f"{name}.svg").read_text(encoding="utf-8").strip())  # noqa: S308
