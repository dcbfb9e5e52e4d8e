"""True or false: how it is shown."""

import re

import pytest

from quizzes.blocks.registry import block_of
from quizzes.running.arranging import Arranger
from quizzes.scoring import NOTHING
from quizzes.words import Word, plain_words
from tests.answers import given
from tests.kinds import asked, example, shown

STORED = example("true_false", answer="false", feedback_true="Think again.", feedback_false="Well seen.")


def lines(html: str) -> list[str]:
    """Return what a reader reads of each answer."""
    found = [line.partition("</li>")[0] for line in html.split("<li")[1:]]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", f"<li{line}")).strip() for line in found]


def test_both_answers_are_offered_in_the_words_of_the_site() -> None:
    html = shown(STORED, "attempt", given("true"))
    assert re.findall(r'<input type="radio"[^>]* value="(\w+)"( checked)?>', html) == [
        ("true", " checked"),
        ("false", ""),
    ]
    assert re.findall(r"<span>(\w+)</span>", html) == ["True", "False"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "true",
            [
                "True You chose this. It is not right. Think again.",
                "False Right, but you did not choose it. Well seen.",
            ],
        ),
        ("false", ["True Think again.", "False Right, and you chose it. Well seen."]),
    ],
)
def test_result_says_of_each_answer_whether_it_is_right(said: str, expected: list[str]) -> None:
    assert lines(shown(STORED, "result", given(said))) == expected


@pytest.mark.parametrize(
    ("said", "expected"), [("true", ["You chose: True Think again."]), ("false", ["You chose: False Well seen."])]
)
def test_self_check_answers_what_was_chosen(said: str, expected: list[str]) -> None:
    assert lines(shown(STORED, "checked", given(said))) == expected


def test_answers_keep_their_order_where_the_quiz_shuffles() -> None:
    question, words = asked(STORED)
    arrangers = [Arranger(seed, question.id, shuffles=True) for seed in "abcdef"]
    made = [block_of("true_false").present(question, plain_words(words), NOTHING, arranger) for arranger in arrangers]
    assert {tuple(choice["id"] for choice in each["choices"]) for each in made} == {("true", "false")}


def test_summary_is_what_was_said() -> None:
    question, words = asked(STORED)
    assert block_of("true_false").summary(question, plain_words(words), given("false")) == [Word("False")]
