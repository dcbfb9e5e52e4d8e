"""The course's drawings are made with the labels of their language."""

from xml.etree import ElementTree as ET

import pytest

from lessons.blocks.pictures import DiagramBlock
from lessons.checks.blocks import check_drawing
from lessons.drawings import NAMES, cramped, draw, drawing_names, labels_of, lettering
from openmuseums.editorial.checks import Place

SVG = "{http://www.w3.org/2000/svg}"


def test_every_drawing_has_a_name_for_editors() -> None:
    assert sorted(NAMES) == drawing_names()


LETTERED = [name for name in drawing_names() if labels_of(name)]


def texts_in(svg: str) -> list[str]:
    return [" ".join("".join(text.itertext()).split()) for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


@pytest.mark.parametrize("name", LETTERED)
def test_drawing_is_lettered_as_it_is_told(name: str) -> None:
    words = {label.key: f"{label.words} <&> “ωμέγα”" for label in labels_of(name)}
    drawn = texts_in(draw(name, words))
    assert {text for text in drawn if text != "042"} == set(words.values())


@pytest.mark.parametrize("name", LETTERED)
def test_drawing_without_words_has_those_of_the_source(name: str) -> None:
    assert {text for text in texts_in(draw(name)) if text != "042"} == {label.words for label in labels_of(name)}


@pytest.mark.parametrize("name", LETTERED)
def test_words_of_the_source_have_room(name: str) -> None:
    assert cramped(name, {}) == []


def test_drawn_file_has_no_attributes_of_ours() -> None:
    assert "data-" not in draw("swot", {})


def test_long_words_are_set_in_lines() -> None:
    svg = draw("swot", {"strengths-example": "διακόσια πορτρέτα με όνομα"})
    found = next(text for text in ET.fromstring(svg).iter(f"{SVG}text") if "διακόσια" in "".join(text.itertext()))  # noqa: S314
    assert [line.text for line in found] == ["διακόσια πορτρέτα", "με όνομα"]
    assert [line.get("dy") for line in found] == [None, "16"]


def test_label_that_stands_twice_is_one() -> None:
    assert [label.key for label in labels_of("checkout-flow")].count("back") == 1
    assert texts_in(draw("checkout-flow", {"back": "πίσω"})).count("πίσω") == 2


def test_words_without_room_are_named() -> None:
    long = "Incommensurabilidades interdepartamentales"
    assert cramped("swot", {"helps": long}) == [long]


def test_lettering_forgets_what_the_drawing_does_not_have() -> None:
    assert "basket" not in lettering("swot", {"basket": "Basket"})


def test_block_takes_the_labels_of_its_drawing_and_keeps_ids_and_words() -> None:
    block = DiagramBlock()
    value = block.to_python({"diagram": "swot", "title": "A", "description": "B", "labels": [], "topics": []})
    first = block.clean(value)
    assert [label["key"] for label in first["labels"]] == [label.key for label in labels_of("swot")]
    first["labels"][0]["text"] = "Good for us"
    again = block.clean(first)
    assert again["labels"][0]["text"] == "Good for us"
    assert [label.id for label in again["labels"].bound_blocks] == [label.id for label in first["labels"].bound_blocks]
    again["diagram"] = "checkout-flow"
    assert [label["key"] for label in block.clean(again)["labels"]] == [
        label.key for label in labels_of("checkout-flow")
    ]


def test_labels_of_another_drawing_are_an_error_and_long_ones_a_remark() -> None:
    place = Place(field="body", block_id="b")
    swot = lettering("swot", {"helps": "W" * 40})
    labels = [{"key": key, "text": text} for key, text in swot.items()]
    assert [finding.code for finding in check_drawing({"diagram": "swot", "labels": labels}, place)] == [
        "label-too-long"
    ]
    other = [finding.code for finding in check_drawing({"diagram": "checkout-flow", "labels": labels}, place)]
    assert other == ["labels-of-another-drawing"]
