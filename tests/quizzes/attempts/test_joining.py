"""Attempts where two records become one: each is kept, numbers stay their own, and of two that are open one goes on."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest

from openmuseums.learners.erasing import erase
from openmuseums.learners.joining import OpenInBothError, join, open_in_both
from openmuseums.learners.models import Learner, QuizState, RecordGoneError
from openmuseums.learners.projection import rebuild
from openmuseums.people.models import User
from quizzes.attempts.extra_time import set_extra_time
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.models import Answer, Attempt, ExtraTime, QuizPage
from quizzes.scoring import Parts
from tests.answers import result_of
from tests.factories import NOW, make_learner, make_visitor

Answers = Callable[..., dict[str, Parts]]


@pytest.fixture
def visitor(db: None) -> Learner:
    return make_visitor()


def add(device: Learner, user: User, *, goes_on: dict[uuid.UUID, bool] | None = None) -> None:
    join(device=device, user=user, goes_on=goes_on or {}, now=NOW + dt.timedelta(days=9))


def is_sound(user: User) -> bool:
    """Return whether what is kept of an account is what follows from its events."""
    return rebuild(learners=[user.learner], write=False) == []


def finish(learner: Learner, quiz: QuizPage, now: dt.datetime = NOW) -> Attempt:
    attempt = start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=now)
    return submit_attempt(attempt_id=attempt.pk, learner=learner, now=now)


def test_attempts_move_with_numbers_after_the_accounts(visitor: Learner, user: User, quiz: QuizPage) -> None:
    account = make_learner(user)
    ours = [finish(account, quiz) for _ in range(2)]
    theirs = [finish(visitor, quiz, NOW - dt.timedelta(days=1)) for _ in range(2)]
    still_open = start_attempt(learner=visitor, quiz_key=quiz.quiz_key, now=NOW)
    add(visitor, user)
    moved = Attempt.objects.filter(learner=user.learner).order_by("number")
    assert [(attempt.pk, attempt.number) for attempt in moved] == [
        (attempt.pk, number) for number, attempt in enumerate([*ours, *theirs, still_open], start=1)
    ]
    assert (QuizState.objects.get().attempts, is_sound(user)) == (4, True)


@pytest.mark.parametrize("device_goes_on", [True, False])
def test_of_two_open_attempts_one_goes_on_and_the_other_is_handed_in(
    visitor: Learner, user: User, quiz: QuizPage, answers: Answers, *, device_goes_on: bool
) -> None:
    account = make_learner(user)
    theirs, ours = (start_attempt(learner=found, quiz_key=quiz.quiz_key, now=NOW) for found in (visitor, account))
    save_answers(attempt=theirs, responses=answers(theirs, 1), language="en", now=NOW)
    save_answers(attempt=ours, responses=answers(ours, 1, 2), language="en", now=NOW)
    (conflict,) = open_in_both(device=visitor, user=user)
    assert (conflict.page_key, conflict.total, conflict.device_done, conflict.account_done) == (quiz.quiz_key, 3, 1, 2)
    with pytest.raises(OpenInBothError) as undecided:
        add(visitor, user)
    assert ([found.page_key for found in undecided.value.conflicts], Learner.objects.count()) == ([quiz.quiz_key], 2)
    add(visitor, user, goes_on={quiz.quiz_key: device_goes_on})
    goes_on, handed_in = (theirs, ours) if device_goes_on else (ours, theirs)
    for attempt in (goes_on, handed_in):
        attempt.refresh_from_db()
    assert (goes_on.submitted_at, result_of(handed_in)[0]) == (None, 2 if device_goes_on else 1)
    assert {goes_on.learner, handed_in.learner} == {user.learner}
    assert (QuizState.objects.get().attempts, is_sound(user)) == (1, True)


def test_open_attempt_goes_on_under_its_address(visitor: Learner, user: User, quiz: QuizPage, answers: Answers) -> None:
    attempt = start_attempt(learner=visitor, quiz_key=quiz.quiz_key, now=NOW)
    save_answers(attempt=attempt, responses=answers(attempt, 1), language="el", now=NOW)
    add(visitor, user)
    # Saved by a tab that knows nothing of the sign-in.
    save_answers(attempt=attempt, responses=answers(attempt, 2), language="el", now=NOW)
    assert result_of(submit_attempt(attempt_id=attempt.pk, learner=user.learner, now=NOW))[0] == 2
    assert is_sound(user)


@pytest.mark.parametrize(("account_has", "kept"), [("2", "2"), ("", "1.5")])
def test_extra_time_of_the_account_holds(visitor: Learner, user: User, account_has: str, kept: str) -> None:
    set_extra_time(learner=visitor, factor="1.5", now=NOW)
    set_extra_time(learner=make_learner(user), factor=account_has, now=NOW)
    add(visitor, user)
    assert list(ExtraTime.objects.values_list("learner", "factor")) == [(user.learner.pk, kept)]


def test_practice_runs_move_and_one_of_two_open_goes_on(visitor: Learner, user: User, quiz: QuizPage) -> None:
    QuizPage.objects.filter(pk=quiz.pk).update(allows_practice=True)
    account = make_learner(user)
    theirs, ours = (
        start_attempt(learner=found, quiz_key=quiz.quiz_key, now=NOW, is_practice=True) for found in (visitor, account)
    )
    assert open_in_both(device=visitor, user=user) == []
    add(visitor, user)
    kept = Attempt.objects.filter(learner=user.learner, is_practice=True)
    assert {attempt.pk: attempt.submitted_at for attempt in kept} == {
        theirs.pk: NOW + dt.timedelta(days=9),
        ours.pk: None,
    }
    assert not QuizState.objects.exists()
    assert is_sound(user)


def test_attempt_of_a_record_that_is_gone_is_not_handed_in_or_begun(
    visitor: Learner, quiz: QuizPage, answers: Answers
) -> None:
    attempt = start_attempt(learner=visitor, quiz_key=quiz.quiz_key, now=NOW)
    responses = answers(attempt, 1)
    erase(learner=visitor)
    with pytest.raises(RecordGoneError):
        save_answers(attempt=attempt, responses=responses, language="en", now=NOW)
    with pytest.raises(RecordGoneError):
        submit_attempt(attempt_id=attempt.pk, learner=visitor, now=NOW)
    with pytest.raises(RecordGoneError):
        start_attempt(learner=visitor, quiz_key=quiz.quiz_key, now=NOW)
    assert (Attempt.objects.count(), Answer.objects.count()) == (0, 0)
