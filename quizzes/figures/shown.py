"""What is said of a quiz, as it is shown: figures, or why there are none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from quizzes.figures.statistics import Correlation, Why
from quizzes.figures.tallies import Pick


class Bound(StrEnum):
    """That fewer than five of those who were asked got all points, got less than all, or got any."""

    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True)
class Facility:
    """How much of the points people got, from 0 to 1.

    bound: where it cannot be told without telling of fewer than five people; `value` is then what it is surely below
    or above. is_rounded: to five people's points, see `_rounded`.
    """

    value: Fraction
    bound: Bound | None = None
    is_rounded: bool = False


@dataclass(frozen=True)
class Row:
    """An answer to a question or to a part of it: how many gave it.

    pick: None for what is not an answer of its own: left open, and all that is not listed. count: None where it is
    hidden. rest: the mean share of the points that they got in the rest of the quiz; None where it is hidden, or there
    is no such rest. ahead: how giving this answer goes along with the points in the rest. by_group: None where the
    groups are hidden.
    """

    pick: Pick | None
    is_right: bool
    count: int | None
    rest: float | None = None
    ahead: Correlation | None = None
    by_group: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Part:
    """The answers to a part of a question, and how many gave none, or others where people type.

    is_many: somebody gave several answers, so that counts overlap. together: what can be reckoned of the answers whose
    counts are hidden, all in one; None where there is no such answer, or some of them are right and some wrong.
    """

    name: str
    rows: tuple[Row, ...]
    left_open: Row
    others: Row | None = None
    is_many: bool = False
    together: Row | None = None


@dataclass(frozen=True)
class GroupFigures:
    """What is said of those who answered in a language; None or a reason where it is not."""

    asked: int | None
    facility: Facility | None
    discrimination: Correlation | Why


@dataclass(frozen=True)
class ItemFigures:
    """What is said of a question. asked: None where fewer than five were asked, or were not asked."""

    id: str
    asked: int | None
    facility: Facility | None
    discrimination: Correlation | Why
    parts: tuple[Part, ...]
    groups: Mapping[str, GroupFigures] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """What is said of a version of a quiz. minutes: median of an attempt; groups: how many attempts by language."""

    attempts: int
    minutes: int | None
    items: tuple[ItemFigures, ...]
    groups: Mapping[str, int]
    group_minutes: Mapping[str, int]
