"""What of a page is translated, and where it lives."""

import pytest
from wagtail_localize.models import TranslationSource

from lessons.models import UnitPage
from openmuseums.segments.units import Place, anchor_of, units_of
from tests.factories import FixtureCourse, block, item, make_unit


def unit_with(course: FixtureCourse, *blocks: dict) -> UnitPage:
    unit = course.units["digital-strategy"]
    unit.body = list(blocks)
    unit.save_revision().publish()
    return UnitPage.objects.get(pk=unit.pk)


def test_units_are_texts_and_addresses_with_their_places(course: FixtureCourse) -> None:
    resource = item(
        {"title": "A guide", "address": "https://example.org/guide", "language": "en", "kind": "guide", "note": ""}
    )
    text = block(
        "rich_text",
        {
            "text": '<p>Read <a href="https://example.org/">the whole guide</a>.</p><p>Twice.</p><p>Twice.</p>',
            "topics": [],
        },
    )
    resources = block("resources", {"items": [resource], "topics": []})
    unit = unit_with(course, text, resources)
    found = [unit for unit in units_of(unit, where="here") if unit.path.startswith("body.")]
    inside, listed = f"body.{text['id']}.text", f"body.{resources['id']}.items.{resource['id']}"
    rich = Place("body.rich_text.text", None, is_rich=True)
    assert [(unit.path, unit.source, unit.is_address, unit.place) for unit in found] == [
        (inside, 'Read <a id="a1">the whole guide</a>.', False, rich),
        (inside, "Twice.", False, rich),
        (f"{inside}.'https://example.org/'", "https://example.org/", True, rich),
        (f"{listed}.title", "A guide", False, Place("body.resources.items.item.title", 255)),
        (
            f"{listed}.address",
            "https://example.org/guide",
            True,
            Place("body.resources.items.item.address"),
        ),
    ]
    assert {unit.where for unit in found} == {"here"}
    assert found[0].context == f"{unit.translation_key}:{inside}"


def test_units_of_fields_and_child_objects_know_their_limits(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    outcome = unit.outcomes.get()
    found = {unit.path: unit.place for unit in units_of(unit) if not unit.path.startswith("body.")}
    assert found == {
        "title": Place("title", 255),
        "lead": Place("lead"),
        f"outcomes.{outcome.translation_key}.text": Place("outcomes.text", 255),
    }


def test_units_never_hold_codes(course: FixtureCourse) -> None:
    quiz = course.quizzes["marketing"]
    leaves = {unit.place.field_path.rpartition(".")[2] for unit in units_of(quiz)}
    assert leaves == {"title", "prompt", "text", "feedback"}


@pytest.mark.django_db
def test_places_are_the_field_paths_of_wagtail_localize(course: FixtureCourse) -> None:
    unit = make_unit(course.part, "online-safety", slug="another")
    expected = {}
    source, _made = TranslationSource.update_or_create_from_instance(unit)
    for segments in (source.stringsegment_set, source.overridablesegment_set):
        expected |= dict(segments.values_list("context__path", "context__field_path"))
    assert {unit.path: unit.place.field_path for unit in units_of(unit)} == expected


def test_anchor_of_a_text_is_the_same_on_every_page() -> None:
    assert anchor_of("title", "The digital strategy") == "s-b0fb229d5a"
    assert anchor_of("title", "the digital strategy") != anchor_of("title", "The digital strategy")
