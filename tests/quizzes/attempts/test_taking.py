"""Attempts: started, answered, handed in."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from openmuseums.learners.models import AnswerState, Event, Learner, QuizState
from quizzes.attempts.taking import (
    AlreadyHandedInError,
    AnswersRefusedError,
    NotOfferedError,
    save_answers,
    start_attempt,
    submit_attempt,
)
from quizzes.models import Answer, Attempt, GivenValue, QuizPage, QuizVersion, Result
from quizzes.scoring import Parts
from tests.answers import parts_in, result_of, whole
from tests.factories import NOW, FixtureCourse, make_learner

Answers = Callable[..., dict[str, Parts]]
LATER = NOW + dt.timedelta(minutes=20)


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner) -> Attempt:
    """Return an attempt that was just begun."""
    return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)


def save(attempt: Attempt, responses: dict[str, list[str]], language: str = "en") -> None:
    save_answers(attempt=attempt, responses=responses, language=language, now=LATER)


def test_start_makes_an_attempt_at_the_newest_version(quiz: QuizPage, learner: Learner, attempt: Attempt) -> None:
    assert (attempt.learner, attempt.quiz_key, attempt.number) == (learner, quiz.translation_key, 1)
    assert attempt.version == QuizVersion.objects.get(quiz_key=quiz.translation_key)
    assert (attempt.started_at, attempt.submitted_at, attempt.result) == (NOW, None, None)


def test_start_again_returns_the_open_attempt(quiz: QuizPage, learner: Learner, attempt: Attempt) -> None:
    assert start_attempt(learner=learner, quiz_key=quiz.translation_key, now=LATER) == attempt
    assert Attempt.objects.count() == 1


def test_start_after_handing_in_makes_the_next(quiz: QuizPage, learner: Learner, attempt: Attempt) -> None:
    submit_attempt(attempt_id=attempt.pk, learner=learner, now=LATER)
    second = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=LATER)
    assert (second.number, second.submitted_at) == (2, None)


def test_start_of_two_learners_and_two_quizzes_are_apart(course: FixtureCourse, learner: Learner) -> None:
    learners = [learner, make_learner()]
    keys = [quiz.translation_key for quiz in course.quizzes.values()]
    begun = [start_attempt(learner=who, quiz_key=key, now=NOW) for who in learners for key in keys]
    assert [attempt.number for attempt in begun] == [1, 1, 1, 1]


def test_start_of_an_unknown_quiz_is_refused(learner: Learner) -> None:
    with pytest.raises(NotOfferedError):
        start_attempt(learner=learner, quiz_key=uuid.uuid4(), now=NOW)


def test_start_of_an_unpublished_quiz_is_refused_but_the_open_attempt_goes_on(
    quiz: QuizPage, learner: Learner, attempt: Attempt
) -> None:
    QuizPage.objects.get(pk=quiz.pk).unpublish()
    assert start_attempt(learner=learner, quiz_key=quiz.translation_key, now=LATER) == attempt
    with pytest.raises(NotOfferedError):
        start_attempt(learner=make_learner(), quiz_key=quiz.translation_key, now=LATER)


def test_second_open_attempt_is_refused_by_the_database(attempt: Attempt) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            learner=attempt.learner, quiz_key=attempt.quiz_key, version=attempt.version, number=2, started_at=NOW
        )


def test_attempt_handed_in_without_points_is_refused_by_the_database(attempt: Attempt) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(submitted_at=NOW)


def test_save_keeps_choices_with_language_and_time(attempt: Attempt, answers: Answers) -> None:
    responses = answers(attempt, 1, 3)
    save(attempt, responses, language="nl")
    assert parts_in(attempt) == responses
    assert set(Answer.objects.values_list("language", "saved_at")) == {("nl", LATER)}


def test_save_of_one_question_leaves_the_others(attempt: Attempt, answers: Answers) -> None:
    save(attempt, answers(attempt, 1))
    save(attempt, answers(attempt, 2))
    assert parts_in(attempt) == answers(attempt, 1, 2)


def test_save_again_replaces_and_keeps_no_second_row(attempt: Attempt, answers: Answers) -> None:
    save(attempt, answers(attempt, 1, 3))
    save(attempt, answers(attempt, wrong=(1, 3)))
    assert parts_in(attempt) == answers(attempt, wrong=(1, 3))
    assert (Answer.objects.count(), GivenValue.objects.count()) == (2, 2)


def test_save_of_nothing_opens_the_question_again(attempt: Attempt, answers: Answers) -> None:
    save(attempt, answers(attempt, 1, 3))
    save(attempt, {attempt.version.questions[2].id: {}})
    assert parts_in(attempt) == answers(attempt, 1)


@pytest.mark.parametrize("fault", ["unknown question", "unknown choice", "another's choice", "two of one"])
def test_save_of_what_was_not_asked_is_refused_as_a_whole(attempt: Attempt, answers: Answers, fault: str) -> None:
    first, second, _ = attempt.version.questions
    bad, message = {
        "unknown question": ({"no-such-question": whole("x")}, "This question is not part of the quiz."),
        "unknown choice": (
            {second.id: whole("no-such-choice")},
            "One of the choices does not belong to this question. Choose again.",
        ),
        "another's choice": (
            {second.id: whole(*first.right_ids)},
            "One of the choices does not belong to this question. Choose again.",
        ),
        "two of one": ({second.id: whole(*sorted(second.choice_ids)[:2])}, "Choose one answer only."),
    }[fault]

    with pytest.raises(AnswersRefusedError) as refused:
        save(attempt, {**answers(attempt, 1), **bad})
    assert refused.value.faults == dict.fromkeys(bad, message)
    assert parts_in(attempt) == {}


def test_save_after_handing_in_is_refused(attempt: Attempt, answers: Answers) -> None:
    save(attempt, answers(attempt, 1))
    submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=LATER)
    with pytest.raises(AlreadyHandedInError):
        save(attempt, answers(attempt, 2))
    assert parts_in(attempt) == answers(attempt, 1)


@pytest.mark.parametrize(
    ("right", "wrong", "points", "passed"),
    [
        ((1, 2, 3), (), 4, True),
        ((3,), (1, 2), 2, False),
        ((1, 3), (), 3, True),
        ((), (1, 2, 3), 0, False),
        ((), (), 0, False),
    ],
)
def test_submit_scores_the_saved_answers(
    attempt: Attempt, answers: Answers, right: tuple[int, ...], wrong: tuple[int, ...], points: int, passed: bool
) -> None:
    save(attempt, answers(attempt, *right, wrong=wrong))
    submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=LATER)
    attempt.refresh_from_db()
    assert result_of(attempt) == (points, 4, passed)
    assert attempt.submitted_at == LATER


def test_submit_records_answered_questions_and_the_result(attempt: Attempt, answers: Answers) -> None:
    first, second, _ = attempt.version.questions
    save(attempt, answers(attempt, 1, wrong=(2,)))
    submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=LATER)

    events = Event.objects.exclude(kind=Event.Kind.ENROLLED)
    assert list(events.values_list("kind", "page_key", "item_id", "right", "points", "points_possible", "passed")) == [
        (Event.Kind.QUESTION_ANSWERED, attempt.quiz_key, first.id, True, None, None, None),
        (Event.Kind.QUESTION_ANSWERED, attempt.quiz_key, second.id, False, None, None, None),
        (Event.Kind.QUIZ_FINISHED, attempt.quiz_key, "", None, 1, 4, False),
    ]
    assert dict(AnswerState.objects.values_list("item_id", "right")) == {first.id: True, second.id: False}
    assert list(QuizState.objects.values_list("attempts", "best_points", "passed_at")) == [(1, 1, None)]


def test_submit_again_changes_nothing(attempt: Attempt, answers: Answers) -> None:
    save(attempt, answers(attempt, 1, 2, 3))
    first = submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=LATER)
    events = Event.objects.count()
    again = submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=LATER + dt.timedelta(hours=1))

    assert (again.submitted_at, again.result) == (first.submitted_at, first.result)
    assert Event.objects.count() == events
    assert QuizState.objects.get().attempts == 1


def test_submit_of_anothers_attempt_finds_none(attempt: Attempt) -> None:
    with pytest.raises(Attempt.DoesNotExist):
        submit_attempt(attempt_id=attempt.pk, learner=make_learner(), now=LATER)
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_submit_grades_by_the_version_that_was_asked(
    quiz: QuizPage,
    attempt: Attempt,
    answers: Answers,
    republish: Callable[..., QuizPage],
    raw_questions: Callable[..., list[dict[str, object]]],
) -> None:
    save(attempt, answers(attempt, 1, 2, 3))
    republish(quiz, questions=raw_questions(quiz)[:1], pass_mark=100)
    submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=LATER)
    attempt.refresh_from_db()
    assert result_of(attempt) == (4, 4, True)
    assert start_attempt(learner=attempt.learner, quiz_key=quiz.translation_key, now=LATER).version.pass_mark == 100


def test_submit_that_cannot_be_recorded_leaves_the_attempt_open(
    attempt: Attempt, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**kwargs: object) -> None:
        raise OSError("the disk is full")

    save(attempt, answers(attempt, 1))
    monkeypatch.setattr("quizzes.attempts.results.record_quiz_finished", fail)
    with pytest.raises(OSError, match="disk is full"):
        submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=LATER)
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.result, Result.objects.count()) == (None, None, 0)
    assert not Event.objects.filter(kind=Event.Kind.QUESTION_ANSWERED).exists()
