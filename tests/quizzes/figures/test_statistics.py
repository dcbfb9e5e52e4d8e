"""Formulas, against tables worked by hand and against numpy."""

import math
import random
from fractions import Fraction

import numpy as np
import pytest

from quizzes.figures.statistics import Correlation, Why, correlation, facility, median


def correlate(pairs: list[tuple[int, int]]) -> Correlation | Why:
    return correlation(
        n=len(pairs),
        x=sum(x for x, _ in pairs),
        y=sum(y for _, y in pairs),
        xx=sum(x * x for x, _ in pairs),
        yy=sum(y * y for _, y in pairs),
        xy=sum(x * y for x, y in pairs),
    )


def test_facility_is_the_mean_share_of_the_points() -> None:
    # Five people got 2, 2, 1, 0 and 0 of 2 points: 5 of 10.
    assert facility(5, 5, 2) == Fraction(1, 2)
    # Three of eight got the one point that there is.
    assert facility(3, 8, 1) == Fraction(3, 8)


def test_facility_of_nobody_and_of_a_question_worth_nothing_is_undefined() -> None:
    assert facility(0, 0, 1) is None
    assert facility(0, 5, 0) is None


def test_correlation_of_a_table_worked_by_hand() -> None:
    # Five people; x: right or not, y: points in the rest of the quiz.
    #    x   y   xx  yy  xy
    #    1   4   1   16  4
    #    1   3   1    9  3
    #    0   3   0    9  0
    #    1   2   1    4  2
    #    0   1   0    1  0
    # Σ  3  13   3   39  9
    # n Σxy - Σx Σy = 45 - 39 = 6; n Σx² - (Σx)² = 15 - 9 = 6; n Σy² - (Σy)² = 195 - 169 = 26
    # r = 6 / sqrt(6 * 26) = 6 / sqrt(156) = 0.480384...
    # atanh r = 0.523488..., 1.959964 / sqrt(2) = 1.385904...: tanh(-0.862416) = -0.697548, tanh(1.909392) = 0.957016
    found = correlate([(1, 4), (1, 3), (0, 3), (1, 2), (0, 1)])
    assert isinstance(found, Correlation)
    assert found.value == pytest.approx(6 / math.sqrt(156))
    assert (found.low, found.high) == (pytest.approx(-0.6975, abs=1e-3), pytest.approx(0.9570, abs=1e-3))


def test_correlation_of_who_is_right_and_bad_elsewhere_is_below_zero() -> None:
    # Σx 2, Σy 6, Σxx 2, Σyy 14, Σxy 1: (4 - 12) / sqrt((8 - 4) (56 - 36)) = -8 / sqrt(80) = -0.894427
    found = correlate([(1, 0), (1, 1), (0, 2), (0, 3)])
    assert isinstance(found, Correlation)
    assert found.value == pytest.approx(-0.894427, abs=1e-6)


def test_perfect_correlation_leaves_nothing_to_chance() -> None:
    assert correlate([(0, 0), (1, 3), (0, 0), (1, 3)]) == Correlation(1.0, 1.0, 1.0)
    assert correlate([(0, 3), (1, 0), (0, 3), (1, 0)]) == Correlation(-1.0, -1.0, -1.0)


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([], Why.TOO_FEW),
        ([(0, 1), (1, 2), (1, 3)], Why.TOO_FEW),
        ([(1, 1), (1, 2), (1, 3), (1, 4)], Why.SAME_POINTS),
        # A third of a point each: sums of whole numbers leave no spread where there is none.
        ([(3333, 1), (3333, 2), (3333, 3), (3333, 4)], Why.SAME_POINTS),
        ([(0, 5), (1, 5), (0, 5), (1, 5)], Why.SAME_REST),
    ],
)
def test_correlation_says_why_there_is_none(pairs: list[tuple[int, int]], why: Why) -> None:
    assert correlate(pairs) == why


@pytest.mark.parametrize("seed", range(12))
def test_correlation_is_what_numpy_says(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - a table for a test
    count = drawn.randrange(4, 400)
    pairs = [(drawn.choice([0, 3333, 5000, 10_000]), drawn.randrange(0, 200_000)) for _ in range(count)]
    pairs = [*pairs, (0, 1), (10_000, 7)]
    found = correlate(pairs)
    assert isinstance(found, Correlation)
    xs, ys = np.array(pairs, dtype=float).T
    assert found.value == pytest.approx(float(np.corrcoef(xs, ys)[0, 1]), abs=1e-9)
    half = 1.959963984540054 / np.sqrt(len(pairs) - 3)
    assert found.low == pytest.approx(float(np.tanh(np.arctanh(found.value) - half)), abs=1e-9)
    assert found.high == pytest.approx(float(np.tanh(np.arctanh(found.value) + half)), abs=1e-9)


@pytest.mark.parametrize("values", [[7], [3, 9], [9, 1, 4], [4, 4, 1, 8, 2, 2]])
def test_median_is_what_numpy_says(values: list[int]) -> None:
    assert median(values) == float(np.median(values))


def test_median_of_nothing_is_undefined() -> None:
    assert median([]) is None
