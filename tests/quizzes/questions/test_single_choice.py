"""Questions with one right choice."""

import pytest

from quizzes.questions import single_choice
from quizzes.scoring import Choice, Question

QUESTION = Question("q", "single_choice", "use", "swot", 3, (Choice("a", True), Choice("b", False)))


@pytest.mark.parametrize(
    ("chosen", "is_accepted", "points"),
    [({"a"}, True, 3), ({"b"}, True, 0), ({"a", "b"}, False, 0), (set(), False, 0), ({"c"}, False, 0)],
)
def test_single_choice_with_answer(chosen: set[str], is_accepted: bool, points: int) -> None:
    assert single_choice.accepts(QUESTION, frozenset(chosen)) is is_accepted
    assert single_choice.grade(QUESTION, frozenset(chosen)) == points
