"""How far somebody is: what counts, when it was met, and that no count is more than is needed."""

import datetime as dt
import random
from decimal import Decimal
from uuid import UUID

import pytest

from openmuseums.trainers.completing.measuring import (
    Happening,
    Measure,
    Wanted,
    advance,
    completed_at,
    measure,
    percentage,
    progress,
)

FIRST = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
A, B, C = (UUID(int=number) for number in (1, 2, 3))


def at(days):
    return FIRST + dt.timedelta(days=days)


def units(needed=2):
    return Wanted(1, "units", frozenset({A, B, C}), needed)


def quiz(mark=0):
    return Wanted(2, "quiz", frozenset({A}), mark)


def read(thing, day):
    return Happening("unit-read", thing, at(day))


def unread(thing, day):
    return Happening("unit-unread", thing, at(day))


def finished(points, day, *, passed=False, what="quiz-finished"):
    return Happening(what, A, at(day), points=points, possible=10, passed=passed)


def test_units_are_met_with_the_last_that_was_needed():
    assert measure(units(), [read(A, 1), read(B, 5), read(C, 9)]) == Measure(Decimal(3), at(5))


def test_a_unit_counts_once_and_from_when_it_was_read_first():
    assert measure(units(1), [read(A, 5), read(A, 2)]) == Measure(Decimal(1), at(2))


def test_a_unit_marked_as_unread_counts_no_longer():
    assert measure(units(), [read(A, 1), read(B, 2), unread(A, 3)]) == Measure(Decimal(1), None)


def test_other_units_do_not_count():
    assert measure(units(1), [read(UUID(int=9), 1)]) == Measure(Decimal(0), None)


def test_what_asks_for_nothing_is_never_met():
    assert measure(units(0), [read(A, 1)]).is_met is False


def test_a_quiz_is_met_when_it_was_first_passed():
    happened = [finished(4, 1), finished(8, 2, passed=True), finished(9, 3, passed=True)]
    assert measure(quiz(), happened) == Measure(Decimal(90), at(2))


def test_a_mark_is_met_when_it_was_first_reached_whatever_the_quiz_says():
    happened = [finished(7, 1, passed=True), finished(8, 2, passed=True)]
    assert measure(quiz(80), happened) == Measure(Decimal(80), at(2))


@pytest.mark.parametrize(
    ("points", "passed", "expected"),
    [(9, True, Measure(Decimal(90), at(1))), (3, False, Measure(Decimal(30), None))],
)
def test_a_quiz_graded_again_is_as_it_is_graded_now(points, passed, expected):
    happened = [finished(8, 1, passed=True), finished(points, 5, passed=passed, what="quiz-regraded")]
    assert measure(quiz(), happened) == expected


def test_a_mark_that_grading_again_reaches_is_met_from_then():
    happened = [finished(7, 1, passed=True), finished(9, 5, passed=True, what="quiz-regraded")]
    assert measure(quiz(90), happened) == Measure(Decimal(90), at(5))


def test_self_checks_count_each_question_answered_right_once():
    wanted = Wanted(3, "self-checks", frozenset({A}), 2)
    answers = [("q1", False, 1), ("q1", True, 2), ("q1", True, 3), ("q2", True, 4)]
    happened = [Happening("question-answered", A, at(day), item=item, right=right) for item, right, day in answers]
    assert measure(wanted, happened) == Measure(Decimal(2), at(4))


def test_sessions_count_who_was_there_as_it_was_corrected():
    wanted = Wanted(4, "sessions", frozenset(), 2)
    happened = [Happening("present", A, at(1)), Happening("present", B, at(2)), Happening("absent", A, at(1))]
    assert measure(wanted, happened) == Measure(Decimal(1), None)


def test_a_percentage_is_rounded_down_and_never_above_100():
    assert [percentage(2, 3), percentage(12, 10), percentage(1, 0)] == [Decimal("66.6666"), Decimal(100), Decimal(0)]


def test_progress_counts_steps_and_is_100_only_when_nothing_is_left():
    whole = Wanted(1, "units", frozenset(), 199)
    assert progress([(whole, Measure(Decimal(250), at(1))), (quiz(), Measure(Decimal(100), None))]) == 99
    assert progress([(whole, Measure(Decimal(250), at(1))), (quiz(), Measure(Decimal(100), at(2)))]) == 100
    assert progress([]) == 0


def test_a_rule_is_completed_with_its_last_criterion_and_not_before_it_was_made():
    met = [Measure(Decimal(1), at(1)), Measure(Decimal(1), at(3))]
    assert completed_at(met, not_before=at(0)) == at(3)
    assert completed_at(met, not_before=at(7)) == at(7)
    assert completed_at([*met, Measure(Decimal(0), None)], not_before=at(0)) is None
    assert completed_at([], not_before=at(0)) is None


@pytest.mark.parametrize("mark", [0, 60])
def test_a_quiz_goes_on_from_what_stands_to_what_its_whole_history_comes_to(mark):
    chance = random.Random(2026)  # noqa: S311 - the same histories at every run
    for _each in range(300):
        history = []
        for _step in range(chance.randrange(6)):
            points, what = chance.randrange(11), chance.choice(["quiz-finished", "quiz-finished", "quiz-regraded"])
            history.append(finished(points, chance.randrange(30), passed=points >= 6, what=what))
        further = [finished(points := chance.randrange(11), chance.randrange(30), passed=points >= 6)]
        stands = measure(quiz(mark), history)
        assert advance(quiz(mark), stands, further) == measure(quiz(mark), [*history, *further])


def test_what_does_not_concern_a_criterion_leaves_it_as_it_stands():
    stands = Measure(Decimal(1), None)
    assert advance(units(), stands, [finished(10, 1, passed=True)]) == stands


@pytest.mark.parametrize("happened", [read(B, 2), unread(A, 2)])
def test_units_take_their_whole_history(happened):
    assert advance(units(), Measure(Decimal(1), None), [happened]) is None


def test_a_quiz_that_was_graded_again_takes_its_whole_history():
    regraded = finished(3, 5, what="quiz-regraded")
    assert advance(quiz(), Measure(Decimal(80), at(1)), [finished(8, 4), regraded]) is None
