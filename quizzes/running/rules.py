"""The rules of a quiz that are frozen with a version: how an attempt at it runs and what it takes to pass."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

AT_ONCE, AFTER_SUBMIT, AFTER_CLOSING = "at-once", "after-submit", "after-closing"
# Rules that were no part of the first versions.
_LATER = frozenset({"draws_each_facet"})


@dataclass(frozen=True)
class Rules:
    """How an attempt runs.

    pass_mark: per cent. minutes_allowed: None for no time limit. grace_seconds: how long after the time is up answers
    are still taken. draws: how many questions are asked, None for all. draws_each_facet: how many of each facet at
    least. feedback: when answers are explained.
    """

    pass_mark: int = 60
    minutes_allowed: int | None = None
    grace_seconds: int = 60
    shuffles_questions: bool = False
    shuffles_choices: bool = False
    draws: int | None = None
    feedback: str = AFTER_SUBMIT
    draws_each_facet: int | None = None


def read_rules(stored: Mapping[str, Any]) -> Rules:
    """Return rules as `write_rules` wrote them; what is missing is as it was before there was such a rule."""
    known = {field.name for field in fields(Rules)}
    return Rules(**{name: value for name, value in stored.items() if name in known})


def write_rules(rules: Rules) -> dict[str, Any]:
    """Return rules as plain values that JSON can hold.

    A rule that came later is left out where it is not used: a version that stands does not differ by it.
    """
    return {name: value for name, value in asdict(rules).items() if name not in _LATER or value is not None}
