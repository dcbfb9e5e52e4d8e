"""When a quiz may be begun, and how long an attempt runs."""

import datetime as dt
from fractions import Fraction

import pytest

from quizzes.running.terms import Hindrance, Reason, Terms, due_at
from tests.factories import NOW

HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("terms", "handed_in", "expected"),
    [
        (Terms(), [NOW] * 9, None),
        (Terms(opens_at=NOW), [], None),
        (Terms(opens_at=NOW + HOUR), [], Hindrance(Reason.NOT_OPEN, NOW + HOUR)),
        (Terms(closes_at=NOW + HOUR), [], None),
        (Terms(closes_at=NOW), [], Hindrance(Reason.CLOSED, NOW)),
        (Terms(attempts_allowed=2), [NOW], None),
        (Terms(attempts_allowed=2), [NOW, NOW], Hindrance(Reason.USED_UP)),
        (Terms(waiting_minutes=60), [], None),
        (Terms(waiting_minutes=60), [NOW - HOUR], None),
        (
            Terms(waiting_minutes=61),
            [NOW - HOUR, NOW - 9 * HOUR],
            Hindrance(Reason.WAITING, NOW + dt.timedelta(minutes=1)),
        ),
        (Terms(attempts_allowed=1, waiting_minutes=90), [NOW - HOUR], Hindrance(Reason.USED_UP)),
    ],
)
def test_hindrance_says_why_one_cannot_begin(
    terms: Terms, handed_in: list[dt.datetime], expected: Hindrance | None
) -> None:
    assert terms.hindrance(handed_in, NOW) == expected


@pytest.mark.parametrize(("allowed", "handed_in", "left"), [(None, 5, None), (3, 1, 2), (3, 3, 0), (3, 4, 0)])
def test_attempts_left_is_never_less_than_none(allowed: int | None, handed_in: int, left: int | None) -> None:
    assert Terms(attempts_allowed=allowed).attempts_left(handed_in) == left


@pytest.mark.parametrize(
    ("minutes", "factor", "closes_at", "expected"),
    [
        (None, Fraction(2), None, None),
        (20, Fraction(1), None, dt.timedelta(minutes=20)),
        (20, Fraction(5, 4), None, dt.timedelta(minutes=25)),
        (21, Fraction(5, 4), None, dt.timedelta(minutes=26, seconds=15)),
        (20, None, None, None),
        (20, Fraction(2), HOUR, dt.timedelta(minutes=40)),
        (45, Fraction(2), HOUR, HOUR),
        (20, None, HOUR, HOUR),
        (None, Fraction(1), HOUR, HOUR),
    ],
)
def test_due_at_is_the_earlier_of_the_limit_and_the_closing(
    minutes: int | None, factor: Fraction | None, closes_at: dt.timedelta | None, expected: dt.timedelta | None
) -> None:
    closing = NOW + closes_at if closes_at else None
    assert due_at(NOW, minutes=minutes, factor=factor, closes_at=closing) == (NOW + expected if expected else None)
