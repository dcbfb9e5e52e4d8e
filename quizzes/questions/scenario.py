"""A short case with questions under it. It is read, and takes no answer itself."""

from fractions import Fraction
from typing import Any

from quizzes.scoring import Given, Parts, Question, Words

IS_GRADED = False
TAKES_ANSWER = False
UNANSWERABLE = "unanswerable"


def read(question: Question, parts: Parts) -> Parts:
    """Return nothing."""
    return {}


def fault_of(question: Question, given: Given) -> str:
    """Return UNANSWERABLE for whatever is given."""
    return UNANSWERABLE


def is_complete(question: Question, given: Given) -> bool:
    """Return True: nothing is asked here."""
    return True


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return nothing: it is not graded."""
    return Fraction(0)


def model_answer(question: Question, words: Words) -> Parts:
    """Return nothing."""
    return {}


def key_of(question: Question) -> Any:
    """Return nothing: no points depend on it."""
    return []
