"""A statement that learners judge themselves by, on a scale of the site's own. It is not graded."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from quizzes.questions.choosing import FOREIGN, TOO_MANY, read_chosen
from quizzes.scoring import WHOLE, Given, Parts, Question, Words

IS_GRADED = False
TAKES_ANSWER = True
STEPS = ("1", "2", "3", "4")


def read(question: Question, parts: Parts) -> Parts:
    """Return the chosen step."""
    return read_chosen(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: anything but one of the steps."""
    if not set(given.parts) <= {WHOLE} or not given.chosen <= set(STEPS):
        return FOREIGN
    return TOO_MANY if len(given.chosen) > 1 else ""


def is_complete(question: Question, given: Given) -> bool:
    """Return True: whoever chose a step has answered."""
    return True


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return nothing: it is not graded."""
    return Fraction(0)


def model_answer(question: Question, words: Words) -> Parts:
    """Return nothing: no step is right."""
    return {}


def offers(question: Question) -> Mapping[str, Mapping[str, bool]]:
    """Return the steps, of which none is right."""
    return {WHOLE: dict.fromkeys(STEPS, False)}


def key_of(question: Question) -> Any:
    """Return nothing: no points depend on it."""
    return []
