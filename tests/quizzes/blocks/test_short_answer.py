"""Short answers: what editors may store, and how they are shown."""

from fractions import Fraction
from typing import Any

import pytest
from django.utils import translation

from quizzes.blocks.registry import block_of
from quizzes.formats.items import Answer, Item, ItemKind
from quizzes.words import Word, plain_words, words_in
from tests.answers import given
from tests.kinds import asked, example, faults_in, shown, stream_of


def group(accepted: str, share: int = 100, feedback: str = "") -> dict[str, Any]:
    return {"accepted": accepted, "share": share, "feedback": feedback}


STORED = example(
    "short_answer",
    prompt="What comes first?",
    answers=[group("the mission\nmission", feedback="Yes."), group("the vision", 50, "It comes second.")],
    feedback_other="Read again.",
)


def test_structure_has_what_the_source_accepts_and_the_options_that_are_set() -> None:
    question, _words = asked(STORED)
    assert [(found["share"], found["accepted"]) for found in question.key["answers"]] == [
        (100, ["the mission", "mission"]),
        (50, ["the vision"]),
    ]
    assert set(question.key) == {"answers"}
    strict = example("short_answer", case_matters=True, accents_matter=True, wildcards=True)
    assert {name for name, is_set in asked(strict)[0].key.items() if is_set is True} == {"case", "accents", "wildcards"}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, {}),
        ({"answers": [group("a", 50)]}, {"nothing-worth-all": "unusable"}),
        ({"answers": [group(" \n ")]}, {"nothing-worth-all": "unusable"}),
        ({"answers": [group("a" * 201)]}, {"answer-too-long": "unusable"}),
        ({"answers": [group("Á\nb"), group("c\na", 50)]}, {"doubled-answer": "unpublishable"}),
        ({"answers": [group("Á\nb"), group("c\na", 50)], "accents_matter": True}, {}),
    ],
)
def test_faults_are_found(fields: dict[str, Any], found: dict[str, str]) -> None:
    assert faults_in(example("short_answer", **fields)) == found


@pytest.mark.parametrize(
    ("typed", "remark"), [("The Mission", "Yes."), ("the vision", "It comes second."), ("money", "Read again.")]
)
def test_feedback_is_that_to_what_was_typed(typed: str, remark: str) -> None:
    html = shown(STORED, "checked", given(typed))
    assert html.count('class="feedback"') == 1
    assert f'<p class="feedback">{remark}</p>' in html
    assert "mission\n" not in html


def test_result_says_what_was_typed_and_all_that_is_right() -> None:
    with translation.override("en"):
        html = shown(STORED, "result", given("money"))
    assert "<b>money</b>" in html
    assert "<span>the mission</span>; <span>mission</span>" in html
    assert "the vision" not in html


def test_what_was_typed_in_another_language_is_marked_and_graded_by_that() -> None:
    question, words = asked(STORED)
    first = question.key["answers"][0]["id"]
    greek = {"answers": {first: {"accepted": "η αποστολή"}}}
    with translation.override("en"):
        made = block_of("short_answer").shown(
            question, plain_words(words), given=given("Η ΑΠΟΣΤΟΛΗ", language="el"), graded_by=greek
        )
    assert (str(made.detail["remark"]), made.detail["typed"]) == ("Yes.", Word("Η ΑΠΟΣΤΟΛΗ", "el"))


def test_accepted_answers_that_a_translation_lacks_are_marked_as_the_sources() -> None:
    question, words = asked(STORED)
    made = block_of("short_answer").shown(question, words_in({}, words, "en"))
    assert made.detail["right"] == [Word("the mission", "en"), Word("mission", "en")]


def test_file_holds_an_answer_for_each_line() -> None:
    item = block_of("short_answer").to_item(stream_of(STORED)[0].value)
    assert item is not None
    assert [(answer.text, answer.share) for answer in item.answers] == [
        ("the mission", Fraction(1)),
        ("mission", Fraction(1)),
        ("the vision", Fraction(1, 2)),
        ("*", Fraction(0)),
    ]


def test_question_of_a_file_has_groups_of_what_is_worth_the_same() -> None:
    answers = (
        Answer("a", Fraction(1)),
        Answer("b", Fraction(1)),
        Answer("c*", Fraction(1, 3), "Nearly."),
        Answer("*", Fraction(0), "No."),
    )
    value = block_of("short_answer").from_item(Item(ItemKind.SHORT_ANSWER, "What?", answers=answers))
    assert value is not None
    assert value["answers"] == [group("a\nb"), group("c*", 33, "Nearly.")]
    assert (value["feedback_other"], value["wildcards"]) == ("No.", True)
