"""Checks that hold for every guarded page: its required fields and its rich texts outside streams."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from openmuseums.editorial.checks import Finding, Place
from openmuseums.editorial.texts import read_html, says_nothing


def check_fields(page: Page) -> Iterator[Finding]:
    """Yield what is missing in, or wrong with, the page's plain and rich text fields."""
    for field in own_fields(page):
        place = Place(field.name)
        value = field.value_from_object(page)
        if isinstance(field, RichTextField):
            yield from check_rich_text(value or "", place, language=language_of(page), required=not field.blank)
            yield from check_headings([(level, place) for level in read_html(value or "").headings])
        elif not field.blank and (value in field.empty_values or (isinstance(value, str) and not value.strip())):
            yield place.error("required", _("“%(field)s” is empty.") % {"field": field.verbose_name})


def language_of(page: Page) -> str:
    """Return the language of a page; one that is just being made takes its locale only when it is saved."""
    return str(page.locale.language_code) if page.locale_id else settings.LANGUAGE_CODE


def own_fields(page: Page) -> list["models.Field[Any, Any]"]:
    """Return the fields that a page's own model adds and people fill in; streams have checks of their own."""
    stock = {field.name for field in Page._meta.get_fields()}
    return [
        field
        for field in page._meta.concrete_fields
        if field.name not in stock and field.editable and not field.is_relation and not isinstance(field, StreamField)
    ]


def check_rich_text(html: str, place: Place, *, language: str, required: bool) -> Iterator[Finding]:
    """Yield what is wrong with a rich text: no words, links that say nothing, documents of unknown origin."""
    reading = read_html(html)
    if required and reading.is_empty:
        yield place.error("empty-rich-text", _("A text is empty. Write it, or take it out."))
    for link in reading.links:
        if says_nothing(link.text, language):
            yield place.error(
                "link-says-nothing",
                _("A link reads “%(text)s”. Link words that say where it leads.") % {"text": link.text.strip()},
            )
    documents = get_document_model().objects.filter(pk__in=reading.document_ids) if reading.document_ids else ()
    for document in documents:
        yield from check_attribution(document, place)


def check_attribution(upload: object, place: Place) -> Iterator[Finding]:
    """Yield what is not known about where a picture or document comes from."""
    title = getattr(upload, "title", "")
    if not getattr(upload, "credit", ""):
        yield place.error("no-credit", _("“%(title)s” has no credit: say who made it.") % {"title": title})
    if not getattr(upload, "licence", ""):
        yield place.error(
            "no-licence", _("“%(title)s” has no licence: say on what terms it may be used.") % {"title": title}
        )


def check_headings(outline: list[tuple[int, Place]]) -> Iterator[Finding]:
    """Yield a finding wherever a heading skips a level. The page's title is level 1."""
    before = 1
    for level, place in outline:
        if level > before + 1:
            yield place.error(
                "heading-skipped",
                _("A heading of level %(level)s follows one of level %(before)s. Put one of level %(wanted)s first.")
                % {"level": level, "before": before, "wanted": before + 1},
            )
        before = level
