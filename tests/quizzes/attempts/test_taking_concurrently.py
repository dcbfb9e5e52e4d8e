"""Many at once: double clicks, two tabs, retries. Each thread has a connection of its own, as each worker has."""

import datetime as dt
from collections.abc import Callable

import pytest

from openmuseums.learners.models import Event, Learner, QuizState
from quizzes.attempts.results import score_of
from quizzes.attempts.taking import (
    AlreadyHandedInError,
    AnswersRefusedError,
    given_in,
    save_answers,
    start_attempt,
    submit_attempt,
)
from quizzes.models import Answer, Attempt, GivenValue, QuizPage, QuizVersion
from quizzes.scoring import Parts
from quizzes.versions.freezing import freeze_version
from tests.answers import parts_in, result_of, whole
from tests.factories import NOW
from tests.together import run_together

THREADS = 32

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

Answers = Callable[..., dict[str, Parts]]


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner) -> Attempt:
    return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)


def test_many_starts_begin_one_attempt(quiz: QuizPage, learner: Learner) -> None:
    def start() -> Attempt:
        return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)

    begun = run_together([start] * THREADS)
    assert {attempt.pk for attempt in begun} == {Attempt.objects.get().pk}


def test_many_starts_of_a_drawn_quiz_ask_one_draw(
    quiz: QuizPage, learner: Learner, settle_rules: Callable[..., None]
) -> None:
    settle_rules(draws=2, shuffles_questions=True)

    def start() -> tuple[str, tuple[str, ...]]:
        begun = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)
        return begun.seed, tuple(begun.asked)

    begun = run_together([start] * (THREADS // 2))
    kept = Attempt.objects.get()
    assert set(begun) == {(kept.seed, tuple(kept.asked))}


def test_many_practice_runs_begun_at_once_are_one(
    quiz: QuizPage, learner: Learner, settle_rules: Callable[..., None]
) -> None:
    settle_rules(allows_practice=True)
    last = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW, is_practice=True)
    submit_attempt(attempt_id=last.pk, learner=learner, now=NOW)

    def practise() -> Attempt:
        return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW, is_practice=True)

    begun = run_together([practise] * (THREADS // 2))
    assert {attempt.pk for attempt in begun} == {Attempt.objects.get().pk}


def test_answer_that_is_explained_while_others_come_stays_the_one_that_was_explained(
    attempt: Attempt, answers: Answers, settle_rules: Callable[..., None]
) -> None:
    settle_rules(feedback="at-once")
    right, wrong = answers(attempt, 1), answers(attempt, wrong=(1,))
    (question_id,) = right

    def act(number: int) -> Callable[[], Parts | None]:
        sent = right if number % 2 else wrong
        settles = {question_id} if number % 4 < 2 else set()

        def save() -> Parts | None:
            try:
                save_answers(attempt=attempt, responses=sent, language="en", now=NOW, settles=settles)
            except AnswersRefusedError:
                return None
            return sent[question_id] if settles else None

        return save

    explained = [parts for parts in run_together([act(number) for number in range(THREADS // 2)]) if parts]
    # Whoever was shown an explanation was shown that of the answer which stands.
    assert explained
    assert all(parts == parts_in(attempt)[question_id] for parts in explained)
    assert Answer.objects.get().settled_at == NOW


def test_many_submits_of_one_attempt_give_one_result(attempt: Attempt, answers: Answers) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1, 3), language="en", now=NOW)

    def submit(number: int) -> Callable[[], Attempt]:
        at = NOW + dt.timedelta(seconds=number)
        return lambda: submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=at)

    results = run_together([submit(number) for number in range(THREADS)])
    attempt.refresh_from_db()
    assert {(result.result, result.submitted_at) for result in results} == {(attempt.result, attempt.submitted_at)}
    finished = Event.objects.filter(kind=Event.Kind.QUIZ_FINISHED)
    answered = Event.objects.filter(kind=Event.Kind.QUESTION_ANSWERED)
    assert (finished.count(), answered.count(), QuizState.objects.get().attempts) == (1, 2, 1)


def test_two_tabs_that_answer_different_questions_lose_nothing(attempt: Attempt, answers: Answers) -> None:
    def save(number: int) -> Callable[[], None]:
        return lambda: save_answers(attempt=attempt, responses=answers(attempt, number), language="en", now=NOW)

    run_together([save(number % 3 + 1) for number in range(THREADS)])
    assert parts_in(attempt) == answers(attempt, 1, 2, 3)
    assert (Answer.objects.count(), GivenValue.objects.count()) == (3, 4)


def test_two_tabs_that_answer_one_question_leave_one_whole_answer(attempt: Attempt) -> None:
    question = attempt.version.questions[2]
    ids = sorted(question.choice_ids)
    possible = [whole(*ids[:2]), whole(*ids[1:]), whole(*ids)]

    def save(chosen: Parts) -> Callable[[], None]:
        return lambda: save_answers(attempt=attempt, responses={question.id: chosen}, language="en", now=NOW)

    run_together([save(possible[number % 3]) for number in range(THREADS)])
    assert Answer.objects.count() == 1
    assert parts_in(attempt)[question.id] in possible


def test_answers_that_race_with_handing_in_are_scored_or_refused(attempt: Attempt, answers: Answers) -> None:
    def save(number: int) -> Callable[[], bool]:
        right = number % 2 == 0

        def act() -> bool:
            made = answers(attempt, number % 3 + 1) if right else answers(attempt, wrong=(number % 3 + 1,))
            try:
                save_answers(attempt=attempt, responses=made, language="en", now=NOW)
            except AlreadyHandedInError:
                return False
            return True

        return act

    def submit() -> bool:
        return bool(submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=NOW))

    run_together([save(number) for number in range(THREADS // 2)] + [submit] * (THREADS // 2))
    attempt.refresh_from_db()
    given = given_in(attempt)
    result = score_of(attempt, given)
    assert result_of(attempt) == (result.points, result.points_possible, result.passed)
    recorded = Event.objects.filter(kind=Event.Kind.QUESTION_ANSWERED)
    assert dict(recorded.values_list("item_id", "right")) == {key: result.right[key] for key in given}


def test_many_publications_at_once_freeze_one_version(quiz: QuizPage) -> None:
    QuizPage.objects.filter(pk=quiz.pk).update(pass_mark=80)

    def freeze() -> QuizVersion:
        return freeze_version(quiz=quiz, now=NOW)

    frozen = run_together([freeze] * 8)
    assert {version.number for version in frozen} == {2}
    assert QuizVersion.objects.filter(quiz_key=quiz.translation_key).count() == 2
