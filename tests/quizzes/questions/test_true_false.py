"""Statements that are true or false."""

import pytest

from quizzes.questions import true_false
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.scoring import Given, Question
from tests.answers import given, whole

QUESTION = Question("q", "true_false", "use", "swot", 1, key={"answer": "false"})


@pytest.mark.parametrize(("said", "share"), [("false", 1), ("true", 0)])
def test_true_false_is_all_or_nothing(said: str, share: int) -> None:
    assert true_false.grade(QUESTION, given(said), {}) == share


@pytest.mark.parametrize(
    ("said", "fault"), [(["true"], ""), (["false"], ""), (["true", "false"], TOO_MANY), (["maybe"], FOREIGN)]
)
def test_true_false_takes_one_of_both(said: list[str], fault: str) -> None:
    assert true_false.fault_of(QUESTION, given(*said)) == fault


def test_true_false_has_no_parts() -> None:
    assert true_false.fault_of(QUESTION, Given({"part": ("true",)})) == FOREIGN


def test_key_is_whether_it_is_true() -> None:
    assert true_false.key_of(QUESTION) == "false"


def test_model_answer_is_worth_all_points() -> None:
    assert true_false.model_answer(QUESTION, {}) == whole("false")
