"""What figures say of a question, as codes for plain words.

Read from nothing but what is shown, so that words tell of nobody what figures do not. Where chance could have made a
figure, nothing is said of it: a rule about a correlation asks for the bound of its interval, not for the figure itself.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from quizzes.figures.shown import Bound, Facility, ItemFigures, Part, Row
from quizzes.figures.statistics import Correlation


class Code(StrEnum):
    """What can be said of a question."""

    TOO_FEW = "too-few"
    NEARLY_NOBODY = "nearly-nobody"
    NEARLY_EVERYBODY = "nearly-everybody"
    CHECK_KEY = "check-key"
    BACKWARDS = "backwards"
    UNRELATED = "unrelated"
    TELLING = "telling"
    IDLE = "idle"
    LEFT_OPEN = "left-open"


@dataclass(frozen=True)
class Saying:
    """Something that can be said; options: the numbers of the answers that it is said of, from 1."""

    code: Code
    options: tuple[int, ...] = ()


# Below, chance decides more than the question does: the standard error of a facility of a half is over 0.11.
FEWEST_TO_READ = 20
# “Very difficult” and harder, “extremely easy”: the bands of Moodle's quiz report statistics (5 and 10, 95 per cent).
NEARLY_NOBODY = Fraction(10, 100)
NEARLY_EVERYBODY = Fraction(95, 100)
# Under .30 an item needs work, at best (Ebel & Frisbie, Essentials of Educational Measurement, 1991, ch. 13; Nunnally &
# Bernstein, Psychometric Theory, 1994, ask .30 of an item-total correlation as well); from .20 on it is worth keeping.
ADEQUATE = 0.30
WORTH_KEEPING = 0.20
# A distractor works where at least one in twenty chooses it (Haladyna & Downing, Educational and Psychological
# Measurement 53, 1993).
IDLE = Fraction(5, 100)
# Ours: one in five leaves it open.
OFTEN_OPEN = Fraction(20, 100)


def sayings(item: ItemFigures) -> tuple[Saying, ...]:
    """Return what can be said of a question, the most urgent first."""
    if item.asked is None or item.asked < FEWEST_TO_READ:
        return (Saying(Code.TOO_FEW),)
    found = [
        *_of_facility(item.facility),
        *_of_key(item),
        *_of_discrimination(item.discrimination),
        *_of_idle(item),
        *_of_left_open(item),
    ]
    return tuple(found)


def _of_facility(found: Facility | None) -> list[Saying]:
    if found is None:
        return []
    if found.bound != Bound.HIGH and found.value <= NEARLY_NOBODY:
        return [Saying(Code.NEARLY_NOBODY)]
    if found.bound != Bound.LOW and found.value >= NEARLY_EVERYBODY:
        return [Saying(Code.NEARLY_EVERYBODY)]
    return []


def _of_key(item: ItemFigures) -> list[Saying]:
    """Say that a wrong answer is given by people who do well elsewhere, more than by chance, and better than the right.

    Of several the one whose people do best is named. Hidden answers are judged together.
    """
    part = _single(item)
    if part is None:
        return []
    numbered = [(number, row) for number, row in enumerate(part.rows, start=1) if not row.is_right]
    wrong: list[tuple[Row, tuple[int, ...]]] = [(row, (number,)) for number, row in numbered]
    hidden = tuple(number for number, row in numbered if row.count is None)
    if part.together and hidden and all(row.count is not None for row in part.rows if row.is_right):
        wrong.append((part.together, hidden))
    drawing = [
        (row.rest, numbers)
        for row, numbers in wrong
        if row.rest is not None and row.ahead is not None and row.ahead.low > 0
    ]
    best = max(drawing, default=None)
    right = max((row.rest for row in part.rows if row.is_right and row.rest is not None), default=None)
    return [Saying(Code.CHECK_KEY, best[1])] if best and (right is None or best[0] > right) else []


def _of_discrimination(found: object) -> list[Saying]:
    if not isinstance(found, Correlation):
        return []
    if found.high < 0:
        return [Saying(Code.BACKWARDS)]
    if found.value < WORTH_KEEPING and found.high < ADEQUATE:
        return [Saying(Code.UNRELATED)]
    if found.value >= ADEQUATE and found.low > WORTH_KEEPING:
        return [Saying(Code.TELLING)]
    return []


def _of_idle(item: ItemFigures) -> list[Saying]:
    """Say which wrong answers hardly anybody gives.

    Of hidden ones this is said of all or of none, by what they are together: to say it of some would tell which of them
    are under five.
    """
    part = _single(item)
    is_easy = Saying(Code.NEARLY_EVERYBODY) in _of_facility(item.facility)
    if part is None or part.others or item.asked is None or is_easy:
        return []
    rows: list[Row] = [*part.rows, part.left_open]
    hidden = [row for row in rows if row.count is None]
    together = item.asked - sum(row.count or 0 for row in rows)
    idle = tuple(
        number
        for number, row in enumerate(part.rows, start=1)
        if not row.is_right and (together if row.count is None else row.count) < IDLE * item.asked
    )
    return [Saying(Code.IDLE, idle)] if idle and len(hidden) < len(rows) else []


def _of_left_open(item: ItemFigures) -> list[Saying]:
    often = item.asked and any(
        part.left_open.count is not None and part.left_open.count >= OFTEN_OPEN * item.asked for part in item.parts
    )
    return [Saying(Code.LEFT_OPEN)] if often else []


def _single(item: ItemFigures) -> Part | None:
    """Return the only part of a graded question of whose listed answers everybody gave one at most."""
    if item.facility is None or len(item.parts) != 1 or item.parts[0].is_many:
        return None
    return item.parts[0]
