"""What a translator sees of a page: each text with its translation, how that stands, and what helps with it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import SegmentOverride, StringTranslation

from lessons.models import GlossaryPage
from openmuseums.editorial.cleaning import clean_html
from openmuseums.segments.checking import faults_of
from openmuseums.segments.models import TranslationStamp
from openmuseums.segments.storing import Name, StoredTexts, stored_texts, translated_texts
from openmuseums.segments.synchronising import reworded
from openmuseums.segments.units import Unit, anchor_of, units_of
from openmuseums.translation.comparing import Piece, differences
from openmuseums.translation.desk.finding import Work
from openmuseums.translation.desk.labels import Spot, Spots, spots_of
from openmuseums.translation.desk.rendering import has_markup, links_in, readable
from openmuseums.translation.memory import Match, matches_of, offered
from openmuseums.translation.terms import Term, faults_of_terms, terms_in, terms_of


class Standing(StrEnum):
    """How the translation of a text stands."""

    MISSING = "missing"
    CHANGED = "changed"
    MACHINE = "machine"
    FAULTY = "faulty"
    TRANSLATED = "translated"
    AS_SOURCE = "as-source"

    @property
    def label(self) -> Any:
        """Return it in words."""
        return _LABELS[self]

    @property
    def is_done(self) -> bool:
        """Return whether nothing is left to do."""
        return self in {Standing.TRANSLATED, Standing.AS_SOURCE}


_LABELS = {
    Standing.MISSING: _("To translate"),
    Standing.CHANGED: _("The source has changed"),
    Standing.MACHINE: _("By machine, not looked at yet"),
    Standing.FAULTY: _("To mend"),
    Standing.TRANSLATED: _("Translated"),
    Standing.AS_SOURCE: _("As in the source"),
}


@dataclass
class Segment:
    """A text to translate. name: its id on every page for translators; version: of the translation that was read.

    typed: what somebody wrote that is not kept, with `faults`, or with what somebody else wrote meanwhile as `theirs`.
    """

    unit: Unit
    spot: Spot
    text: str
    standing: Standing
    old_source: str = ""
    old_text: str = ""
    matches: list[Match] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    typed: str | None = None
    theirs: str | None = None

    @property
    def name(self) -> str:
        """Return its id."""
        return anchor_of(self.unit.path, self.unit.source)

    @property
    def version(self) -> str:
        """Return the version of its translation."""
        return version_of(self.text)

    @property
    def shown(self) -> str:
        """Return what stands in its field."""
        return self.text if self.typed is None else self.typed

    @property
    def source(self) -> SafeString:
        """Return the text of the source as one reads it."""
        return readable(self.unit.source)

    @property
    def raw_source(self) -> str:
        """Return the text of the source as it is written, where that is something else; or nothing."""
        return self.unit.source if has_markup(self.unit.source) else ""

    @property
    def links(self) -> list[tuple[str, str]]:
        """Return how its links are written, and what they stand around."""
        return links_in(self.unit.source)

    @property
    def rows(self) -> int:
        """Return how many lines its field begins with."""
        return max(2, min(12, len(self.unit.source) // 60 + 1))

    @property
    def old_pieces(self) -> list[Piece]:
        """Return the text of the source that the old translation was made from."""
        return differences(self.old_source, self.unit.source)[0]

    @property
    def new_pieces(self) -> list[Piece]:
        """Return the text of the source, with what is new in it."""
        return differences(self.old_source, self.unit.source)[1]


@dataclass
class Group:
    """The texts of a block, or of fields that stand together."""

    heading: str
    segments: list[Segment]


@dataclass
class Reading:
    """All texts of a page. done, by_machine: of its texts, addresses left out."""

    segments: list[Segment]

    @property
    def count(self) -> int:
        """Return how many texts there are to translate."""
        return sum(not segment.unit.is_address for segment in self.segments)

    @property
    def done(self) -> int:
        """Return how many of them are translated, and were looked at by a person."""
        return sum(not segment.unit.is_address and segment.standing.is_done for segment in self.segments)

    @property
    def by_machine(self) -> int:
        """Return how many of them a machine translated and nobody has looked at."""
        return sum(segment.standing is Standing.MACHINE for segment in self.segments)

    @property
    def missing(self) -> list[Segment]:
        """Return the texts that have no translation, addresses left out."""
        without = {Standing.MISSING, Standing.CHANGED}
        return [one for one in self.segments if not one.unit.is_address and one.standing in without]

    def groups(self, *, only_to_do: bool = False) -> list[Group]:
        """Return the texts by block, all of them or those with something to do or to look at."""
        chosen = [one for one in self.segments if not only_to_do or not one.standing.is_done or one.typed is not None]
        grouped = groupby(chosen, key=lambda one: (one.spot.group, one.spot.heading))
        return [Group(heading, list(segments)) for (_group, heading), segments in grouped]


@dataclass(frozen=True)
class Kept:
    """What is kept of a page in a language: texts by path and source, those of machines, and those with a fault."""

    texts: dict[Name, str]
    machine: frozenset[Name] = frozenset()
    faulty: frozenset[Name] = frozenset()


def version_of(text: str) -> str:
    """Return the version of a translation: a digest of it, empty where there is none."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def read_segments(work: Work) -> Reading:
    """Return the texts of a page as its desk shows them."""
    units = units_of(work.page)
    kept = _kept(work, units)
    old = _old_sources(work, units, kept)
    matches = matches_of((unit.source for unit in units if not unit.is_address), work.language)
    terms = terms_of(work.language)
    spots = spots_of(work.page)
    reader = _Reader(work, spots, kept, old, matches, terms)
    return Reading([reader.segment(unit) for unit in units])


