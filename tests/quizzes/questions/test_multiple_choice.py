"""Questions with several right choices."""

import pytest

from quizzes.questions import multiple_choice
from quizzes.scoring import Choice, Question

QUESTION = Question(
    "q", "multiple_choice", "use", "swot", 2, (Choice("a", True), Choice("b", False), Choice("c", True))
)


@pytest.mark.parametrize(
    ("chosen", "is_accepted", "points"),
    [
        ({"a", "c"}, True, 2),
        ({"a"}, True, 0),
        ({"a", "b"}, True, 0),
        ({"a", "b", "c"}, True, 0),
        (set(), False, 0),
        ({"a", "c", "d"}, False, 0),
    ],
)
def test_multiple_choice_with_answer(chosen: set[str], is_accepted: bool, points: int) -> None:
    assert multiple_choice.accepts(QUESTION, frozenset(chosen)) is is_accepted
    assert multiple_choice.grade(QUESTION, frozenset(chosen)) == points
