"""Grading again after right answers changed: seen first, results only added, no pass taken away unasked."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import PageLogEntry

from openmuseums.learners.joining import join
from openmuseums.learners.models import Event, Learner, QuizState
from openmuseums.learners.projection import rebuild
from openmuseums.people.models import User
from quizzes.attempts.outcomes import graded_again
from quizzes.attempts.results import score_of
from quizzes.attempts.taking import given_in, start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage, Result
from quizzes.regrading.grading import REGRADED, Done, OutlookChangedError
from quizzes.regrading.outlook import Outlook, outlook
from tests.answers import result_of
from tests.factories import NOW, make_learner, make_user, make_visitor
from tests.quizzes.regrading.rekeying import LATER, REASON, again, finish, rekey


def is_sound(*learners: Learner) -> bool:
    """Return whether what is kept of learners is what follows from their events."""
    return rebuild(learners=list(learners), write=False) == []


def state_of(learner: Learner) -> tuple[Any, ...]:
    state = QuizState.objects.get(learner=learner)
    return state.best_points, state.best_points_possible, state.passed_at


def held(attempt: Attempt) -> tuple[Any, ...]:
    return result_of(Attempt.objects.select_related("result").get(pk=attempt.pk))


@pytest.fixture
def failed(quiz: QuizPage, learner: Learner) -> Attempt:
    """Return an attempt of 2 points of 4 that is a pass once the second choice of question 1 is right."""
    return finish(learner, quiz, right=[3], second=[1])


@pytest.fixture
def passed(quiz: QuizPage, learner: Learner) -> Attempt:
    """Return an attempt of 3 points of 4, a pass, that falls below the mark by the same change."""
    return finish(learner, quiz, right=[1, 3])


def test_new_result_is_added_and_the_first_stays(quiz: QuizPage, failed: Attempt) -> None:
    rekey(quiz, 1)
    editor = make_user()
    assert again(quiz, by=editor) == Done(changed=1, gains=1)
    first, second = Result.objects.filter(attempt=failed).order_by("number")
    assert (first.points, first.passed, first.version.number, first.reason, first.by) == (2, False, 1, "", None)
    assert (second.points, second.passed, second.version.number) == (3, True, 2)
    assert (second.reason, second.by, second.graded_at) == (REASON, editor, LATER)
    assert Attempt.objects.get().result == second


def test_who_reaches_the_mark_has_passed_from_then_on(quiz: QuizPage, learner: Learner, failed: Attempt) -> None:
    rekey(quiz, 1)
    assert outlook(quiz_key=quiz.quiz_key, numbers=[1]) == Outlook(attempts=1, changed=1, gains=1)
    again(quiz)
    assert state_of(learner) == (3, 4, LATER)
    assert is_sound(learner)


def test_who_falls_below_the_mark_keeps_the_pass(quiz: QuizPage, learner: Learner, passed: Attempt) -> None:
    rekey(quiz, 1)
    assert outlook(quiz_key=quiz.quiz_key, numbers=[1]) == Outlook(attempts=1, changed=1, losses=1)
    assert again(quiz) == Done(changed=1)
    assert held(passed) == (2, 4, True)
    assert state_of(learner) == (2, 4, NOW)
    assert is_sound(learner)


def test_pass_goes_where_that_was_chosen(quiz: QuizPage, learner: Learner, passed: Attempt) -> None:
    rekey(quiz, 1)
    assert again(quiz, takes_passes=True, losses_told=1) == Done(changed=1, losses=1)
    assert held(passed) == (2, 4, False)
    assert state_of(learner) == (2, 4, None)
    assert is_sound(learner)


def test_pass_that_was_kept_can_be_taken_later(quiz: QuizPage, learner: Learner, passed: Attempt) -> None:
    rekey(quiz, 1)
    again(quiz)
    assert outlook(quiz_key=quiz.quiz_key, numbers=[1]) == Outlook(attempts=1, losses=1)
    assert again(quiz, takes_passes=True, losses_told=1) == Done(changed=1, losses=1)
    assert [row.passed for row in Result.objects.filter(attempt=passed).order_by("number")] == [True, True, False]
    assert state_of(learner) == (2, 4, None)


def test_others_than_were_told_lose_no_pass(quiz: QuizPage, passed: Attempt) -> None:
    finish(make_visitor(), quiz, right=[1, 3])
    rekey(quiz, 1)
    with pytest.raises(OutlookChangedError) as refused:
        again(quiz, takes_passes=True, losses_told=1)
    assert refused.value.outlook.losses == 2
    assert Result.objects.count() == 2


def test_another_attempt_that_is_a_pass_keeps_it_a_pass(quiz: QuizPage, learner: Learner, passed: Attempt) -> None:
    finish(learner, quiz, right=[2, 3])
    rekey(quiz, 1)
    assert outlook(quiz_key=quiz.quiz_key, numbers=[1]) == Outlook(attempts=2, changed=2)
    assert again(quiz, takes_passes=True) == Done(changed=2)
    assert state_of(learner) == (3, 4, NOW)
    assert is_sound(learner)


def test_best_attempt_is_looked_for_among_all(quiz: QuizPage, learner: Learner, passed: Attempt) -> None:
    rekey(quiz, 2)
    better = finish(learner, quiz, right=[1, 3], now=NOW + dt.timedelta(hours=1))  # at version 2
    rekey(quiz, 1, 2)
    assert again(quiz) == Done(changed=1)
    assert (held(passed), held(better)) == ((2, 4, True), (3, 4, True))
    assert state_of(learner) == (3, 4, NOW)
    assert is_sound(learner)


def test_done_twice_is_done_once(quiz: QuizPage, failed: Attempt) -> None:
    rekey(quiz, 1)
    again(quiz)
    assert again(quiz) == Done()
    assert outlook(quiz_key=quiz.quiz_key, numbers=[1]) == Outlook(attempts=1)
    assert (Result.objects.count(), Event.objects.filter(kind="quiz-regraded").count()) == (2, 1)
    assert PageLogEntry.objects.filter(action=REGRADED).count() == 1


def test_result_of_the_same_worth_says_what_is_right_now(quiz: QuizPage, learner: Learner) -> None:
    attempt = finish(learner, quiz, right=[3])  # question 1 stays open
    rekey(quiz, 1)
    assert again(quiz) == Done(changed=1)
    assert held(attempt) == (2, 4, False)
    graded = Attempt.objects.get().graded
    assert graded[0].right_ids == {graded[0].choices[1].id}
    assert not Event.objects.filter(kind="quiz-regraded").exists()


def test_attempts_at_other_versions_are_left_alone(quiz: QuizPage, failed: Attempt) -> None:
    rekey(quiz, 1)
    assert again(quiz, numbers=[2]) == Done()
    assert Result.objects.count() == 1


def test_open_and_practice_attempts_are_left_alone(quiz: QuizPage, failed: Attempt) -> None:
    start_attempt(learner=make_visitor(), quiz_key=quiz.quiz_key, now=NOW)
    Attempt.objects.filter(pk=failed.pk).update(is_practice=True)
    rekey(quiz, 1)
    assert outlook(quiz_key=quiz.quiz_key, numbers=[1]) == Outlook()
    assert again(quiz) == Done()


def test_open_attempt_finishes_on_its_version_and_is_graded_again_after(quiz: QuizPage, learner: Learner) -> None:
    begun = start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=NOW)
    rekey(quiz, 1)
    assert again(quiz) == Done()
    attempt = submit_attempt(attempt_id=begun.pk, learner=learner, now=NOW)
    assert attempt.result is not None
    assert attempt.result.version.number == 1
    assert again(quiz) == Done(changed=1)


def test_question_whose_choice_is_gone_stays_as_it_was_graded(
    quiz: QuizPage, failed: Attempt, raw_questions: Callable[[QuizPage], Any], republish: Callable[..., QuizPage]
) -> None:
    first, second, third = raw_questions(quiz)
    del first["value"]["choices"][0]
    first["value"]["choices"][0]["value"]["right"] = True
    republish(quiz, questions=[first, second, third])
    assert outlook(quiz_key=quiz.quiz_key, numbers=[1]) == Outlook(attempts=1, stuck=(first["id"],))
    assert again(quiz) == Done()


def test_question_that_is_gone_stays_as_it_was_graded(
    quiz: QuizPage, failed: Attempt, raw_questions: Callable[[QuizPage], Any], republish: Callable[..., QuizPage]
) -> None:
    republish(quiz, questions=raw_questions(quiz)[1:])
    assert outlook(quiz_key=quiz.quiz_key, numbers=[1]) == Outlook(attempts=1)


def test_other_pass_mark_is_not_the_one_that_was_told(
    quiz: QuizPage, failed: Attempt, republish: Callable[..., QuizPage]
) -> None:
    republish(quiz, pass_mark=50)
    assert outlook(quiz_key=quiz.quiz_key, numbers=[1]) == Outlook(attempts=1)


def test_score_by_question_is_that_of_the_result_that_holds(quiz: QuizPage, failed: Attempt) -> None:
    rekey(quiz, 1)
    again(quiz)
    attempt = Attempt.objects.get()
    score = score_of(attempt, given_in(attempt))
    assert (list(score.right.values()), score.points, score.passed) == ([True, False, True], 3, True)


def test_learner_is_told_of_all_results_and_the_language_of_the_reason(quiz: QuizPage, passed: Attempt) -> None:
    rekey(quiz, 1)
    again(quiz)
    attempt = Attempt.objects.get()
    told = graded_again(attempt, score_of(attempt, given_in(attempt)), "nl")
    assert ([result.points for result in told["history"]], told["keeps_pass"], told["reason_lang"]) == (
        [3, 2],
        True,
        "en",
    )


def test_many_are_graded_again_in_parts(quiz: QuizPage) -> None:
    for _ in range(3):
        finish(make_visitor(), quiz, right=[3], second=[1])
    rekey(quiz, 1)
    assert again(quiz, limit=2) == Done(changed=2, gains=2, is_whole=False)
    assert again(quiz, limit=2) == Done(changed=1, gains=1)
    assert again(quiz, limit=2) == Done()


def test_visitor_s_record_is_not_put_off_by_it(quiz: QuizPage) -> None:
    visitor = make_visitor()
    finish(visitor, quiz, right=[3], second=[1])
    Learner.objects.update(expires_at=LATER + dt.timedelta(hours=1))
    rekey(quiz, 1)
    again(quiz)
    assert Learner.objects.get().expires_at == LATER + dt.timedelta(hours=1)


def test_log_says_what_was_done_and_why(quiz: QuizPage, passed: Attempt) -> None:
    rekey(quiz, 1)
    editor = make_user()
    again(quiz, by=editor, takes_passes=True, losses_told=1)
    entry = PageLogEntry.objects.get(action=REGRADED)
    assert (entry.page_id, entry.user) == (quiz.pk, editor)
    assert entry.data == {"versions": [1], "reason": REASON, "attempts": 1, "gains": 0, "losses": 1}


@pytest.mark.parametrize("takes_passes", [False, True])
def test_records_that_become_one_count_what_was_graded_again(quiz: QuizPage, user: User, *, takes_passes: bool) -> None:
    account, device = make_learner(user), make_visitor()
    finish(account, quiz, right=[3])  # 2 of 4
    finish(device, quiz, right=[1, 2, 3])  # all, and 2 of 4 afterwards
    rekey(quiz, 1, 2)
    again(quiz, takes_passes=takes_passes, losses_told=1)
    join(device=device, user=user, goes_on={}, now=LATER)
    assert state_of(account) == (2, 4, None if takes_passes else NOW)
    assert QuizState.objects.get().attempts == 2
    assert is_sound(account)


def test_account_s_own_pass_outlives_the_device_s_that_was_taken(quiz: QuizPage, user: User) -> None:
    account, device = make_learner(user), make_visitor()
    finish(account, quiz, right=[2, 3], now=NOW + dt.timedelta(hours=2))
    finish(device, quiz, right=[1, 3], now=NOW + dt.timedelta(hours=3))
    rekey(quiz, 1)
    again(quiz, takes_passes=True, losses_told=1)
    join(device=device, user=user, goes_on={}, now=LATER)
    assert state_of(account) == (3, 4, NOW + dt.timedelta(hours=2))
    assert is_sound(account)
