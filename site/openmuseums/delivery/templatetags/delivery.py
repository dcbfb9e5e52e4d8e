"""Template tags about languages, and those that keep rendered bodies of pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from openmuseums.delivery.languages import (
    address,
    address_in,
    languages_of,
    own_name,
    public_languages,
    reader_language,
    source_language,
    speaking,
)
from openmuseums.delivery.pages import DeliveredPage, body_key, remember_body, remembered_body
from openmuseums.delivery.states import State

register = template.Library()


class BodyNode(template.Node):
    """Renders its contents once for each page, revision, language, release and state."""

    def __init__(self, nodelist: NodeList, page: FilterExpression, part: FilterExpression) -> None:
        self.nodelist, self.page, self.part = nodelist, page, part

    def render(self, context: Context) -> str:
        """Return the kept body, or render it and keep it; a preview is never kept."""
        request = context.get("request")
        if request is None or getattr(request, "is_preview", False):
            return self.nodelist.render(context)
        state = getattr(request, "state", State.KEPT)
        key = body_key(self.page.resolve(context), state, str(self.part.resolve(context)))
        body = remembered_body(key)
        if body is None:
            body = self.nodelist.render(context)
            remember_body(key, body)
        return mark_safe(body)  # noqa: S308 - it was rendered, and escaped, by the template engine


@register.tag
def bodycache(parser: Parser, token: Token) -> BodyNode:
    """Keep what stands between `{% bodycache page "part" %}` and `{% endbodycache %}`: nothing personal."""
    _, page, part = token.split_contents()
    nodelist = parser.parse(("endbodycache",))
    parser.delete_first_token()
    return BodyNode(nodelist, parser.compile_filter(page), parser.compile_filter(part))


# What of a query is as good in another language: where to go back to, and what of a thing is shown.
KEPT_IN_QUERIES = ("block", "next", "page", "q", "question", "view")


@dataclass(frozen=True)
class LanguageChoice:
    """A language that the reader may change to, in its own name, and where the change leads.

    `is_missing` says that what is shown does not exist in it: it leads to the source's text.
    """

    code: str
    name: str
    url: str
    is_current: bool
    is_missing: bool


@register.simple_tag(takes_context=True)
def language_choices(context: Context) -> list[LanguageChoice]:
    """Return every public language, each with the address of what is shown in it."""
    request, page = context["request"], context.get("page")
    counterparts = context.get("counterparts")
    if counterparts is not None:
        return _choices_of_native(request, counterparts)
    has_counterparts = context.get("has_counterparts", True)
    found: tuple[str, ...] | None = None
    if has_counterparts and isinstance(page, DeliveredPage):
        found = languages_of(page)
        # A page that was written in one language alone has no address in others.
        has_counterparts = source_language() in found
    public, current = public_languages(), reader_language()
    there = public if has_counterparts else found or ()
    return [
        LanguageChoice(
            code=code,
            name=own_name(code),
            url=_address_of_choice(request, context, code) if code in there else f"/{code}/",
            is_current=code == current,
            is_missing=found is not None and code not in found,
        )
        for code in public
    ]


def _choices_of_native(request: HttpRequest, counterparts: Mapping[str, str]) -> list[LanguageChoice]:
    """Return the languages on a page that is no translation: each leads to what the language has instead."""
    current = reader_language()
    return [
        LanguageChoice(
            code=code,
            name=own_name(code),
            url=request.path if code == current else counterparts.get(code, f"/{code}/"),
            is_current=code == current,
            is_missing=False,
        )
        for code in public_languages()
    ]


def _address_of_choice(request: HttpRequest, context: Context, language: str) -> str:
    query = {name: request.GET[name] for name in KEPT_IN_QUERIES if name in request.GET}
    if "next" in context:
        query["next"] = str(context["next"])
    if "next" in query:
        query["next"] = address_in(query["next"], language)
    path = address_in(request.path, language)
    return f"{path}?{urlencode(query)}" if query else path


@register.simple_tag
def source_name() -> str:
    """Return the name, in itself, of the language that pages are translated from."""
    return own_name(source_language())


@register.simple_tag
def language_cookie() -> str:
    """Return the name of the cookie in which a choice of language is kept."""
    return str(settings.LANGUAGE_COOKIE_NAME)


@register.simple_tag
def lang(code: str = "") -> SafeString:
    """Return a `lang` attribute for words in a language ("" is the reader's), nothing where those around are in it."""
    language = code or reader_language()
    return format_html(' lang="{}"', language) if language != get_language() else SafeString("")


@register.simple_tag(name="address")
def address_tag(name: str, *args: Any) -> str:
    """Return an address by the name of its URL, in the reader's language whatever is spoken around it."""
    return address(name, *args)


class SpeakNode(template.Node):
    """Renders its contents in a language, with addresses in the reader's."""

    def __init__(self, nodelist: NodeList, language: FilterExpression | None) -> None:
        self.nodelist, self.language = nodelist, language

    def render(self, context: Context) -> str:
        """Render the contents."""
        language = self.language.resolve(context, ignore_failures=True) if self.language else ""
        with speaking(str(language or "")):
            return self.nodelist.render(context)


@register.tag
def speak(parser: Parser, token: Token) -> SpeakNode:
    """Render what stands between `{% speak content_language %}` and `{% endspeak %}` in that language.

    Without a language, or with none, it is the reader's.
    """
    _, *language = token.split_contents()
    nodelist = parser.parse(("endspeak",))
    parser.delete_first_token()
    return SpeakNode(nodelist, parser.compile_filter(language[0]) if language else None)
