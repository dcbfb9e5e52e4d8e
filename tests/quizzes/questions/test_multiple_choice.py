"""Questions with several right choices."""

from fractions import Fraction

import pytest

from quizzes.questions import multiple_choice
from quizzes.questions.choosing import FOREIGN
from quizzes.scoring import WHOLE, Parts
from tests.answers import choice_question, given, whole

QUESTION = choice_question("multiple_choice", "ac", "bd", points=2)


@pytest.mark.parametrize(
    ("scoring", "chosen", "share"),
    [
        ("", "ac", "1"),
        ("", "a", "0"),
        ("", "ab", "0"),
        ("", "abcd", "0"),
        ("partial", "ac", "1"),
        ("partial", "a", "1/2"),
        ("partial", "ab", "1/2"),
        ("partial", "bd", "0"),
        ("partial", "abcd", "1"),
        ("penalty", "ac", "1"),
        ("penalty", "a", "1/2"),
        ("penalty", "ab", "0"),
        ("penalty", "acb", "1/2"),
        ("penalty", "b", "0"),
        ("penalty", "abcd", "0"),
    ],
)
def test_multiple_choice_is_graded_by_its_scoring(scoring: str, chosen: str, share: str) -> None:
    question = choice_question("multiple_choice", "ac", "bd", points=2, scoring=scoring)
    assert multiple_choice.grade(question, given(*chosen), {}) == Fraction(share)


def test_third_of_the_points_is_exact() -> None:
    question = choice_question("multiple_choice", "abc", scoring="partial")
    assert multiple_choice.grade(question, given("b"), {}) == Fraction(1, 3)


@pytest.mark.parametrize(("chosen", "fault"), [("a", ""), ("abcd", ""), ("ax", FOREIGN)])
def test_multiple_choice_takes_its_own_choices(chosen: str, fault: str) -> None:
    assert multiple_choice.fault_of(QUESTION, given(*chosen)) == fault


def test_choices_are_kept_once_in_the_order_they_were_sent() -> None:
    sent: Parts = {WHOLE: ("c", "a", "c", "")}
    assert multiple_choice.read(QUESTION, sent) == whole("c", "a")


def test_model_answer_is_worth_all_points() -> None:
    assert multiple_choice.model_answer(QUESTION, {}) == whole("a", "c")


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (choice_question("multiple_choice", "ac", "bde"), True),
        (choice_question("multiple_choice", "acd", "b"), False),
        (choice_question("multiple_choice", "ac", "bd", scoring="partial"), False),
    ],
)
def test_key_is_what_decides_about_points(other, is_same) -> None:
    assert (multiple_choice.key_of(other) == multiple_choice.key_of(QUESTION)) is is_same
