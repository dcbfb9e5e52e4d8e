"""Things to be put into their order.

The key holds the `items`, each with its `id`, in their right order. An answer gives each item the number of its place,
so that a half-done one can be kept as it was given.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from quizzes.questions.parting import fault_of_parts, given_for, read_parts
from quizzes.scoring import Given, Parts, Question, Words

IS_GRADED = True
TAKES_ANSWER = True

# How part of it being right is counted; without it the order is right as a whole or worth nothing.
NEIGHBOURS = "neighbours"


def items_of(question: Question) -> tuple[str, ...]:
    """Return the ids of the items in their right order."""
    return tuple(item["id"] for item in question.key.get("items", ()))


def places_of(question: Question) -> list[str]:
    """Return the numbers of the places that an item can be given."""
    return [str(place) for place in range(1, len(items_of(question)) + 1)]


def order_in(question: Question, given: Given) -> dict[int, str]:
    """Return the item that was given each place; a place that several items were given holds none."""
    places = {item: given_for(given, item) for item in items_of(question)}
    taken = list(places.values())
    return {int(place): item for item, place in places.items() if place and taken.count(place) == 1}


def neighbours_in(question: Question, given: Given) -> int:
    """Return how many items are followed by the one that follows them in the right order."""
    place_of = {item: place for place, item in order_in(question, given).items()}
    return sum(
        here in place_of and place_of.get(after) == place_of[here] + 1 for here, after in pairwise(items_of(question))
    )


def read(question: Question, parts: Parts) -> Parts:
    """Return the place of each item."""
    return read_parts(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: a foreign item, or a place that there is not.

    That two items have the same place is no fault, for whoever moves them about has it so in between.
    """
    return fault_of_parts(given, dict.fromkeys(items_of(question), places_of(question)))


def is_complete(question: Question, given: Given) -> bool:
    """Return whether every item has a place of its own."""
    return len(order_in(question, given)) == len(items_of(question))


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return the share of the points.

    All or nothing: 1 where every item is in its place. NEIGHBOURS: items that are followed by the right one, made of
    all but the last. So an item in a wrong place costs what stands beside it and not the whole row; the opposite order
    is worth nothing. Source: “relative to the next item (excluding last)” of Moodle's ordering question
    (https://docs.moodle.org/en/Ordering_question_type).
    """
    items = items_of(question)
    right = neighbours_in(question, given)
    if question.key.get("scoring") == NEIGHBOURS:
        return Fraction(right, max(len(items) - 1, 1))
    return Fraction(int(len(items) > 1 and right == len(items) - 1))


def model_answer(question: Question, words: Words) -> Parts:
    """Return each item with its place."""
    return {item: (str(place),) for place, item in enumerate(items_of(question), start=1)}


def offers(question: Question) -> Mapping[str, Mapping[str, bool]]:
    """Return the places that each item can be given, and which is its own."""
    places = places_of(question)
    return {
        item: {place: place == own for place in places} for item, own in zip(items_of(question), places, strict=True)
    }


def key_of(question: Question) -> Any:
    """Return the right order, and how part of it is counted."""
    return [list(items_of(question)), question.key.get("scoring", "")]
