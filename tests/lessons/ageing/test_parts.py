"""What ages in a body: what has a day or leads elsewhere, and that its digest follows what it says."""

import pytest

from lessons.ageing.parts import ageing_parts
from lessons.models import UnitPage
from tests.factories import FixtureCourse, block
from tests.lessons.ageing.making import ADDRESS, case, day, parts_of, resources, text, unit_with

LINK = f'It is <a href="{ADDRESS}">free</a>.'


def test_what_has_a_day_or_leads_elsewhere_ages(course: FixtureCourse) -> None:
    unit = unit_with(
        course,
        block("heading", {"text": "Prices", "level": "h2"}),
        text("It is free."),
        text("It cost ten euros.", "2025-06-30"),
        text(LINK),
        text('Read <a linktype="page" id="1">what it cost before</a>.'),
        case(),
        resources(alpha=None, beta="2025-01-31"),
    )
    found = [(part.section, part.kind, part.name, part.addresses, part.known_on) for part in ageing_parts(unit.body)]
    assert found == [
        ("Prices", "rich_text", "It cost ten euros.", (), day("2025-06-30")),
        ("Prices", "rich_text", "It is free.", (ADDRESS,), None),
        ("Prices", "case_study", "A case", (ADDRESS,), None),
        ("Prices", "resources", "alpha", ("https://alpha.example.org/",), None),
        ("Prices", "resources", "beta", ("https://beta.example.org/",), day("2025-01-31")),
    ]


def digest(course: FixtureCourse, unit: UnitPage, name: str, **changed: object) -> str:
    """Return the digest of the case once something in it is another."""
    body = list(unit.body.raw_data)
    at = next(number for number, child in enumerate(body) if child["type"] == "case_study")
    body[at] = {**body[at], "value": {**body[at]["value"], **changed}}
    unit.body = body
    unit.save_revision().publish()
    return parts_of(unit)[name].digest


@pytest.mark.parametrize(
    ("changed", "is_void"),
    [
        ({"known_on": "2026-01-31"}, False),
        ({"topics": [{"type": "item", "id": "0b9c2f0a-6a0b-4c1e-9a3c-0d9f4a3b2c1d", "value": "swot"}]}, False),
        ({"what_they_did": "<p>It closed.</p>"}, True),
        ({"source_address": "https://icom.museum/"}, True),
        ({"country": "GR"}, True),
    ],
)
def test_digest_follows_what_is_said_and_where_it_leads(
    course: FixtureCourse, changed: dict[str, object], is_void: bool
) -> None:
    unit = unit_with(course, case())
    before = parts_of(unit)["A case"].digest
    assert (digest(course, unit, "A case", **changed) != before) is is_void


def test_digest_outlives_saving_the_form_and_tells_items_apart(course: FixtureCourse) -> None:
    unit = unit_with(course, text(LINK, "2025-06-30"), resources(alpha=None, beta=None))
    before = {name: part.digest for name, part in parts_of(unit).items()}
    assert len(set(before.values())) == 3
    child = next(child for child in unit.body if child.value.get("known_on"))
    keyed = child.value["text"].source.replace("<p>", '<p data-block-key="abcde">')
    child.value["text"] = type(child.value["text"])(keyed)
    assert [part.digest for part in ageing_parts(unit.body)] == list(before.values())
