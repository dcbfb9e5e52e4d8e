"""Template tags of the footer."""

from django import template

from lessons.outline import current_map
from lessons.stored import PageLink

register = template.Library()


@register.simple_tag
def standing_links() -> list[PageLink]:
    """Return the pages that stand beside the course, and the glossary: no query where the outline is known."""
    course_map = current_map()
    return [*course_map.beside, *filter(None, [course_map.glossary])]


@register.simple_tag
def glossary_link() -> PageLink | None:
    """Return the course's glossary, or None where there is none."""
    return current_map().glossary
