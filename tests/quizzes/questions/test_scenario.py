"""Cases that are only read."""

from quizzes.questions import scenario
from quizzes.questions.registry import fault_of, is_graded, key_of, share_of, takes_answer
from quizzes.scoring import NOTHING, WHOLE, Question
from tests.answers import given

CASE = Question("case", "scenario", key={"image": 3})


def test_case_takes_no_answer_and_is_worth_nothing() -> None:
    assert (takes_answer(CASE), is_graded(CASE), share_of(CASE, given("x"), {})) == (False, False, 0)
    assert (fault_of(CASE, given("x")), fault_of(CASE, NOTHING)) == (scenario.UNANSWERABLE, "")
    assert scenario.read(CASE, {WHOLE: ("x",)}) == scenario.model_answer(CASE, {}) == {}


def test_nothing_in_a_case_decides_about_points() -> None:
    assert key_of(CASE) == key_of(Question("case", "scenario")) == ["scenario"]
