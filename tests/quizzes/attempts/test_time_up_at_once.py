"""The time is up, and answers, the learner's own submit and the clock's come at the same moment: one of them is first.

Saving and handing in take the attempt's lock before they look at the time; each test goes red where one does not.
"""

import datetime as dt
import threading
from collections.abc import Callable

import pytest

from openmuseums.learners.models import Event, Learner, QuizState
from quizzes.attempts.overdue import hand_in_overdue
from quizzes.attempts.taking import AlreadyHandedInError, TimeIsUpError, save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage, Result
from quizzes.scoring import Parts
from tests.answers import parts_in, result_of
from tests.factories import NOW
from tests.together import LONG, MOMENT, after, run_together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

DUE = NOW + dt.timedelta(minutes=20)
LAST = DUE + dt.timedelta(seconds=60)  # the last moment at which answers on their way are taken
OVER = LAST + dt.timedelta(microseconds=1)

Answers = Callable[..., dict[str, Parts]]


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner, answers: Answers) -> Attempt:
    """Return an attempt with a time limit, whose first question is answered right."""
    begun = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)
    Attempt.objects.filter(pk=begun.pk).update(due_at=DUE)
    begun.refresh_from_db()
    save_answers(attempt=begun, responses=answers(begun, 1), language="en", now=NOW)
    return begun


def expect_handed_in_once(attempt: Attempt, *, at: dt.datetime, points: int) -> None:
    """See that an attempt has one result, and is recorded once."""
    attempt.refresh_from_db()
    assert (attempt.submitted_at, result_of(attempt)[0]) == (at, points)
    assert Result.objects.count() == 1
    assert Event.objects.filter(kind=Event.Kind.QUIZ_FINISHED).count() == QuizState.objects.get().attempts == 1


def test_answers_of_the_last_moment_are_scored_by_the_clock(attempt: Attempt, answers: Answers) -> None:
    found, handed_in = threading.Event(), threading.Event()

    def slowly() -> None:
        found.set()
        handed_in.wait(MOMENT)

    def save() -> None:
        with after('FROM "quizzes_attempt"', slowly):
            save_answers(attempt=attempt, responses=answers(attempt, 3), language="en", now=LAST)

    def clock() -> int:
        assert found.wait(LONG)
        count = hand_in_overdue(now=OVER)
        handed_in.set()
        return count

    assert run_together([save, clock]) == [None, 1]
    assert parts_in(attempt) == answers(attempt, 1, 3)
    expect_handed_in_once(attempt, at=DUE, points=3)


def test_answers_that_come_while_the_clock_scores_are_refused(attempt: Attempt, answers: Answers) -> None:
    read, saved = threading.Event(), threading.Event()

    def slowly() -> None:
        read.set()
        saved.wait(MOMENT)

    def clock() -> int:
        with after('FROM "quizzes_givenvalue"', slowly):
            return hand_in_overdue(now=OVER)

    def save() -> None:
        assert read.wait(LONG)
        with pytest.raises(AlreadyHandedInError):
            save_answers(attempt=attempt, responses=answers(attempt, 3), language="en", now=LAST)
        saved.set()

    assert run_together([clock, save]) == [1, None]
    assert parts_in(attempt) == answers(attempt, 1)
    expect_handed_in_once(attempt, at=DUE, points=1)


@pytest.mark.parametrize("is_in_time", [True, False], ids=["in time", "too late"])
def test_many_submits_and_clocks_at_the_deadline_give_one_result(attempt: Attempt, *, is_in_time: bool) -> None:
    at = LAST if is_in_time else OVER

    def submit() -> None:
        submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=at)

    def clock() -> int:
        return hand_in_overdue(now=OVER)

    done = [count for count in run_together([submit, clock] * 16) if count is not None]
    attempt.refresh_from_db()
    assert attempt.submitted_at in ({LAST, DUE} if is_in_time else {DUE})
    assert sum(done) <= 1
    expect_handed_in_once(attempt, at=attempt.submitted_at, points=1)


def test_many_answers_around_the_deadline_are_kept_by_the_servers_clock(attempt: Attempt, answers: Answers) -> None:
    def save(number: int) -> Callable[[], bool]:
        made = answers(attempt, 3) if number % 2 else answers(attempt, wrong=(1,))

        def act() -> bool:
            try:
                save_answers(attempt=attempt, responses=made, language="en", now=LAST if number % 2 else OVER)
            except (TimeIsUpError, AlreadyHandedInError):
                return False
            return True

        return act

    taken = run_together([save(number) for number in range(24)] + [lambda: hand_in_overdue(now=OVER)] * 4)
    assert {taken[number] for number in range(0, 24, 2)} == {False}
    is_kept = any(taken[1:24:2])
    assert parts_in(attempt) == answers(attempt, *((1, 3) if is_kept else (1,)))
    expect_handed_in_once(attempt, at=DUE, points=3 if is_kept else 1)
