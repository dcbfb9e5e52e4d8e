"""Template tags of the head: structured data and previews of links."""

import json
from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from lessons.models import FacilitatorNotesPage, LessonPage, UnitPage
from openmuseums.delivery.languages import reader_language
from openmuseums.delivery.pages import DeliveredPage
from openmuseums.delivery.passing_on import PassedOn
from openmuseums.discovery.previews import Preview, locale_of
from openmuseums.discovery.structured import structured_data

register = template.Library()

PICTURE = "img/share.png"
ARTICLES = (LessonPage, UnitPage, FacilitatorNotesPage)
# As in Django’s own `json_script`: no text can end the element.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def link_preview(context: Context) -> Preview | None:
    """Return what is said of a page where its address is passed on: one of the course, or a view that says it."""
    page, told, address = context.get("page"), context.get("passed_on"), context.get("canonical_url")
    if isinstance(page, DeliveredPage):
        told, language = PassedOn(page.seo_title or page.title, page.search_description), page.content_language
    else:
        language = reader_language()
    if not isinstance(told, PassedOn) or not address:
        return None
    return Preview(
        title=told.title,
        description=told.description,
        type="article" if isinstance(page, ARTICLES) else "website",
        address=address,
        picture=f"{_site(context)}{static(PICTURE)}",
        locale=locale_of(language),
        other_locales=tuple(
            locale_of(code) for code, _address in context.get("alternates") or () if code not in {language, "x-default"}
        ),
    )


@register.simple_tag(takes_context=True)
def course_data(context: Context) -> SafeString:
    """Return the page as JSON-LD, or nothing where it is no page of the course.

    Nothing either for who has signed in (no program has), and on a page that stands in for a translation.
    """
    page, address = context.get("page"), context.get("canonical_url")
    if context.get("is_kept") or context.get("is_fallback") or not isinstance(page, DeliveredPage) or not address:
        return SafeString("")
    data = structured_data(page, site=_site(context), address=address)
    if data is None:
        return SafeString("")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - nothing in it ends the element


def _site(context: Context) -> str:
    request: Any = context["request"]
    return f"{request.scheme}://{request.get_host()}"
