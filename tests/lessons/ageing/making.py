"""A unit with things in it that age."""

import datetime as dt
from typing import Any

from lessons.ageing.parts import AgeingPart, ageing_parts
from lessons.models import UnitPage
from tests.factories import FixtureCourse, block, item

ADDRESS = "https://www.ne-mo.org/"


def text(words: str, known_on: str | None = None) -> dict[str, Any]:
    """Return a text block."""
    return block("rich_text", {"text": f"<p>{words}</p>", "known_on": known_on, "topics": []})


def case(known_on: str | None = None) -> dict[str, Any]:
    """Return a case with a source."""
    return block(
        "case_study",
        {
            "title": "A case",
            "museum": "A museum",
            "country": "NL",
            "what_they_did": "<p>It opened.</p>",
            "what_came_of_it": "<p>People came.</p>",
            "source_title": "NEMO",
            "source_address": ADDRESS,
            "known_on": known_on,
            "topics": [],
        },
    )


def resources(**days: str | None) -> dict[str, Any]:
    """Return a list of resources with a day each, by their titles."""
    shared = {"language": "en", "kind": "article", "note": ""}
    items = [
        item({"title": title, "address": f"https://{title}.example.org/", **shared, "known_on": day})
        for title, day in days.items()
    ]
    return block("resources", {"items": items, "topics": []})


def unit_with(course: FixtureCourse, *blocks: dict[str, Any]) -> UnitPage:
    """Publish a unit with some blocks below its own, and return it."""
    unit = course.units["digital-strategy"]
    unit.body = [*unit.body.raw_data, *blocks]
    unit.save_revision().publish()
    return UnitPage.objects.get(pk=unit.pk)


def parts_of(unit: UnitPage) -> dict[str, AgeingPart]:
    """Return what ages in a unit by its name."""
    return {part.name: part for part in ageing_parts(UnitPage.objects.get(pk=unit.pk).body)}


def day(text: str) -> dt.date:
    """Return a day."""
    return dt.date.fromisoformat(text)
