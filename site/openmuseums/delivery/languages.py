"""The languages the site speaks in public, which of them answers a visitor, and addresses in each."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.models import Page

from openmuseums.delivery.states import State, state_of

# The language that addresses are in while texts are rendered in another: see `speaking`.
_reader: ContextVar[str] = ContextVar("reader_language", default="")


@dataclass(frozen=True)
class LivePages:
    """Which languages are public, and by translation key the languages that a page is live in, as itself."""

    public: frozenset[str] = frozenset()
    by_key: Mapping[UUID, frozenset[str]] = field(default_factory=dict)


Provider = Callable[[], LivePages]
_providers: list[Provider] = []


def register_live_pages(provider: Provider) -> None:
    """Have a provider, which knows what a language needs to be public, say what is live."""
    _providers[:] = [provider]


def source_language() -> str:
    """Return the code of the language that pages are written in and translated from."""
    return settings.LANGUAGE_CODE


def known_languages() -> tuple[str, ...]:
    """Return the codes of all languages of the settings, in their order."""
    return tuple(code for code, _name in settings.LANGUAGES)


def public_languages() -> tuple[str, ...]:
    """Return the codes of the languages that are public, in the order of the settings.

    A language is public when its home page and its course page are live; the source's always is.
    """
    public = _live_pages().public | {source_language()}
    return tuple(code for code in known_languages() if code in public)


def languages_of(page: Page) -> tuple[str, ...]:
    """Return the public languages in which a page is live, as a translation (or source) of its own, in their order."""
    live = _live_pages().by_key.get(page.translation_key, frozenset())
    return tuple(code for code in public_languages() if code in live)


def own_name(language: str) -> str:
    """Return the name of a language in that language: “Ελληνικά”."""
    info: dict[str, Any] = LANG_INFO.get(language, {})
    return str(capfirst(info.get("name_local") or dict(settings.LANGUAGES).get(language, language)))


def reader_language() -> str:
    """Return the code of the reader's language, also where a text of another language is being rendered."""
    return _reader.get() or translation.get_language() or source_language()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Render in a language what stands on a page for a reader of perhaps another one; "" is the reader's."""
    token = _reader.set(reader_language())
    try:
        with translation.override(language or reader_language()):
            yield
    finally:
        _reader.reset(token)


def address(name: str, *args: Any) -> str:
    """Return an address by the name of its URL, in the reader's language."""
    with translation.override(reader_language()):
        return reverse(name, args=args)


def address_of(url_path: str) -> str:
    """Return the address, in the reader's language, of a page by its path in the tree.

    Slugs are the same in every language, so a page that the language lacks has this address too.
    """
    # The first part of the path is that of the home page, which no address shows.
    return address("wagtail_serve", url_path.lstrip("/").partition("/")[2])


def address_in(path: str, language: str) -> str:
    """Return the address in another language of what has this path; a path without a language stays as it is."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return f"/{language}{slash}{rest}" if path.startswith("/") and first in known_languages() else path


def language_of_address(path: str) -> str:
    """Return the code that a path begins with, or "" where it begins with no language of the settings."""
    first = path.removeprefix("/").partition("/")[0]
    return first if first in known_languages() else ""


def chosen_language(request: HttpRequest) -> str:
    """Return the public language in which the way in leads on.

    It is the one kept in the person's record, else the one in the cookie, else the nearest to what the browser asks.
    """
    public = public_languages()
    kept = getattr(request.user, "language", "") if state_of(request) == State.KEPT else ""
    for choice in (kept, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")):
        if choice in public:
            return choice
    return nearest_language(request, public)


def nearest_language(request: HttpRequest, offered: tuple[str, ...]) -> str:
    """Return the language among those offered that the browser would rather read, else the source's."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for asked, quality in wanted:
        found = _match(asked, offered) if quality > 0 else ""
        if found:
            return found
    return source_language()


def _match(asked: str, offered: tuple[str, ...]) -> str:
    by_code = {code.lower(): code for code in offered}
    parts = asked.lower().split("-")
    for length in range(len(parts), 0, -1):
        found = by_code.get("-".join(parts[:length]))
        if found:
            return found
    return next((code for lower, code in by_code.items() if lower.startswith(f"{parts[0]}-")), "")


def _live_pages() -> LivePages:
    return _providers[0]() if _providers else LivePages()