def kept_in(stored: StoredTexts) -> Kept:
    """Return what is kept, as rows of wagtail-localize."""
    rows = {name: row.data for name, row in stored.rows.items() if isinstance(row.data, str)}
    strings = {name: row for name, row in stored.rows.items() if isinstance(row, StringTranslation)}
    return Kept(
        rows,
        frozenset(name for name, row in strings.items() if row.translation_type == row.TRANSLATION_TYPE_MACHINE),
        frozenset(name for name, row in stored.rows.items() if row.has_error),
    )


@dataclass(frozen=True)
class _Reader:
    work: Work
    spots: Spots
    kept: Kept
    old: dict[Name, str]
    matches: dict[str, list[Match]]
    terms: list[Term]

    def segment(self, unit: Unit) -> Segment:
        """Return a text with all that helps with it."""
        name = (unit.path, unit.source)
        text = self.kept.texts.get(name, "")
        segment = Segment(unit, self.spots.of(unit.path), text, self._standing(unit, name, text))
        if segment.standing is Standing.CHANGED:
            segment.old_source = self.old[name]
            segment.old_text = self.kept.texts.get((unit.path, self.old[name]), "")
        if segment.standing is Standing.FAULTY:
            segment.faults = faults_of(unit, text, clean=clean_html)
        if unit.is_address:
            return segment
        found = self.matches.get(unit.source, [])
        segment.matches = [
            match for match in offered(found, page_key=self.work.page_key, path=unit.path) if match.text != text
        ]
        if not holds_terms(self.work, unit):
            segment.terms = terms_in(unit.source, self.terms)
            segment.remarks = faults_of_terms(unit.source, text, self.terms) if text else []
        return segment

    def _standing(self, unit: Unit, name: Name, text: str) -> Standing:
        if name in self.kept.faulty:
            return Standing.FAULTY
        if text:
            return Standing.MACHINE if name in self.kept.machine else Standing.TRANSLATED
        if unit.is_address:
            return Standing.AS_SOURCE
        return Standing.CHANGED if name in self.old else Standing.MISSING


def holds_terms(work: Work, unit: Unit) -> bool:
    """Return whether a text is one of the glossary, which names the forms to avoid."""
    return isinstance(work.page, GlossaryPage) and unit.path.startswith("terms.")


def _kept(work: Work, units: list[Unit]) -> Kept:
    if work.source is not None:
        return kept_in(stored_texts(work.source, work.locale))
    # Nobody has worked on it here, but a course pack may have brought translations along.
    texts = translated_texts(units, work.language)
    by_context = {(unit.context, unit.source): (unit.path, unit.source) for unit in units}
    return Kept({by_context[name]: text for name, text in texts.items()})


def _old_sources(work: Work, units: list[Unit], kept: Kept) -> dict[Name, str]:
    """Return, by the texts that have no translation, the texts whose place they took: those have one, or had.

    What the page in the language was made from is asked first. What else is kept for the same places comes after it.
    """
    texts = [unit for unit in units if not unit.is_address]
    new = [[unit.path, unit.source] for unit in texts]
    names = {(unit.path, unit.source) for unit in units}
    left = {name for name in names if not kept.texts.get(name)}
    orphans = [[path, source] for path, source in kept.texts if (path, source) not in names]
    if not left or not (orphans or work.target):
        return {}
    pairs = [*reworded(_made_from(work), new), *reworded(orphans, [pair for pair in new if tuple(pair) in left])]
    found: dict[Name, str] = {}
    for path, before, after in pairs:
        if (path, after) in left:
            found.setdefault((path, after), before)
    return found


def _made_from(work: Work) -> list[list[str]]:
    """Return the texts of the edition that the page in the language was made from."""
    if work.target is None:
        return []
    revision = work.target.live_revision_id or work.target.latest_revision_id
    stamp = TranslationStamp.objects.filter(revision=revision).select_related("edition").first()
    return list(stamp.edition.texts) if stamp else []


def overrides_of(work: Work, paths: Iterable[str]) -> dict[str, Any]:
    """Return what stands in a language in place of pictures and documents, by content path."""
    rows = SegmentOverride.objects.filter(
        locale=work.locale, context__object_id=work.page_key, context__path__in=list(paths)
    )
    return {row.context.path: row for row in rows.select_related("context")}
