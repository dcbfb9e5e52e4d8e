"""Pages that a language has of its own, as the one query of the outline finds them: cases, and pages of other apps."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wagtail.models import get_page_models

from lessons.models import CasePage, CasesPage
from openmuseums.delivery.languages import address_in, address_of, known_languages, source_language

_NAMES = {CasePage: "case", CasesPage: "cases"}
# Right below a home page.
_BESIDE = 3


@dataclass(frozen=True)
class LocalCase:
    """A case that a country tells: its address, and the language of its words, also where that is the reader's."""

    page_key: UUID
    title: str
    summary: str
    country: str
    place: str
    url: str
    language: str
    slot: str


def native_links() -> dict[str, str]:
    """Return how a page's row is joined to those of pages that are no translations, by kind, whichever app has them."""
    models = [model for model in get_page_models() if getattr(model, "is_native", False)]
    return {_NAMES.get(model, model._meta.model_name): model._meta.model_name for model in models}


def local_cases(rows: Iterable[Any], language: str, public: Collection[str]) -> tuple[LocalCase, ...]:
    """Return the live cases in public languages: the reader's, the source's, then the others'.

    The source's is read in the reader's language, unless that has another page at its address; others in their own.
    """
    rows = list(rows)
    own = {_below_home(row) for row in rows if row.locale__language_code == language and row.live}
    order = [language, source_language(), *known_languages()]
    found = [row for row in _native(rows) if row.kind == "case" and row.locale__language_code in public]
    found.sort(key=lambda row: (order.index(row.locale__language_code), row.path))
    return tuple(_case(row, is_framed=_below_home(row) not in own) for row in found)


def native_addresses(rows: Iterable[Any]) -> dict[str, dict[str, str]]:
    """Return the addresses of the live pages right below home pages that are no translations, by kind and language."""
    found: dict[str, dict[str, str]] = {}
    for row in _native(rows):
        if row.depth == _BESIDE:
            language = row.locale__language_code
            found.setdefault(row.kind, {})[language] = address_in(address_of(row.url_path), language)
    return found


def beside_home(rows: Iterable[Any], language: str) -> list[Any]:
    """Return the rows of a language's own pages right below its home page; an index without a case is left out."""
    native = [row for row in _native(rows) if row.locale__language_code == language]
    has_cases = any(row.kind == "case" for row in native)
    return [row for row in native if row.depth == _BESIDE and (row.kind != "cases" or has_cases)]


def _native(rows: Iterable[Any]) -> list[Any]:
    """Return the rows of live pages that are no translations; of those that are closed nothing is told."""
    kinds = native_links()
    shown = (row for row in rows if row.live and not row.is_closed and not row.alias_of__translation_key)
    return [row for row in shown if row.kind in kinds]


def _case(row: Any, *, is_framed: bool) -> LocalCase:
    language = row.locale__language_code
    address = address_of(row.url_path)
    return LocalCase(
        page_key=row.translation_key,
        title=row.title,
        summary=row.casepage__summary,
        country=row.casepage__country,
        place=row.casepage__place,
        url=address if language == source_language() and is_framed else address_in(address, language),
        language=language,
        slot=row.casepage__slot,
    )


def _below_home(row: Any) -> str:
    return str(row.url_path).lstrip("/").partition("/")[2]
