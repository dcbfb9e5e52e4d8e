"""The gate of the translations: nothing goes public that is not wholly translated, whole, and seen by a person.

It judges what a page says, and not what is kept of its translation: every way to the public is asked by the page's
content, also the ways that know nothing of translations.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from lessons.models import GlossaryPage
from openmuseums.editorial.checks import Finding, Level, register_check, register_remarks
from openmuseums.editorial.cleaning import clean_html
from openmuseums.editorial.models import GuardedPage
from openmuseums.segments.checking import faults_of
from openmuseums.segments.models import SourceEdition, TranslationStamp
from openmuseums.segments.units import Unit, anchor_of, plain_text, units_of
from openmuseums.translation.addresses import desk_address
from openmuseums.translation.placing import check_place
from openmuseums.translation.terms import Term, faults_of_terms, terms_in, terms_of

# Characters of a text that a message names it by.
_SHORT = 60
_IN_RICH_TEXT = ".'"
Name = tuple[str, str]


def register_gate() -> None:
    """Have every page be judged as a translation, on every way to the public."""
    register_check(GuardedPage, check_place)
    register_check(GuardedPage, check_translation)
    register_remarks(GuardedPage, check_terms)


def check_translation(page: GuardedPage) -> Iterator[Finding]:
    """Find what keeps a translation from the public; of pages of the source and of native ones there is nothing."""
    source_locale = Locale.get_default().pk
    if page.is_native or page.locale_id == source_locale:
        return
    key = (page.alias_of or page).translation_key
    source = Page.objects.filter(translation_key=key, locale=source_locale).first()
    if source is None:
        yield Finding(
            Level.ERROR,
            "no-source",
            _("This page is no translation of any page. Pages of the course are written in the source language first."),
            "title",
        )
        return
    if not source.live:
        yield Finding(
            Level.ERROR,
            "source-not-public",
            _("The page that this one translates is not public. It is published first, then its translations."),
            "title",
        )
    yield from _Judged(page, key, source).findings()


def check_terms(page: GuardedPage) -> Iterator[Finding]:
    """Remark where a translation has a word that the glossary avoids, or not the one that it uses."""
    source_locale = Locale.get_default().pk
    if page.is_native or page.locale_id == source_locale or isinstance(page, GlossaryPage):
        return
    key = (page.alias_of or page).translation_key
    source = Page.objects.filter(translation_key=key, locale=source_locale).first()
    if source is not None:
        yield from _Judged(page, key, source).remarks(terms_of(page.locale.language_code))


@dataclass(frozen=True)
class _Kept:
    """What translators keep for a text: the translation, and whether only a machine has seen it."""

    text: str
    is_machine: bool


class _Judged:
    """A page in another language beside what its source said when it was made."""

    def __init__(self, page: GuardedPage, key: UUID, source: Page) -> None:
        self.page = page
        self.key = key
        self.source = source

    def findings(self) -> Iterator[Finding]:
        """Find what is missing, broken or unseen, in the order of the source."""
        for path, source in self.wanted:
            if self._is_missing(path, source):
                told = _("Not translated: “%(text)s”") % {"text": _short(source)}
                yield self._finding("not-translated", path, source, told)
                continue
            text = self._shown_for(path, source)
            if text is None:
                continue
            kept = self.kept.get((path, source))
            if kept and kept.is_machine and kept.text == text:
                told = _("Translated by a machine, and nobody has looked at it: “%(text)s”") % {"text": _short(source)}
                yield self._finding("not-reviewed", path, source, told)
            if text != source:
                yield from self._faults(path, source, text)

    def remarks(self, terms: list[Term]) -> Iterator[Finding]:
        """Find which words are not those of the glossary, in the order of the source."""
        for path, source in self.wanted:
            text = self._shown_for(path, source)
            if text is None or text == source:
                continue
            for fault in faults_of_terms(source, text, terms_in(source, terms)):
                told = _("“%(text)s”: %(fault)s") % {"text": _short(source), "fault": fault}
                yield self._finding("not-the-glossary", path, source, told, level=Level.REMARK)

    @cached_property
    def is_followed(self) -> bool:
        """Return whether the page is made from its source: hand-kept pages and copies may be built otherwise."""
        return (
            self.page.alias_of_id is None
            and Translation.objects.filter(
                source__object_id=self.key,
                source__locale=self.source.locale_id,
                target_locale=self.page.locale_id,
                enabled=True,
            ).exists()
        )

    @cached_property
    def wanted(self) -> list[Name]:
        """Return the texts of the source that the page is a translation of, by content path and text."""
        edition = self._edition()
        if edition is None:
            return [(unit.path, unit.source) for unit in units_of(self.source.specific) if not unit.is_address]
        return [(path, text) for path, text in edition.texts if not self._is_address(path, text)]

    @cached_property
    def shown(self) -> dict[str, list[Unit]]:
        """Return what the page says, by content path."""
        found: dict[str, list[Unit]] = {}
        for unit in self._units:
            if not unit.is_address:
                found.setdefault(unit.path, []).append(unit)
        return found

    @cached_property
    def addresses(self) -> set[str]:
        """Return the content paths at which the page has an address."""
        return {unit.path for unit in self._units if unit.is_address}

    @cached_property
    def _units(self) -> list[Unit]:
        return units_of(self.page)

    @cached_property
    def said(self) -> set[str]:
        """Return all texts of the page, wherever they stand."""
        return {unit.source for units in self.shown.values() for unit in units}

    @cached_property
    def kept(self) -> dict[Name, _Kept]:
        """Return what translators keep of the page in its language."""
        machine = StringTranslation.TRANSLATION_TYPE_MACHINE
        rows = StringTranslation.objects.filter(
            locale=self.page.locale_id, context__object_id=self.key, has_error=False
        ).values_list("context__path", "translation_of__data", "data", "translation_type")
        return {(path, source): _Kept(text, kind == machine) for path, source, text, kind in rows}

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many texts the source has at each content path."""
        found: dict[str, int] = {}
        for path, _source in self.wanted:
            found[path] = found.get(path, 0) + 1
        return found

    @cached_property
    def still_there(self) -> set[str]:
        """Return the content paths at which the source has texts now."""
        newest = SourceEdition.objects.newest(self.key)
        return {path for path, _text in newest.texts} if newest else set(self.counts)

    def _edition(self) -> SourceEdition | None:
        page = self.page
        revision = page.judged_revision_id or (page.live_revision_id if page.live else None) or page.latest_revision_id
        stamp = TranslationStamp.objects.filter(revision=revision, edition__page_key=self.key).select_related("edition")
        made_from = stamp.first()
        return made_from.edition if made_from else SourceEdition.objects.newest(self.key)

    def _is_address(self, path: str, text: str) -> bool:
        return _IN_RICH_TEXT in path or path in self.addresses or (path not in self.shown and "://" in text)

    def _is_missing(self, path: str, source: str) -> bool:
        """Return whether the source's words stand there, or nothing, and no translator says that it is right so."""
        kept = self.kept.get((path, source))
        if not self.is_followed:
            is_said_same = (kept and kept.text == source) or not any(map(str.isalpha, plain_text(source)))
            return source in self.said and not is_said_same
        here = [unit.source for unit in self.shown.get(path, [])]
        if not here:
            # What the source has no more, an update or its editor took out of every language.
            return path in self.still_there
        if kept and kept.text in here:
            return False
        return source in here

    def _shown_for(self, path: str, source: str) -> str | None:
        """Return what the page says in the place of a text; None where that cannot be told."""
        here = [unit.source for unit in self.shown.get(path, [])]
        kept = self.kept.get((path, source))
        if kept and kept.text in here:
            return kept.text
        if len(here) != self.counts[path]:
            return None
        return here[[text for other, text in self.wanted if other == path].index(source)]

    def _faults(self, path: str, source: str, text: str) -> Iterator[Finding]:
        place = self.shown[path][0].place
        unit = Unit(self.key, path, source, is_address=False, place=place)
        for fault in faults_of(unit, text, clean=clean_html):
            told = _("“%(text)s”: %(fault)s") % {"text": _short(source), "fault": fault}
            yield self._finding("broken-translation", path, source, told)

    def _finding(self, code: str, path: str, source: str, message: str, level: Level = Level.ERROR) -> Finding:
        field, _dot, rest = path.partition(".")
        block_id = rest.partition(".")[0] if self._is_stream(field) else ""
        return Finding(level, code, message, field, block_id, anchor_of(path, source), self._address(path, source))

    def _is_stream(self, field: str) -> bool:
        return hasattr(self.page._meta.get_field(field), "stream_block")

    def _address(self, path: str, source: str) -> str:
        """Return where a text is translated; nothing where the page is kept by hand, in its own form."""
        if not self.is_followed:
            return ""
        return desk_address(self.page.locale.language_code, self.key, (path, source))


def _short(source: str) -> str:
    return Truncator(plain_text(source)).chars(_SHORT)
