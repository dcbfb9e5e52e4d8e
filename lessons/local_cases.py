"""Cases of countries, as readers are shown them: in units, on pages of their own, and in the index of a language."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lessons.models import CasePage, CasesPage, UnitPage, slots_in
from lessons.native import LocalCase
from lessons.outline import current_map, current_outline
from openmuseums.delivery.languages import address_in, public_languages, reader_language, source_language
from openmuseums.organisations.countries import COUNTRIES

_COUNTRY_NAMES = dict(COUNTRIES)


@dataclass(frozen=True)
class ShownCases:
    """What a place for a case shows: the reader's country's case, or the source's; and those of other countries."""

    case: LocalCase | None
    others: tuple[LocalCase, ...] = ()


def country_name(code: str) -> str:
    """Return the name of a country in the language that is spoken."""
    return str(_COUNTRY_NAMES.get(code, code))


def cases_at(slot: str) -> ShownCases:
    """Return what a place for a case shows the reader: no query where the outline is known."""
    found = [case for case in current_map().cases if case.slot == slot]
    own = next((case for case in found if case.language in {reader_language(), source_language()}), None)
    return ShownCases(own, tuple(case for case in found if case is not own))


def cases_in(unit: UnitPage) -> dict[str, ShownCases]:
    """Return what the places for cases in a unit show, by their keys; most units have none."""
    return {slot: cases_at(slot) for slot, _block_id in slots_in(unit.body)}


def digest_of_cases(shown: Mapping[str, ShownCases]) -> str:
    """Return what tells apart bodies of a unit that show other cases; empty for a unit without a place for one."""
    return hashlib.sha256(repr(sorted(shown.items())).encode()).hexdigest() if shown else ""


def case_context(page: CasePage, request: HttpRequest) -> dict[str, Any]:
    """Give a case its unit, and what other countries tell in the same place."""
    course_map = current_map()
    unit = course_map.slots.get(page.slot)
    others = [case for case in course_map.cases if case.slot == page.slot and case.page_key != page.translation_key]
    elsewhere = {code: address_in(unit.url, code) for code in public_languages()} if unit else {}
    elsewhere |= {case.language: address_in(case.url, case.language) for case in others}
    return {
        "outline": current_outline(),
        "unit": unit,
        "page_key": page.translation_key,
        "others": others,
        "index": _index(page.content_language),
        "counterparts": elsewhere,
    }


def cases_context(page: CasesPage, request: HttpRequest) -> dict[str, Any]:
    """Give the index of a language its cases, and those of other languages."""
    course_map = current_map()
    return {
        "outline": current_outline(),
        "own": [(case, course_map.slots.get(case.slot)) for case in course_map.cases if _is_told(case, page)],
        "others": [case for case in course_map.cases if not _is_told(case, page)],
        "counterparts": course_map.native.get("cases", {}),
    }


def place_words(case: LocalCase) -> str:
    """Return where a case happened, in the language that is spoken."""
    country = country_name(case.country)
    return _("%(place)s, %(country)s") % {"place": case.place, "country": country} if case.place else country


def _is_told(case: LocalCase, page: CasesPage) -> bool:
    return case.language == page.content_language


def _index(language: str) -> str:
    """Return the address of the index that a case stands in, or empty where it is not public."""
    return current_map().native.get("cases", {}).get(language, "")
