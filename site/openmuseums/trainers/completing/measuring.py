"""How far somebody is with what a rule asks for, reckoned from what they did. Knows no database.

What counts is never more than what is needed, and the percentage of a whole rule is rounded down, so that 100 means
that nothing is left.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

_PLACES = Decimal("0.0001")


class What(StrEnum):
    """What can have happened that counts."""

    READ = "unit-read"
    UNREAD = "unit-unread"
    ANSWERED = "question-answered"
    FINISHED = "quiz-finished"
    REGRADED = "quiz-regraded"
    PRESENT = "present"
    ABSENT = "absent"


class Kind(StrEnum):
    """What a criterion can ask for."""

    UNITS = "units"
    QUIZ = "quiz"
    SELF_CHECKS = "self-checks"
    SESSIONS = "sessions"


class Happening(NamedTuple):
    """Something that happened, in the order in which it was recorded.

    thing: the translation key of the unit or quiz, or the id of the session. item: the question of a unit. points,
    possible, passed: the result of a quiz.
    """

    what: str
    thing: UUID
    at: dt.datetime
    item: str = ""
    right: bool | None = None
    points: Decimal | int | None = None
    possible: int | None = None
    passed: bool | None = None


class Wanted(NamedTuple):
    """A criterion. pages: the keys it is about; none for sessions. needed: see `models.Criterion`."""

    id: int
    kind: str
    pages: frozenset[UUID]
    needed: int

    def concerns(self, happening: Happening) -> bool:
        """Return whether something that happened can change it."""
        if self.kind == Kind.SESSIONS:
            return happening.what in {What.PRESENT, What.ABSENT}
        return happening.what in _COUNTED[self.kind] and happening.thing in self.pages


_COUNTED: dict[str, frozenset[str]] = {
    Kind.UNITS: frozenset({What.READ, What.UNREAD}),
    Kind.SELF_CHECKS: frozenset({What.ANSWERED}),
    Kind.QUIZ: frozenset({What.FINISHED, What.REGRADED}),
}


class Measure(NamedTuple):
    """How far a criterion is. met_at: when the last thing that was needed happened; None while it is not met."""

    done: Decimal
    met_at: dt.datetime | None

    @property
    def is_met(self) -> bool:
        """Return whether all that is needed is done."""
        return self.met_at is not None


@dataclass
class _Quiz:
    """The best of the attempts at a quiz. reached_at: by the percentage that was reached, when first."""

    best: Decimal = Decimal(0)
    passed_at: dt.datetime | None = None
    reached: list[tuple[Decimal, dt.datetime]] = field(default_factory=list)


def measure(wanted: Wanted, happenings: Iterable[Happening]) -> Measure:
    """Return how far a criterion is after all that happened, in the order in which it was recorded."""
    concerned = (happening for happening in happenings if wanted.concerns(happening))
    if wanted.kind == Kind.QUIZ:
        return _quiz(wanted, concerned)
    done: dict[tuple[UUID, str], dt.datetime] = {}
    for happening in concerned:
        key = (happening.thing, happening.item)
        if happening.what in {What.UNREAD, What.ABSENT}:
            done.pop(key, None)
        elif happening.what != What.ANSWERED or happening.right:
            done[key] = min(happening.at, done.get(key, happening.at))
    times = sorted(done.values())
    is_met = len(times) >= wanted.needed > 0
    return Measure(Decimal(len(times)), times[wanted.needed - 1] if is_met else None)


def _quiz(wanted: Wanted, happenings: Iterable[Happening]) -> Measure:
    quiz = _Quiz()
    for happening in happenings:
        reached = percentage(happening.points or 0, happening.possible or 0)
        if happening.what == What.REGRADED:
            # It speaks of all attempts at once; what was reached before stays reached when it was, if it still is.
            quiz.best = reached
            quiz.reached = [(mark, at) for mark, at in quiz.reached if mark <= reached] + [(reached, happening.at)]
            quiz.passed_at = (quiz.passed_at or happening.at) if happening.passed else None
            continue
        quiz.best = max(quiz.best, reached)
        quiz.reached.append((reached, happening.at))
        if happening.passed:
            quiz.passed_at = min(happening.at, quiz.passed_at or happening.at)
    if not wanted.needed:
        return Measure(quiz.best, quiz.passed_at)
    return Measure(quiz.best, min((at for mark, at in quiz.reached if mark >= wanted.needed), default=None))


def advance(wanted: Wanted, before: Measure, happened: Iterable[Happening]) -> Measure | None:
    """Return how far a criterion is after something more happened; None where that takes all that happened before.

    Of a quiz what was reached is enough to go on from. What is taken back, graded again or done twice is not told by
    what stands.
    """
    concerned = [happening for happening in happened if wanted.concerns(happening)]
    if not concerned:
        return before
    if {happening.what for happening in concerned} != {What.FINISHED}:
        return None
    after = before
    for happening in concerned:
        reached = percentage(happening.points or 0, happening.possible or 0)
        is_enough = reached >= wanted.needed if wanted.needed else happening.passed
        times = [at for at in (after.met_at, happening.at if is_enough else None) if at is not None]
        after = Measure(max(after.done, reached), min(times, default=None))
    return after


def percentage(points: Decimal | int, possible: int) -> Decimal:
    """Return points in per cent of what was possible, with four digits, rounded down; of nothing it is 0."""
    if not possible:
        return Decimal(0)
    return min(Decimal(100), (Decimal(points) * 100 / possible).quantize(_PLACES, ROUND_DOWN))


def steps(wanted: Wanted) -> int:
    """Return how many steps a criterion asks for: each unit, question and session is one, and so is a quiz."""
    return 1 if wanted.kind == Kind.QUIZ else wanted.needed


def steps_done(wanted: Wanted, measured: Measure) -> int:
    """Return how many of them are done: never more than it asks for."""
    if wanted.kind == Kind.QUIZ:
        return int(measured.is_met)
    return min(int(measured.done), wanted.needed)


def progress(pairs: Sequence[tuple[Wanted, Measure]]) -> int:
    """Return how many of the steps of a rule are done, in per cent: 100 is all of them."""
    whole = sum(steps(wanted) for wanted, _measured in pairs)
    return sum(steps_done(wanted, measured) for wanted, measured in pairs) * 100 // whole if whole else 0


def completed_at(measures: Sequence[Measure], *, not_before: dt.datetime) -> dt.datetime | None:
    """Return when the last criterion was met; None while one is not, and of a rule that asks for nothing.

    not_before: when the rule was made: nobody completed by it earlier.
    """
    times = [measured.met_at for measured in measures if measured.met_at is not None]
    return max([*times, not_before]) if measures and len(times) == len(measures) else None
