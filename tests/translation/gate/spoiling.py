"""A translation that is whole, and the same with something wrong in it."""

from typing import Any

import pytest

from lessons.models import UnitPage
from openmuseums.editorial.gate import NotFitToPublish
from tests.factories import (
    item,
)

LINK = '<a href="https://example.org/">'
SOURCE = f"<p>Read {LINK}the whole guide</a>.</p><p>Then act.</p>"
GOOD = f"<p>Lees {LINK}de hele gids</a>.</p><p>Doe het dan.</p>"
# By the name of what is wrong: the heading, the text, and the code of the rule that says so.
SPOILT = {
    "below 100 %": ("Where to begin", GOOD, "not-translated"),
    "a lost link": ("Waar te beginnen", "<p>Lees de hele gids.</p><p>Doe het dan.</p>", "broken-translation"),
    "an error of content": ("Waar te beginnen", GOOD.replace("de hele gids", "hier"), "link-says-nothing"),
}


def spoil(unit: UnitPage, how: str) -> UnitPage:
    """Return the unit with something wrong in its body, not saved."""
    page = UnitPage.objects.get(pk=unit.pk)
    heading, text, _code = SPOILT[how]
    heading_id, text_id = [child.id for child in page.body]
    page.body = [
        {"type": "heading", "value": {"text": heading, "level": "h2"}, "id": heading_id},
        {"type": "rich_text", "value": {"text": text, "topics": [item("swot")]}, "id": text_id},
    ]
    return page


def force(page: UnitPage) -> UnitPage:
    """Put a page before the public past every guard, as if it had been there before there was a gate."""
    UnitPage.objects.filter(pk=page.pk).update(body=page.body)
    return UnitPage.objects.get(pk=page.pk)


def headings(language: str = "nl", **of: Any) -> list[str]:
    """Return the headings of the units that are public in a language."""
    rows = UnitPage.objects.filter(locale__language_code=language, live=True, **of).order_by("path")
    return [row.body[0].value["text"] for row in rows]


def public_texts(unit: UnitPage) -> tuple[str, str]:
    row = UnitPage.objects.get(pk=unit.pk)
    return row.body[0].value["text"], row.body[1].value["text"].source


def codes(refused: pytest.ExceptionInfo[NotFitToPublish]) -> list[str]:
    return [finding.code for finding in refused.value.findings]
