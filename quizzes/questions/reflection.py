"""A question that learners answer for themselves, in their own words. It is not graded."""

from fractions import Fraction
from typing import Any

from quizzes.questions.typed import PAGE, fault_of_length, read_typed
from quizzes.scoring import Given, Parts, Question, Words

IS_GRADED = False
TAKES_ANSWER = True


def read(question: Question, parts: Parts) -> Parts:
    """Return what was written."""
    return read_typed(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: more than a page."""
    return fault_of_length(given, PAGE)


def is_complete(question: Question, given: Given) -> bool:
    """Return True: when a thought is finished nobody else knows."""
    return True


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return nothing: it is not graded."""
    return Fraction(0)


def model_answer(question: Question, words: Words) -> Parts:
    """Return nothing: no answer is right."""
    return {}


def key_of(question: Question) -> Any:
    """Return nothing: no points depend on it."""
    return []
