"""Template tags that show a facet: always with its icon and its word, never by colour alone."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from openmuseums.competences.facets import Facet
from openmuseums.components import icon

register = template.Library()


@register.simple_tag
def facet(key: str) -> SafeString:
    """Return a facet as icon and word in its colour."""
    found = Facet(key)
    return format_html(
        '<span class="facet facet--{}">{}{}</span>', found.value, icon(f"facet-{found.value}"), found.label
    )


@register.filter
def facet_question(key: str) -> str:
    """Return the question that a facet asks."""
    return Facet(key).question
