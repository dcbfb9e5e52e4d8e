"""The course's drawings are made with the labels of their language."""

import re
from dataclasses import replace
from itertools import combinations
from math import ceil
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from lessons.blocks.pictures import DiagramBlock
from lessons.checks.blocks import check_drawing
from lessons.drawings import DRAWINGS, NAMES, cramped, draw, drawing_names, labels_of, lettering
from openmuseums.editorial.checks import Place

SVG = "{http://www.w3.org/2000/svg}"

# What the stylesheet draws with: every colour is one of the theme's, with enough contrast in light and in dark.
SHAPES = {"line", "soft", "paper", "tint-use", "tint-manage", "tint-make", "tint-understand"}
LETTERS = {"label", "label-strong", "label-small"}

# The drawings that were lettered in all languages before longer words were thought of.
SNUG = {"object-to-record", "swot"}

# What is written the same in every language and is no label: numbers, letters, names of files and formats.
SIGN = re.compile(r"[A-Z0-9]+|WebP|mv|front|master|[a-z0-9_.:/@-]*[0-9_.@][a-z0-9_.:/@-]*")


class Box(NamedTuple):
    """The room that words take in a drawing."""

    words: str
    left: float
    top: float
    right: float
    bottom: float


def test_every_drawing_has_a_name_for_editors() -> None:
    assert sorted(NAMES) == drawing_names()


LETTERED = [name for name in drawing_names() if labels_of(name)]


def source_of(name: str) -> ET.Element:
    return ET.parse(DRAWINGS / f"{name}.svg").getroot()  # noqa: S314


def signs_in(name: str) -> set[str]:
    return {text.text or "" for text in source_of(name).iter(f"{SVG}text") if not text.get("data-label")}


def boxes_in(name: str) -> list[Box]:
    """Return the room of each label, with all the lines that it may have."""
    sizes = {label.key: label.size for label in labels_of(name)}
    boxes = []
    for text in source_of(name).iter(f"{SVG}text"):
        key = text.get("data-label", "")
        if not key:
            continue
        width, lines = float(text.get("data-width", "")), int(text.get("data-lines", ""))
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
        left = float(text.get("x", "")) - before * width
        top = float(text.get("y", "")) - 0.75 * sizes[key]
        bottom = float(text.get("y", "")) + (lines - 1) * ceil(1.15 * sizes[key]) + 0.2 * sizes[key]
        boxes.append(Box(text.text or "", left, top, left + width, bottom))
    return boxes


def texts_in(svg: str) -> list[str]:
    return [" ".join("".join(text.itertext()).split()) for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


@pytest.mark.parametrize("name", LETTERED)
def test_drawing_is_lettered_as_it_is_told(name: str) -> None:
    words = {label.key: f"{label.words} <&> “ωμέγα”" for label in labels_of(name)}
    drawn = texts_in(draw(name, words))
    assert set(drawn) - signs_in(name) == set(words.values())


@pytest.mark.parametrize("name", LETTERED)
def test_drawing_without_words_has_those_of_the_source(name: str) -> None:
    assert set(texts_in(draw(name))) - signs_in(name) == {label.words for label in labels_of(name)}


@pytest.mark.parametrize("name", LETTERED)
def test_words_of_the_source_have_room(name: str) -> None:
    assert cramped(name, {}) == []


@pytest.mark.parametrize("name", sorted(set(LETTERED) - SNUG))
def test_words_that_are_a_third_longer_have_room(name: str) -> None:
    tight = [
        label.words
        for label in labels_of(name)
        if not replace(label, width=label.width * 0.75).has_room_for(label.words)
    ]
    assert tight == []


@pytest.mark.parametrize("name", LETTERED)
def test_what_is_no_label_reads_the_same_in_every_language(name: str) -> None:
    assert {sign for sign in signs_in(name) if not SIGN.fullmatch(sign)} == set()


@pytest.mark.parametrize("name", LETTERED)
def test_labels_stay_inside_the_drawing(name: str) -> None:
    left, top, width, height = map(float, source_of(name).get("viewBox", "").split())
    outside = [
        box.words
        for box in boxes_in(name)
        if box.left < left or box.top < top or box.right > left + width or box.bottom > top + height
    ]
    assert outside == []


@pytest.mark.parametrize("name", LETTERED)
def test_labels_do_not_run_into_each_other(name: str) -> None:
    overlaps = [
        (one.words, other.words)
        for one, other in combinations(boxes_in(name), 2)
        if one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
    ]
    assert overlaps == []


@pytest.mark.parametrize("name", drawing_names())
def test_drawing_takes_its_colours_from_the_stylesheet(name: str) -> None:
    drawn = [shape for shape in source_of(name).iter() if shape.tag not in {f"{SVG}svg", f"{SVG}g"}]
    assert {shape.get("class") for shape in drawn if shape.tag != f"{SVG}text"} <= SHAPES
    assert {shape.get("class") for shape in drawn if shape.tag == f"{SVG}text"} <= LETTERS
    assert {attribute for shape in drawn for attribute in shape.attrib} & {
        "fill",
        "stroke",
        "style",
        "opacity",
    } == set()


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
