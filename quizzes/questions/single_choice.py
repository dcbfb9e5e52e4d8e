"""A question with exactly one right choice."""

from fractions import Fraction
from typing import Any

from quizzes.questions.choosing import TOO_MANY, fault_of_chosen, key_of_choices, read_chosen, right_choices
from quizzes.scoring import Given, Parts, Question, Words

IS_GRADED = True
TAKES_ANSWER = True


def read(question: Question, parts: Parts) -> Parts:
    """Return the chosen id."""
    return read_chosen(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: a foreign choice, or more than one."""
    return fault_of_chosen(question, given) or (TOO_MANY if len(given.chosen) > 1 else "")


def is_complete(question: Question, given: Given) -> bool:
    """Return True: whoever chose one has answered."""
    return True


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return all for the right choice, else nothing."""
    return Fraction(int(len(given.chosen) == 1 and given.chosen <= question.right_ids))


def model_answer(question: Question, words: Words) -> Parts:
    """Return the right choice."""
    return right_choices(question)


def key_of(question: Question) -> Any:
    """Return which choice is right."""
    return key_of_choices(question)
