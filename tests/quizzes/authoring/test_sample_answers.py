"""Answers that are made up to show a question by, for every kind there is."""

import pytest

from quizzes.authoring.sample_answers import right_answer, wrong_answer
from quizzes.blocks.registry import QUESTION_BLOCKS, block_of
from quizzes.questions.registry import fault_of, is_complete, is_graded, share_of, takes_answer
from quizzes.scoring import Given, Question, Words

every_kind = pytest.mark.parametrize("kind", list(QUESTION_BLOCKS))


def example_of(kind: str) -> tuple[Question, Words]:
    """Return the question that the block of a kind previews with."""
    block = block_of(kind)
    value = block.get_preview_value()
    return block.question_from(value, kind=kind, id="q"), block.texts_of(value)


@every_kind
def test_right_answer_is_worth_all_points(kind: str) -> None:
    question, words = example_of(kind)
    given = Given(right_answer(question, words), "en")
    assert fault_of(question, given) == ""
    assert is_complete(question, given) == takes_answer(question)
    assert share_of(question, given, words) == int(is_graded(question))


@every_kind
def test_wrong_answer_is_worth_nothing(kind: str) -> None:
    question, words = example_of(kind)
    given = Given(wrong_answer(question, words), "en")
    assert fault_of(question, given) == ""
    assert given.is_empty == (not takes_answer(question))
    assert share_of(question, given, words) == 0
