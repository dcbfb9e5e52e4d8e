"""A question with one or more right choices."""

from fractions import Fraction
from typing import Any

from quizzes.questions.choosing import fault_of_chosen, key_of_choices, read_chosen, right_choices
from quizzes.scoring import Given, Parts, Question, Words

IS_GRADED = True
TAKES_ANSWER = True

# How part of it being right is counted; without either it is all or nothing.
PARTIAL, PENALTY = "partial", "penalty"


def read(question: Question, parts: Parts) -> Parts:
    """Return the chosen ids."""
    return read_chosen(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: a foreign choice."""
    return fault_of_chosen(question, given)


def is_complete(question: Question, given: Given) -> bool:
    """Return True: how many are right is not said, so any number may be the whole answer."""
    return True


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return the share of the points.

    All or nothing: 1 where every right choice and no other is chosen. PARTIAL: right choices made of all right ones.
    PENALTY: from that, wrong choices made of all wrong ones are taken off, down to 0; so choosing everything, as
    choosing at random, is worth nothing.
    """
    scoring = question.key.get("scoring", "")
    right, wrong = question.right_ids, question.choice_ids - question.right_ids
    if scoring not in {PARTIAL, PENALTY} or not right:
        return Fraction(int(bool(right) and given.chosen == right))
    share = Fraction(len(given.chosen & right), len(right))
    if scoring == PENALTY and wrong:
        share -= Fraction(len(given.chosen & wrong), len(wrong))
    return max(share, Fraction(0))


def model_answer(question: Question, words: Words) -> Parts:
    """Return the right choices."""
    return right_choices(question)


def key_of(question: Question) -> Any:
    """Return which choices are right, and how part of it is counted."""
    return [key_of_choices(question), question.key.get("scoring", "")]
