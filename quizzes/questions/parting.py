"""What kinds of question share that are answered part by part, each part by one of what it offers."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.scoring import Given, Parts


def read_parts(parts: Parts) -> Parts:
    """Return what was given for each part, each value once; parts that were left open are left out."""
    found = {part: tuple(dict.fromkeys(value for value in values if value)) for part, values in parts.items()}
    return {part: values for part, values in found.items() if values}


def fault_of_parts(given: Given, offered: Mapping[str, Collection[str]]) -> str:
    """Return FOREIGN or TOO_MANY where a part is not one of the question's, or was not given one thing it offers.

    offered: what may be given, by part.
    """
    if any(part not in offered or not set(values) <= set(offered[part]) for part, values in given.parts.items()):
        return FOREIGN
    return TOO_MANY if any(len(values) > 1 for values in given.parts.values()) else ""


def given_for(given: Given, part: str) -> str:
    """Return what was given for a part, or an empty string."""
    return next(iter(given.parts.get(part, ())), "")


def share_of_parts(given: Given, right: Mapping[str, Collection[str]]) -> Fraction:
    """Return the share of the parts that were given a right value. right: what is right, by part."""
    return Fraction(sum(given_for(given, part) in values for part, values in right.items()), len(right) or 1)
