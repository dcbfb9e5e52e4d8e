"""The formulas, from sums alone, so that a hundred thousand attempts need no more memory than ten."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Why(StrEnum):
    """Why there is no figure."""

    NOBODY = "nobody"
    TOO_FEW = "too-few"
    SAME_POINTS = "same-points"
    SAME_REST = "same-rest"
    NO_REST = "no-rest"
    DRAWN = "drawn"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Correlation:
    """A correlation and the bounds within which chance alone would leave it in 95 of 100 cases."""

    value: float
    low: float
    high: float


# The quantile of the normal distribution for 95 per cent, on both sides.
Z95 = 1.959963984540054
# With three pairs the interval of a correlation is boundless: its standard error is 1 / sqrt(n - 3).
FEWEST_PAIRS = 4


def facility(points: int, asked: int, worth: int) -> Fraction | None:
    """Return the mean share of a question's points, from 0 to 1; None where nobody was asked.

    points: sum of what everybody got; worth: what one can get, in the same unit. Who left it open got nothing.
    The facility index of Moodle's quiz statistics, there with a lowest mark of 0; for questions that are right or wrong
    it is the item difficulty p of classical test theory (Crocker & Algina, Introduction to Classical and Modern Test
    Theory, 1986, ch. 14).
    """
    return Fraction(points, asked * worth) if asked and worth else None


def correlation(  # noqa: PLR0913 - the six sums that Pearson's formula is made of
    *, n: int, x: int, y: int, xx: int, yy: int, xy: int
) -> Correlation | Why:
    """Return Pearson's correlation of n pairs from their sums, those of their squares and of their products.

    r = (n Σxy - Σx Σy) / sqrt((n Σx² - (Σx)²) (n Σy² - (Σy)²)). With x the points in a question and y those in the rest
    of the quiz it is the item-rest correlation, also called corrected item-total correlation (Henrysson, Psychometrika
    28, 1963; Moodle's discrimination index). With x = 1 for who chose an option and 0 for who did not, it is that
    option's point-biserial correlation. The bounds are Fisher's: tanh(atanh r ± 1.96 / sqrt(n - 3)) (Metron 1, 1921).

    Returns the reason where there is none: fewer than four pairs, or no spread in one of the two.
    """
    if n < FEWEST_PAIRS:
        return Why.TOO_FEW
    spread_x, spread_y = n * xx - x * x, n * yy - y * y
    if not spread_x:
        return Why.SAME_POINTS
    if not spread_y:
        return Why.SAME_REST
    # Rounding may leave a perfect correlation a hair beyond 1.
    r = max(-1.0, min(1.0, (n * xy - x * y) / math.sqrt(spread_x * spread_y)))
    if abs(r) == 1.0:
        return Correlation(r, r, r)
    middle, half = math.atanh(r), Z95 / math.sqrt(n - 3)
    return Correlation(r, math.tanh(middle - half), math.tanh(middle + half))


def median(values: Sequence[int]) -> float | None:
    """Return the value that half of all do not exceed; the mean of the two in the middle of an even number."""
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
