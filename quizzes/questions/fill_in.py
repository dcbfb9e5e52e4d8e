"""A text with gaps, each to be filled from a list of its own.

A text marks its gaps by their numbers, [[1]] for the first of the key's `gaps`, so that a translation may have them in
another order. Each gap has its `id`, and `choices` with their ids and whether they are `right`.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from quizzes.questions.parting import fault_of_parts, read_parts, share_of_parts
from quizzes.scoring import Given, Parts, Question, Words

IS_GRADED = True
TAKES_ANSWER = True

_MARK = re.compile(r"\[\[(\d{1,2})\]\]")


def pieces_of(text: str) -> Iterator[str | int]:
    """Yield what a text is made of: words as they stand in it, and the numbers of its gaps."""
    for place, piece in enumerate(_MARK.split(text)):
        if place % 2:
            yield int(piece)
        elif piece:
            yield piece


def marks_in(text: str) -> list[int]:
    """Return the numbers of the gaps that a text marks, in the order in which they stand."""
    return [piece for piece in pieces_of(text) if isinstance(piece, int)]


def gaps_of(question: Question) -> dict[str, list[str]]:
    """Return the ids of what can be chosen, by the id of the gap."""
    return {gap["id"]: [choice["id"] for choice in gap["choices"]] for gap in question.key.get("gaps", ())}


def right_choices(question: Question) -> Mapping[str, frozenset[str]]:
    """Return the ids of what is right, by the id of the gap."""
    return {
        gap["id"]: frozenset(choice["id"] for choice in gap["choices"] if choice["right"])
        for gap in question.key.get("gaps", ())
    }


def read(question: Question, parts: Parts) -> Parts:
    """Return what was chosen for each gap."""
    return read_parts(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: a foreign gap or choice, or two choices for one gap."""
    return fault_of_parts(given, gaps_of(question))


def is_complete(question: Question, given: Given) -> bool:
    """Return whether every gap is filled."""
    return set(gaps_of(question)) <= set(given.parts)


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return the share of the gaps that are filled right."""
    return share_of_parts(given, right_choices(question))


def model_answer(question: Question, words: Words) -> Parts:
    """Return the first right choice of each gap."""
    right = right_choices(question)
    return {
        gap: tuple(choice for choice in choices if choice in right[gap])[:1]
        for gap, choices in gaps_of(question).items()
    }


def offers(question: Question) -> Mapping[str, Mapping[str, bool]]:
    """Return what can be chosen for each gap, and whether it is right."""
    right = right_choices(question)
    return {gap: {choice: choice in right[gap] for choice in choices} for gap, choices in gaps_of(question).items()}


def key_of(question: Question) -> Any:
    """Return what is right in each gap, whatever the order of gaps and choices."""
    return sorted([gap, sorted(right)] for gap, right in right_choices(question).items())
