"""How an attempt runs: when it may be begun, what it asks, how long it lasts, when its answers are explained."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from openmuseums.learners.models import Event, Learner, QuizState
from quizzes.attempts.extra_time import set_extra_time
from quizzes.attempts.overdue import hand_in_overdue, overdue_duty
from quizzes.attempts.taking import (
    AlreadyHandedInError,
    AnswersRefusedError,
    CannotBeginError,
    NotOfferedError,
    TimeIsUpError,
    given_in,
    save_answers,
    settled_in,
    start_attempt,
    submit_attempt,
)
from quizzes.models import Answer, Attempt, ExtraTime, QuizPage, QuizVersion
from quizzes.running.terms import Reason
from quizzes.scoring import Parts
from tests.answers import parts_in
from tests.factories import NOW, make_learner, make_visitor, single_choice

Answers = Callable[..., dict[str, Parts]]
SettleRules = Callable[..., None]
MINUTE = dt.timedelta(minutes=1)


def begin(quiz: QuizPage, learner: Learner, now: dt.datetime = NOW, *, is_practice: bool = False) -> Attempt:
    return start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=now, is_practice=is_practice)


def save(attempt: Attempt, responses: dict[str, Parts], now: dt.datetime = NOW, settles: tuple[str, ...] = ()) -> None:
    save_answers(attempt=attempt, responses=responses, language="en", now=now, settles=settles)


def submit(attempt: Attempt, now: dt.datetime = NOW, key: uuid.UUID | None = None) -> Attempt:
    return submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=now, key=key)


# Beginning.


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"opens_at": NOW + MINUTE}, Reason.NOT_OPEN),
        ({"closes_at": NOW - MINUTE}, Reason.CLOSED),
        ({"attempts_allowed": 1}, Reason.USED_UP),
        ({"waiting_minutes": 1}, Reason.WAITING),
    ],
)
def test_start_is_refused_with_the_reason(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules, settings: dict[str, object], reason: Reason
) -> None:
    submit(begin(quiz, learner))
    settle_rules(**settings)
    with pytest.raises(CannotBeginError) as refused:
        begin(quiz, learner)
    assert refused.value.hindrance.reason == reason
    assert Attempt.objects.count() == 1


def test_start_goes_by_what_the_source_says_now_and_not_by_the_version(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules
) -> None:
    settle_rules(attempts_allowed=1)
    submit(begin(quiz, learner))
    settle_rules(attempts_allowed=2)
    assert begin(quiz, learner).number == 2


def test_open_attempt_goes_on_where_none_could_be_begun(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules
) -> None:
    attempt = begin(quiz, learner)
    settle_rules(closes_at=NOW - MINUTE, attempts_allowed=1)
    assert begin(quiz, learner) == attempt


# What is asked.


def test_draw_is_kept_with_its_seed_and_goes_on_in_the_same_order(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules
) -> None:
    settle_rules(draws=2, shuffles_questions=True, shuffles_choices=True)
    attempt = begin(quiz, learner)
    everything = [question.id for question in attempt.version.questions]
    assert (len(attempt.asked), set(attempt.asked) < set(everything), len(attempt.seed)) == (2, True, 32)
    again = Attempt.objects.get(pk=begin(quiz, learner, NOW + MINUTE).pk)
    assert (again.asked, again.seed) == (attempt.asked, attempt.seed)
    assert [question.id for question in again.questions] == attempt.asked


def test_attempt_asks_so_many_of_each_facet_and_one_that_was_begun_before_stays_as_it_is(
    quiz: QuizPage, learner: Learner, republish: Callable[..., QuizPage]
) -> None:
    questions = [single_choice(f"use {n}?", facet="use") for n in range(6)]
    questions += [single_choice(f"{facet}?", facet=facet) for facet in ("manage", "make", "understand")]
    republish(quiz, questions=questions, draws=4)
    before = begin(quiz, learner)
    kept = before.version
    republish(quiz, draws_each_facet=1)
    assert (begin(quiz, learner).asked, begin(quiz, learner).version) == (before.asked, kept)
    for _each in range(20):
        asked = begin(quiz, make_learner()).questions
        assert sorted(question.facet for question in asked) == ["make", "manage", "understand", "use"]


def test_version_of_a_quiz_without_the_rule_stays_the_one_from_before_there_was_such_a_rule(
    quiz: QuizPage, republish: Callable[..., QuizPage]
) -> None:
    before = QuizVersion.objects.get(quiz_key=quiz.quiz_key)
    assert "draws_each_facet" not in before.rules
    republish(quiz, title="Another title")
    assert list(QuizVersion.objects.filter(quiz_key=quiz.quiz_key)) == [before]


def test_two_attempts_are_drawn_by_seeds_of_their_own(quiz: QuizPage, learner: Learner) -> None:
    assert begin(quiz, learner).seed != begin(quiz, make_learner()).seed


def test_question_that_was_not_drawn_takes_no_answer_and_brings_no_points(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules, answers: Answers
) -> None:
    settle_rules(draws=1)
    attempt = begin(quiz, learner)
    everything = answers(attempt, 1, 2, 3)
    foreign = {key: answer for key, answer in everything.items() if key not in attempt.asked}
    with pytest.raises(AnswersRefusedError):
        save(attempt, foreign)
    save(attempt, {attempt.asked[0]: everything[attempt.asked[0]]})
    result = submit(attempt).result
    assert result is not None
    assert (result.passed, int(result.points)) == (True, result.points_possible)


# Time.


@pytest.mark.parametrize(("factor", "minutes"), [("", 20), ("1.25", 25), ("1.5", 30), ("2", 40), ("none", None)])
def test_time_limit_grows_with_what_the_learner_has_set(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules, factor: str, minutes: int | None
) -> None:
    settle_rules(minutes_allowed=20)
    set_extra_time(learner=learner, factor=factor, now=NOW)
    assert begin(quiz, learner).due_at == (NOW + minutes * MINUTE if minutes else None)


def test_extra_time_leaves_the_time_of_an_open_attempt(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules
) -> None:
    settle_rules(minutes_allowed=20)
    attempt = begin(quiz, learner)
    set_extra_time(learner=learner, factor="2", now=NOW)
    attempt.refresh_from_db()
    assert attempt.due_at == NOW + 20 * MINUTE


def test_extra_time_is_set_anew_and_taken_back(learner: Learner) -> None:
    for factor in ("1.5", "none"):
        set_extra_time(learner=learner, factor=factor, now=NOW)
        assert list(ExtraTime.objects.values_list("factor", flat=True)) == [factor]
    set_extra_time(learner=learner, factor="", now=NOW)
    assert not ExtraTime.objects.exists()


def test_extra_time_of_another_factor_is_refused(learner: Learner) -> None:
    with pytest.raises(ValueError, match="9"):
        set_extra_time(learner=learner, factor="9", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtraTime.objects.create(learner=learner, factor="9")


def test_attempt_without_a_limit_ends_when_the_quiz_closes(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules
) -> None:
    settle_rules(closes_at=NOW + 5 * MINUTE)
    assert begin(quiz, learner).due_at == NOW + 5 * MINUTE


@pytest.fixture
def timed(quiz: QuizPage, learner: Learner, settle_rules: SettleRules, answers: Answers) -> Attempt:
    """Return an attempt of ten minutes and thirty seconds of grace, its first question answered right."""
    settle_rules(minutes_allowed=10, grace_seconds=30)
    attempt = begin(quiz, learner)
    save(attempt, answers(attempt, 1))
    return attempt


GRACE_ENDS = NOW + 10 * MINUTE + dt.timedelta(seconds=30)
TOO_LATE = GRACE_ENDS + dt.timedelta(seconds=1)


def test_answer_within_the_grace_is_taken_and_a_later_one_is_not(timed: Attempt, answers: Answers) -> None:
    save(timed, answers(timed, 2), now=GRACE_ENDS)
    with pytest.raises(TimeIsUpError):
        save(timed, answers(timed, 3), now=TOO_LATE)
    assert parts_in(timed) == answers(timed, 1, 2)


@pytest.mark.parametrize("act", ["submit", "start", "clock"])
def test_attempt_whose_time_is_up_is_handed_in_as_it_stands(timed: Attempt, quiz: QuizPage, act: str) -> None:
    if act == "submit":
        submit(timed, TOO_LATE)
    elif act == "start":
        assert begin(quiz, timed.learner, TOO_LATE) == timed
    else:
        assert hand_in_overdue(now=TOO_LATE) == 1
    timed.refresh_from_db()
    assert timed.result is not None
    assert (timed.submitted_at, timed.ended_by_time, int(timed.result.points)) == (timed.due_at, True, 1)
    assert timed.result.graded_at == TOO_LATE
    assert (QuizState.objects.get().attempts, Attempt.objects.count()) == (1, 1)


def test_attempt_handed_in_before_its_time_is_up_did_not_end_by_it(timed: Attempt) -> None:
    assert not submit(timed, NOW + 9 * MINUTE).ended_by_time


def test_clock_leaves_what_has_time_left_or_is_handed_in(timed: Attempt, quiz: QuizPage) -> None:
    untimed = begin(quiz, make_learner())
    Attempt.objects.filter(pk=untimed.pk).update(due_at=None)
    assert overdue_duty(GRACE_ENDS) == "0 attempts handed in whose time was up."
    submit(timed, NOW)
    assert overdue_duty(TOO_LATE) == "0 attempts handed in whose time was up."
    assert Attempt.objects.filter(submitted_at__isnull=True).get() == untimed


def test_clock_does_not_put_off_the_end_of_a_visitors_record(quiz: QuizPage, settle_rules: SettleRules) -> None:
    settle_rules(minutes_allowed=10)
    visitor = make_visitor()
    begin(quiz, visitor)
    visitor.refresh_from_db()
    until = visitor.expires_at
    assert hand_in_overdue(now=NOW + dt.timedelta(days=5)) == 1
    visitor.refresh_from_db()
    assert visitor.expires_at == until


# Answers explained at once.


@pytest.fixture
def explained(quiz: QuizPage, learner: Learner, settle_rules: SettleRules) -> Attempt:
    """Return an open attempt whose answers are explained at once."""
    settle_rules(feedback="at-once")
    return begin(quiz, learner)


def test_answer_that_is_explained_stands(explained: Attempt, answers: Answers) -> None:
    first = explained.asked[0]
    save(explained, answers(explained, wrong=(1,)), settles=(first,))
    assert settled_in(explained) == {first}
    with pytest.raises(AnswersRefusedError) as refused:
        save(explained, answers(explained, 1, 2))
    assert refused.value.faults == {first: "The answer has been explained, so it stands."}
    # The same again is a retry, and takes what else is sent along.
    save(explained, answers(explained, 2, wrong=(1,)), settles=(first,), now=NOW + MINUTE)
    assert parts_in(explained) == answers(explained, 2, wrong=(1,))
    assert Answer.objects.get(question_id=first).settled_at == NOW
    result = submit(explained).result
    assert result is not None
    assert result.points == 1


def test_answer_that_is_explained_is_not_taken_back(explained: Attempt, answers: Answers) -> None:
    first = explained.asked[0]
    save(explained, answers(explained, 1), settles=(first,))
    with pytest.raises(AnswersRefusedError):
        save(explained, {first: {}})
    assert parts_in(explained) == answers(explained, 1)


def test_question_without_an_answer_is_not_explained(explained: Attempt, answers: Answers) -> None:
    first = explained.asked[0]
    with pytest.raises(AnswersRefusedError) as refused:
        save(explained, answers(explained, 2), settles=(first,))
    assert refused.value.faults == {first: "Answer the whole question before you check it."}
    assert (parts_in(explained), settled_in(explained)) == ({}, set())
    with pytest.raises(AnswersRefusedError):
        save(explained, {}, settles=("no-such-question",))


def test_answer_saved_before_is_explained_without_being_sent_again(explained: Attempt, answers: Answers) -> None:
    save(explained, answers(explained, 1))
    save(explained, {}, settles=(explained.asked[0],))
    assert settled_in(explained) == {explained.asked[0]}


@pytest.mark.parametrize("feedback", ["after-submit", "after-closing"])
def test_answer_is_not_explained_early_where_the_quiz_explains_later(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules, answers: Answers, feedback: str
) -> None:
    settle_rules(feedback=feedback)
    attempt = begin(quiz, learner)
    with pytest.raises(AnswersRefusedError) as refused:
        save(attempt, answers(attempt, 1), settles=(attempt.asked[0],))
    assert list(refused.value.faults.values()) == ["The answers of this quiz are not explained before you hand it in."]
    assert Answer.objects.count() == 0


def test_answer_is_not_explained_after_handing_in(explained: Attempt, answers: Answers) -> None:
    submit(explained)
    with pytest.raises(AlreadyHandedInError):
        save(explained, answers(explained, 1), settles=(explained.asked[0],))


# Practice.


@pytest.fixture
def practice(quiz: QuizPage, learner: Learner, settle_rules: SettleRules) -> Attempt:
    """Return an open practice run of a quiz that has a time limit and allows one attempt."""
    settle_rules(minutes_allowed=10, allows_practice=True, attempts_allowed=1, waiting_minutes=60)
    return begin(quiz, learner, is_practice=True)


def test_practice_explains_at_once_and_has_no_time_limit(practice: Attempt, answers: Answers) -> None:
    save(practice, answers(practice, 1), settles=(practice.asked[0],))
    assert (settled_in(practice), practice.due_at) == ({practice.asked[0]}, None)


def test_practice_is_counted_nowhere(practice: Attempt, quiz: QuizPage, answers: Answers) -> None:
    save(practice, answers(practice, 1, 2, 3))
    result = submit(practice).result
    assert result is not None
    assert (int(result.points), result.passed) == (4, True)
    assert not Event.objects.filter(kind__in=[Event.Kind.QUIZ_FINISHED, Event.Kind.QUESTION_ANSWERED]).exists()
    assert not QuizState.objects.exists()
    assert begin(quiz, practice.learner).number == 1


def test_practice_goes_on_beside_an_attempt(practice: Attempt, quiz: QuizPage) -> None:
    attempt = begin(quiz, practice.learner)
    assert attempt != practice
    assert begin(quiz, practice.learner, is_practice=True) == practice
    assert begin(quiz, practice.learner) == attempt


def test_next_practice_takes_the_place_of_the_last(practice: Attempt, quiz: QuizPage, answers: Answers) -> None:
    save(practice, answers(practice, 1))
    counted = submit(begin(quiz, practice.learner))
    submit(practice)
    assert Attempt.objects.filter(pk=practice.pk).exists()
    again = begin(quiz, practice.learner, is_practice=True)
    assert set(Attempt.objects.all()) == {counted, again}
    assert given_in(again) == {}


@pytest.mark.parametrize("settings", [{"allows_practice": False}, {"opens_at": NOW + MINUTE}])
def test_practice_that_is_not_offered_is_refused(
    quiz: QuizPage, learner: Learner, settle_rules: SettleRules, settings: dict[str, object]
) -> None:
    settle_rules(**{"allows_practice": True} | settings)
    with pytest.raises((NotOfferedError, CannotBeginError)):
        begin(quiz, learner, is_practice=True)
    assert not Attempt.objects.exists()


def test_settings_are_frozen_with_a_version(
    quiz: QuizPage, learner: Learner, republish: Callable[..., QuizPage]
) -> None:
    republish(
        quiz, questions=[single_choice(f"{n}?") for n in range(5)], draws=2, minutes_allowed=15, grace_seconds=None
    )
    attempt = begin(quiz, learner)
    how = QuizVersion.objects.get(pk=attempt.version_id).how
    assert (how.draws, how.minutes_allowed, how.grace_seconds) == (2, 15, 60)
    assert (len(attempt.asked), attempt.due_at) == (2, NOW + 15 * MINUTE)
