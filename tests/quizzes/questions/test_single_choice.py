"""Questions with one right choice."""

import pytest

from quizzes.questions import single_choice
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from tests.answers import choice_question, given, whole

QUESTION = choice_question("single_choice", "a", "bc", points=3)


@pytest.mark.parametrize(("chosen", "share"), [("a", 1), ("b", 0)])
def test_single_choice_is_all_or_nothing(chosen: str, share: int) -> None:
    assert single_choice.grade(QUESTION, given(chosen), {}) == share


@pytest.mark.parametrize(("chosen", "fault"), [("a", ""), ("c", ""), ("ab", TOO_MANY), ("x", FOREIGN)])
def test_single_choice_takes_one_of_its_own_choices(chosen: str, fault: str) -> None:
    assert single_choice.fault_of(QUESTION, given(*chosen)) == fault


def test_model_answer_is_the_right_choice() -> None:
    assert single_choice.model_answer(QUESTION, {}) == whole("a")


def test_key_is_which_choice_is_right() -> None:
    assert single_choice.key_of(QUESTION) != single_choice.key_of(choice_question("single_choice", "b", "ac"))
    assert single_choice.key_of(QUESTION) == single_choice.key_of(choice_question("single_choice", "a", "bcd"))
