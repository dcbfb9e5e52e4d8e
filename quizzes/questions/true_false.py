"""A statement that is true or false."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from quizzes.questions.choosing import FOREIGN, TOO_MANY, read_chosen
from quizzes.scoring import WHOLE, Given, Parts, Question, Words

IS_GRADED = True
TAKES_ANSWER = True

TRUE, FALSE = "true", "false"


def read(question: Question, parts: Parts) -> Parts:
    """Return what was chosen."""
    return read_chosen(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: anything but one of true and false."""
    if not set(given.parts) <= {WHOLE} or not given.chosen <= {TRUE, FALSE}:
        return FOREIGN
    return TOO_MANY if len(given.chosen) > 1 else ""


def is_complete(question: Question, given: Given) -> bool:
    """Return True: whoever chose one has answered."""
    return True


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return all for the right one, else nothing."""
    return Fraction(int(given.whole == (question.key["answer"],)))


def model_answer(question: Question, words: Words) -> Parts:
    """Return the right one."""
    return {WHOLE: (question.key["answer"],)}


def offers(question: Question) -> Mapping[str, Mapping[str, bool]]:
    """Return true and false, and which of them is right."""
    return {WHOLE: {answer: answer == question.key["answer"] for answer in (TRUE, FALSE)}}


def key_of(question: Question) -> Any:
    """Return whether the statement is true."""
    return question.key["answer"]
