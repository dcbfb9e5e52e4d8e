"""Questions that learners answer for themselves."""

import pytest

from quizzes.questions import reflection
from quizzes.questions.registry import is_graded, share_of
from quizzes.questions.typed import PAGE, TOO_LONG
from quizzes.scoring import WHOLE, Question
from tests.answers import given, whole

ASKED = Question("q", "reflection", "use", "swot")


@pytest.mark.parametrize(("length", "fault"), [(1, ""), (PAGE, ""), (PAGE + 1, TOO_LONG)])
def test_a_page_is_taken(length: int, fault: str) -> None:
    assert reflection.fault_of(ASKED, given("α" * length)) == fault


def test_it_is_not_graded_and_kept_as_it_was_written() -> None:
    assert (is_graded(ASKED), share_of(ASKED, given("anything"), {}), reflection.model_answer(ASKED, {})) == (
        False,
        0,
        {},
    )
    assert reflection.read(ASKED, {WHOLE: ("Two\n\nlines", "more")}) == whole("Two\n\nlines")
