"""Keeps what translators wrote: each text over the version that they saw, and over no other."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation

from openmuseums.delivery.languages import source_language
from openmuseums.editorial.cleaning import clean_html
from openmuseums.people.models import User
from openmuseums.segments.checking import faults_of
from openmuseums.segments.storing import Name, store_texts, stored_texts
from openmuseums.segments.units import Unit, anchor_of, units_of
from openmuseums.translation.desk.finding import Work, begin, find_work
from openmuseums.translation.desk.reading import Kept, kept_in, version_of
from openmuseums.translation.models import Seat
from openmuseums.translation.working import take_seat

_LONE_AMPERSAND = re.compile(r"&(?!#?\w+;)")


@dataclass(frozen=True)
class Typed:
    """What somebody wrote in the field of a text, and the version of the translation that stood there before.

    is_confirmed: whether the text was looked at even where it stays as it is: a machine's becomes a person's by that.
    """

    text: str
    version: str
    is_confirmed: bool = False


@dataclass
class Outcome:
    """What became of what was written, by the names of texts.

    conflicts: what somebody else wrote meanwhile. gone: texts that the page no longer has. seat: of somebody else who
    works on the page: then nothing was kept.
    """

    saved: set[str] = field(default_factory=set)
    faults: dict[str, list[str]] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    seat: Seat | None = None

    @property
    def is_whole(self) -> bool:
        """Return whether everything was kept."""
        return not (self.faults or self.conflicts or self.gone or self.seat)


def save_texts(*, page_key: UUID, language: str, typed: Mapping[str, Typed], person: User, now: dt.datetime) -> Outcome:
    """Keep what somebody wrote, each text or none of it, and say what became of each.

    typed: by the names of texts. Raises NothingToTranslateError.
    """
    try:
        return _save(page_key, language, typed, person, now)
    except IntegrityError:
        # Somebody else brought a first translation meanwhile, by another way. Now it is there to be compared with.
        return _save(page_key, language, typed, person, now)


@transaction.atomic
def _save(page_key: UUID, language: str, typed: Mapping[str, Typed], person: User, now: dt.datetime) -> Outcome:
    lock(page_key)
    work = find_work(page_key, language)
    seat = take_seat(page_key=page_key, locale=work.locale, person=person, now=now)
    if seat.person_id != person.pk:
        return Outcome(seat=seat)
    begin(work)
    lock_rows(work)
    assert work.source is not None  # noqa: S101 - it was begun
    stored = stored_texts(work.source, work.locale)
    outcome, texts = _sorted(units_of(work.page), kept_in(stored), typed)
    store_texts(stored, texts, tool="", by=person)
    return outcome


def lock(page_key: UUID) -> None:
    """Have whoever works on the texts of a page, or publishes its source, take turns."""
    pages = Page.objects.filter(translation_key=page_key, locale__language_code=source_language())
    list(pages.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def lock_rows(work: Work) -> None:
    """Have whoever brings translations by another way wait as well, where there are some already."""
    for model in (StringTranslation, SegmentOverride):
        rows = model.objects.filter(locale=work.locale, context__object_id=work.page_key)
        list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def tidied(text: str) -> str:
    """Return what somebody typed as it is kept: no blanks around it, and an & as HTML writes it."""
    return _LONE_AMPERSAND.sub("&amp;", text.strip())


def _sorted(units: list[Unit], kept: Kept, typed: Mapping[str, Typed]) -> tuple[Outcome, dict[Name, str]]:
    """Return what becomes of each text, and what is to be kept."""
    by_name = {anchor_of(unit.path, unit.source): unit for unit in units}
    outcome, texts = Outcome(gone={name for name in typed if name not in by_name}), {}
    for name, unit in by_name.items():
        if name not in typed:
            continue
        given, key = typed[name], (unit.path, unit.source)
        text, there = _as_typed(unit, given.text), kept.texts.get(key, "")
        if text == there and not _is_news(key, given, kept):
            outcome.saved.add(name)
        elif given.version != version_of(there):
            outcome.conflicts[name] = there
        elif faults := _faults(unit, text):
            outcome.faults[name] = faults
        else:
            texts[key] = text
            outcome.saved.add(name)
    return outcome, texts


def _is_news(key: Name, given: Typed, kept: Kept) -> bool:
    """Return whether a text that is as it was is to be looked at all the same: somebody stands for it now."""
    return given.is_confirmed and (key in kept.machine or key in kept.faulty or key not in kept.texts)


def _as_typed(unit: Unit, text: str) -> str:
    return text.strip() if unit.is_address else tidied(text)


def _faults(unit: Unit, text: str) -> list[str]:
    if unit.is_address and not text:
        return []  # the source's own again
    return faults_of(unit, text, clean=clean_html)
