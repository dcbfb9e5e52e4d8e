"""What kinds of question with choices share, whether one or several of them are right."""

from typing import Any

from quizzes.scoring import WHOLE, Given, Parts, Question

FOREIGN, TOO_MANY = "foreign-choice", "too-many"


def read_chosen(parts: Parts) -> Parts:
    """Return the chosen ids, each once, in the order in which they were sent."""
    return {WHOLE: tuple(dict.fromkeys(value for value in parts.get(WHOLE, ()) if value))}


def fault_of_chosen(question: Question, given: Given) -> str:
    """Return FOREIGN where something was chosen that the question does not offer."""
    return "" if set(given.parts) <= {WHOLE} and given.chosen <= question.choice_ids else FOREIGN


def right_choices(question: Question) -> Parts:
    """Return the ids of the right choices as an answer."""
    return {WHOLE: tuple(choice.id for choice in question.choices if choice.right)}


def key_of_choices(question: Question) -> Any:
    """Return which choices are right."""
    return sorted(question.right_ids)
