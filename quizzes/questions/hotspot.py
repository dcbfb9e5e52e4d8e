"""A picture of which one or more areas are to be chosen."""

from fractions import Fraction
from typing import Any

from quizzes.questions.choosing import TOO_MANY, fault_of_chosen, key_of_choices, read_chosen, right_choices
from quizzes.scoring import Given, Parts, Question, Words

IS_GRADED = True
TAKES_ANSWER = True


def read(question: Question, parts: Parts) -> Parts:
    """Return the ids of the chosen areas."""
    return read_chosen(parts)


def takes_many(question: Question) -> bool:
    """Return whether more than one area may be chosen: where more than one is right."""
    return len(question.right_ids) > 1


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: a foreign area, or more than one where one is right."""
    too_many = len(given.chosen) > 1 and not takes_many(question)
    return fault_of_chosen(question, given) or (TOO_MANY if too_many else "")


def is_complete(question: Question, given: Given) -> bool:
    """Return True: how many are right is not said, so any number may be the whole answer."""
    return True


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return all where every right area and no other is chosen, else nothing."""
    return Fraction(int(bool(question.right_ids) and given.chosen == question.right_ids))


def model_answer(question: Question, words: Words) -> Parts:
    """Return the right areas."""
    return right_choices(question)


def key_of(question: Question) -> Any:
    """Return the picture, and the right areas with the places where they are."""
    right = [choice for choice in question.key.get("choices", ()) if choice["right"]]
    return [key_of_choices(question), question.key.get("image"), right]
