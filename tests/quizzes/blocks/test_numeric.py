"""Numbers: what editors may store, and how they are shown."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from quizzes.blocks.registry import block_of
from quizzes.formats.items import Answer, Item, ItemKind
from quizzes.questions.numeric import OPTIONAL, WANTED
from quizzes.words import Word, plain_words
from tests.answers import given
from tests.kinds import asked, elements_in, example, faults_in, shown, stream_of


def number(value: str, tolerance: str = "0", **fields: Any) -> dict[str, Any]:
    return {"number": value, "tolerance": tolerance, "relative": False, "share": 100, "feedback": "", **fields}


METRES = {"names": "m\nmetres", "factor": "1"}
CENTIMETRES = {"names": "cm", "factor": "0.01"}
LENGTH = example(
    "numeric",
    prompt="How long?",
    values=[number("1.5", "10", relative=True, feedback="Yes."), number("15", share=50, feedback="Ten times less.")],
    unit=OPTIONAL,
    units=[METRES, CENTIMETRES],
    feedback_other="Measure again.",
)


def test_structure_has_the_numbers_and_the_names_of_units() -> None:
    question, words = asked(LENGTH)
    assert [{name: part for name, part in value.items() if name != "id"} for value in question.key["values"]] == [
        {"value": "1.5", "tolerance": "10", "relative": True, "share": 100},
        {"value": "15", "tolerance": "0", "share": 50},
    ]
    assert [(unit["factor"], unit["names"]) for unit in question.key["units"]] == [
        ("1", ["m", "metres"]),
        ("0.01", ["cm"]),
    ]
    assert [texts["feedback"] for texts in words["values"].values()] == ["Yes.", "Ten times less."]


def test_numbers_are_none_of_the_texts() -> None:
    _question, words = asked(LENGTH)
    assert [text for name, text in words.items() if isinstance(text, str)] == ["How long?", "", "", "Measure again."]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, {}),
        ({"values": [number("5", share=99)]}, {"nothing-worth-all": "unusable"}),
        ({"values": [number("5", "1"), number("5.5", "0.5")]}, {"number-never-reached": "unpublishable"}),
        ({"values": [number("5", "0.5"), number("5", "1", share=50)]}, {}),
        ({"unit": WANTED}, {"no-unit-of-the-numbers": "unusable"}),
        ({"unit": WANTED, "units": [CENTIMETRES]}, {"no-unit-of-the-numbers": "unusable"}),
        ({"unit": WANTED, "units": [METRES, {"names": "km", "factor": "0"}]}, {"no-unit-of-the-numbers": "unusable"}),
        ({"unit": WANTED, "units": [METRES, {"names": "m", "factor": "2"}]}, {"doubled-unit": "unpublishable"}),
        ({"units": [CENTIMETRES]}, {}),
    ],
)
def test_faults_are_found(fields: dict[str, Any], found: dict[str, str]) -> None:
    assert faults_in(example("numeric", **fields)) == found


@pytest.mark.parametrize("text", ["1,5", "", "1e3", "five", "- 3", "1234567890123"])
def test_block_takes_numbers_with_a_point_only(text: str) -> None:
    value = stream_of(example("numeric", values=[number(text)]))[0].value
    with pytest.raises(ValidationError) as refused:
        block_of("numeric").clean(value)
    assert list(refused.value.block_errors) == ["values"]  # type: ignore[attr-defined]


def test_tolerance_is_not_negative() -> None:
    with pytest.raises(ValidationError):
        block_of("numeric").clean(stream_of(example("numeric", values=[number("5", "-1")]))[0].value)


@pytest.mark.parametrize(
    ("language", "right"), [("en", "1.5 m (± 0.15)"), ("nl", "1,5 m (± 0,15)"), ("el", "1,5 m (± 0,15)")]
)
def test_right_number_is_written_as_the_reader_does(language: str, right: str) -> None:
    with translation.override(language):
        assert f"<span>{right}</span>" in shown(LENGTH, "result", given("2"))


@pytest.mark.parametrize(("typed", "remark"), [("150 cm", "Yes."), ("15", "Ten times less."), ("2", "Measure again.")])
@pytest.mark.parametrize("mode", ["checked", "result"])
def test_feedback_is_that_to_the_number_typed(typed: str, remark: str, mode: str) -> None:
    html = shown(LENGTH, mode, given(typed))
    assert f'<p class="feedback">{remark}</p>' in html
    assert html.count('class="feedback"') == 1


def test_number_in_another_language_is_graded_by_the_words_of_that() -> None:
    question, words = asked(LENGTH)
    greek = {"units": {unit["id"]: {"names": "μέτρα"} for unit in question.key["units"][:1]}}
    typed = given("1,5 μέτρα", language="el")
    made = block_of("numeric").shown(question, plain_words(words), given=typed, graded_by=greek)
    assert str(made.detail["remark"]) == "Yes."


def test_refused_number_stands_in_its_field_with_what_is_wrong() -> None:
    html = shown(LENGTH, "attempt", given("about 2"), fault="This is not a number.")
    fields = [found for tag, found in elements_in(html) if tag == "input"]
    question_id = LENGTH["id"]
    assert [(field["value"], field["aria-invalid"], field["aria-describedby"]) for field in fields] == [
        ("about 2", "true", f"fault-{question_id}")
    ]
    (told,) = re.findall(rf'<p class="error" id="fault-{question_id}">.*?</svg> ([^<]+)</p>', html)
    assert told == "This is not a number."


@pytest.mark.parametrize(
    ("fields", "has_keys"),
    [({}, True), ({"values": [number("-5")]}, False), ({"unit": OPTIONAL, "units": [METRES]}, False)],
)
def test_keys_for_digits_come_up_where_digits_are_all(fields: dict[str, Any], has_keys: bool) -> None:
    assert ('inputmode="decimal"' in shown(example("numeric", **fields), "attempt")) is has_keys


def test_answer_in_words_is_what_was_typed() -> None:
    question, words = asked(LENGTH)
    with translation.override("en"):
        assert block_of("numeric").summary(question, plain_words(words), given("1.5 m")) == [Word("1.5 m")]


def test_file_holds_the_numbers_with_absolute_tolerances() -> None:
    item = block_of("numeric").to_item(stream_of(LENGTH)[0].value)
    assert item is not None
    assert item.answers == (
        Answer("1.5", Fraction(1), "Yes.", Decimal("1.5"), Decimal("0.15")),
        Answer("15", Fraction(1, 2), "Ten times less.", Decimal(15), Decimal(0)),
        Answer("*", Fraction(0), "Measure again."),
    )


def test_question_of_a_file_can_be_stored() -> None:
    item = Item(ItemKind.NUMERIC, "When?", answers=(Answer("1822", Fraction(1), "", Decimal("1.822E+3"), Decimal(2)),))
    value = block_of("numeric").from_item(item)
    assert value is not None
    assert value["values"] == [number("1822", "2")]
    assert block_of("numeric").from_item(Item(ItemKind.ESSAY, "Why?")) is None
