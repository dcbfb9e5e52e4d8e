"""What may be wrong with the places for countries' cases in units, and with the cases themselves."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from lessons.blocks.cases import SLOT
from lessons.models import CasePage, UnitPage, known_slots, slots_in
from openmuseums.editorial.checks import Finding, Place
from openmuseums.editorial.fields import language_of
from openmuseums.editorial.texts import says_nothing


def check_places(page: UnitPage) -> Iterator[Finding]:
    """A place for a case has a key, and no other place in the course has the same."""
    found = list(slots_in(page.body))
    if not found:
        return
    elsewhere = _slots_of_others(page)
    seen: set[str] = set()
    for slot, block_id in found:
        place = Place("body", block_id)
        if not re.fullmatch(SLOT, slot):
            yield place.error("bad-slot", _("The key of a place for a case is small letters, digits and hyphens."))
        elif slot in seen:
            yield place.error(
                "doubled-slot", _("“%(slot)s” stands here twice. Each place has its own key.") % {"slot": slot}
            )
        elif slot in elsewhere:
            yield place.error(
                "doubled-slot",
                _("The unit “%(unit)s” has the place “%(slot)s” already. Choose another key.")
                % {"unit": elsewhere[slot], "slot": slot},
            )
        seen.add(slot)


def check_case(page: CasePage) -> Iterator[Finding]:
    """A case stands in a place that there is, alone in its language, and says where it is told."""
    yield from _check_slot(page)
    if not page.summary.strip():
        yield Place("summary").error("required", _("The summary is empty. Say in two sentences what was done."))
    if not page.sources:
        yield Place("sources").error("case-without-source", _("The case names no source. Say where it is told."))
    for child in page.sources:
        place, title = Place("sources", child.id or ""), (child.value["title"] or "").strip()
        if not title:
            yield place.error("required", _("A source has no name."))
        elif says_nothing(title, language_of(page)):
            yield place.error(
                "link-says-nothing",
                _("A link reads “%(text)s”. Link words that say where it leads.") % {"text": title},
            )


def _check_slot(page: CasePage) -> Iterator[Finding]:
    place = Place("slot")
    if page.slot not in {slot for slot, _title in known_slots()}:
        yield place.error("unknown-slot", _("No published unit has the place “%(slot)s”.") % {"slot": page.slot})
        return
    rival = page.rival()
    if rival is not None:
        yield place.error(
            "slot-taken",
            _("“%(title)s” stands in this place already. Take it down first, or choose another place.")
            % {"title": rival.title},
        )


def _slots_of_others(page: UnitPage) -> dict[str, str]:
    """Return the places in other published units of the source, with the titles of the units."""
    units = UnitPage.objects.live().filter(locale=Locale.get_default()).exclude(translation_key=page.translation_key)
    return {slot: unit.title for unit in units for slot, _block_id in slots_in(unit.body)}
