"""What translators of a language are given: every text of a course, with what is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation

from lessons.models import GlossaryPage
from openmuseums.delivery.languages import source_language
from openmuseums.segments.bundles.entries import Bundle, Entry, PageNote
from openmuseums.segments.merging import notes_of
from openmuseums.segments.models import SourceEdition
from openmuseums.segments.synchronising import reworded
from openmuseums.segments.units import Unit, units_of
from openmuseums.translation.bundles.scope import Scope
from openmuseums.translation.terms import Term, terms_in, terms_of

Name = tuple[str, str]


@dataclass(frozen=True)
class Kept:
    """A translation that the site keeps. is_machine: that a machine made it and nobody has looked at it."""

    text: str = ""
    is_machine: bool = False


NOTHING = Kept()


@dataclass
class Offered:
    """A course as translators of a language are given it, by (context, source). pages: by their keys, as text."""

    scope: Scope
    language: str
    units: dict[Name, Unit] = field(default_factory=dict)
    kept: dict[Name, Kept] = field(default_factory=dict)
    entries: dict[Name, Entry] = field(default_factory=dict)
    pages: dict[str, Any] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)

    def bundle(self) -> Bundle:
        """Return it as the content of a file."""
        return Bundle(
            course=self.scope.name,
            source_language=source_language(),
            language=self.language,
            entries=list(self.entries.values()),
            pages={key: PageNote(page.title, page.full_url or "") for key, page in self.pages.items()},
        )


def offer(scope: Scope, language: str) -> Offered:
    """Return everything of a course that learners of a language read, as it is now."""
    offered = Offered(scope, language, pages={str(page.translation_key): page for page in scope.pages})
    home = scope.pages[0] if scope.pages else None
    keys = [page.translation_key for page in scope.pages]
    strings = _strings(keys, language)
    addresses = _addresses(keys, language)
    before = _before(keys, language)
    offered.terms = terms = terms_of(language)
    for page in scope.pages:
        units = units_of(page, where=_where(page, home))
        is_glossary = isinstance(page, GlossaryPage)
        old = _old_texts(before.get(page.translation_key), units)
        for unit in units:
            name = (unit.context, unit.source)
            kept = addresses.get(unit.context, NOTHING) if unit.is_address else strings.get(name, NOTHING)
            offered.units[name], offered.kept[name] = unit, kept
            previous = old.get((unit.path, unit.source), "")
            entry = _entry(unit, kept, previous, strings.get((unit.context, previous), NOTHING))
            if not is_glossary and not unit.is_address:
                entry.notes += tuple(_told(term) for term in terms_in(unit.source, terms) if term.use or term.avoid)
            offered.entries[name] = entry
    return offered


def kept_of(keys: Iterable[UUID], language: str) -> tuple[dict[Name, Kept], dict[str, Kept]]:
    """Return the translations that the site keeps of some pages: texts by (context, source), addresses by context."""
    keys = list(keys)
    return _strings(keys, language), _addresses(keys, language)


def _entry(unit: Unit, kept: Kept, previous: str, previously: Kept) -> Entry:
    """Return the entry of a unit. previous: the text that it took the place of; previously: how that is translated."""
    is_offered_again = not kept.text and bool(previously.text)
    translation = previously.text if is_offered_again else kept.text
    is_fuzzy = is_offered_again or kept.is_machine
    with override(settings.LANGUAGE_CODE):
        notes = (notes_of(unit),)
    return Entry(
        context=unit.context,
        source=unit.source,
        translation=translation,
        is_fuzzy=is_fuzzy,
        previous_source=previous if is_offered_again else "",
        previous_translation=previously.text if is_offered_again else "",
        notes=notes,
        where=unit.where,
        limit=None if unit.is_address else unit.place.max_length,
    )


def _told(term: Term) -> str:
    """Return a term of the glossary as translators are told of it, in the language that is translated from."""
    with override(settings.LANGUAGE_CODE):
        words = {"term": term.source, "use": ", ".join(term.use), "avoid": ", ".join(term.avoid)}
        if term.avoid:
            return _("Glossary: %(term)s – use: %(use)s – avoid: %(avoid)s") % words
        return _("Glossary: %(term)s – use: %(use)s") % words


def _where(page: Any, home: Any) -> str:
    """Return the path that the course pack knows a page by."""
    path = str(page.url_path).removeprefix(str(home.url_path)).strip("/")
    return f"{home.slug}/{path}".rstrip("/")


def _strings(keys: list[UUID], language: str) -> dict[Name, Kept]:
    rows = StringTranslation.objects.filter(
        locale__language_code=language, has_error=False, context__object_id__in=keys
    ).values_list("context__object_id", "context__path", "translation_of__data", "data", "translation_type")
    return {
        (f"{key}:{path}", source): Kept(text, kind == StringTranslation.TRANSLATION_TYPE_MACHINE)
        for key, path, source, text, kind in rows
    }


def _addresses(keys: list[UUID], language: str) -> dict[str, Kept]:
    rows = SegmentOverride.objects.filter(
        locale__language_code=language, has_error=False, context__object_id__in=keys
    ).select_related("context")
    return {f"{row.context.object_id}:{row.context.path}": Kept(row.data) for row in rows if isinstance(row.data, str)}


def _before(keys: list[UUID], language: str) -> dict[UUID, list[list[str]]]:
    """Return the texts of the edition that each translation was made from, or of the one before the newest."""
    rows = Page.objects.filter(locale__language_code=language, translation_key__in=keys, alias_of=None)
    made_from = dict(rows.values_list("translation_key", "latest_revision__stamp__edition__number"))
    numbers: dict[UUID, list[int]] = {}
    for key, number in (
        SourceEdition.objects.filter(page_key__in=keys).order_by("number").values_list("page_key", "number")
    ):
        numbers.setdefault(key, []).append(number)
    wanted = {key: made_from.get(key) or there[-2] for key, there in numbers.items() if len(there) > 1}
    editions = SourceEdition.objects.filter(page_key__in=list(wanted), number__in=set(wanted.values()))
    return {
        key: texts
        for key, number, texts in editions.values_list("page_key", "number", "texts")
        if wanted[key] == number
    }


def _old_texts(before: list[list[str]] | None, units: list[Unit]) -> dict[Name, str]:
    """Return by (path, text) what each text that was put in other words was before."""
    if not before:
        return {}
    now = [[unit.path, unit.source] for unit in units]
    return {(path, new): old for path, old, new in reworded(before, now)}
