"""Statements that learners judge themselves by."""

import pytest

from quizzes.questions import self_rating
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.questions.registry import is_complete, is_graded, share_of
from quizzes.scoring import Question
from tests.answers import given

STATEMENT = Question("q", "self_rating", "use", "swot")


@pytest.mark.parametrize(("chosen", "fault"), [(["1"], ""), (["4"], ""), (["5"], FOREIGN), (["1", "2"], TOO_MANY)])
def test_one_of_four_steps_is_taken(chosen: list[str], fault: str) -> None:
    assert self_rating.fault_of(STATEMENT, given(*chosen)) == fault


def test_it_is_not_graded() -> None:
    assert (is_graded(STATEMENT), share_of(STATEMENT, given("4"), {})) == (False, 0)
    assert (is_complete(STATEMENT, given("1")), self_rating.model_answer(STATEMENT, {})) == (True, {})
