"""Handing in, and what comes at the same moment, as requests: clicks, tabs, retries. Nothing is lost or doubled.

Each test says which lock or constraint it guards, and goes red where that is taken out.
"""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from openmuseums.learners.models import Event, Learner, QuizState
from openmuseums.learners.projection import Record, fold, stored_record
from openmuseums.learners.recording import mark_read
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.models import Answer, Attempt, GivenValue, QuizPage, Result
from quizzes.scoring import Parts
from tests.answers import parts_in, result_of, sent
from tests.factories import NOW, FixtureCourse
from tests.together import LONG, MOMENT, after, meeting, run_together

CLIENTS = 64

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

Answers = Callable[..., dict[str, Parts]]


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner) -> Attempt:
    return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)


@pytest.fixture
def answered(attempt: Attempt, answers: Answers) -> Attempt:
    """Return an attempt whose first question is answered right, and the third: three of four points."""
    save_answers(attempt=attempt, responses=answers(attempt, 1, 3), language="en", now=NOW)
    return attempt


@pytest.fixture
def post(learner_client: Client) -> Callable[..., HttpResponse]:
    """Return what sends a form with the learner's session, from a browser of its own."""

    def post(name: str, attempt: Attempt, data: dict[str, object] | None = None) -> HttpResponse:
        browser = Client()
        browser.cookies.update(learner_client.cookies)
        return browser.post(reverse(f"quizzes:{name}", args=[attempt.pk]), data or {})

    return post


Post = Callable[..., HttpResponse]


def events() -> dict[str, int]:
    """Return how many events there are of each kind."""
    kinds = list(Event.objects.values_list("kind", flat=True))
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def expect_handed_in_once(attempt: Attempt, keys: set[uuid.UUID]) -> None:
    """See that an attempt has one result, came with one of the keys, and is recorded once."""
    attempt.refresh_from_db()
    assert attempt.submit_key in keys
    assert result_of(attempt) == (3, 4, True)
    assert [attempt.result] == list(Result.objects.all())
    assert events() == {"enrolled": 1, "question-answered": 2, "quiz-finished": 1}
    assert QuizState.objects.get().attempts == 1
    assert stored_record(attempt.learner) == fold(Record(), Event.objects.order_by("id"))


def leads_to_result(response: HttpResponse, attempt: Attempt) -> bool:
    return response.status_code == 302 and response["Location"].startswith(reverse("quizzes:result", args=[attempt.pk]))


def test_many_clients_that_hand_in_at_once_get_one_result(answered: Attempt, post: Post) -> None:
    # Guards both rows' locks: without them the second one's result breaks its unique number.
    same, others = uuid.uuid4(), [uuid.uuid4() for _ in range(CLIENTS // 2)]
    keys = [same] * (CLIENTS // 2) + others
    responses = run_together([lambda key=key: post("review", answered, {"key": str(key)}) for key in keys])
    assert [response for response in responses if not leads_to_result(response, answered)] == []
    expect_handed_in_once(answered, {same, *others})


@pytest.mark.parametrize("is_same_key", [True, False], ids=["same key", "another key"])
def test_retry_while_the_first_is_being_scored_gets_its_result(
    answered: Attempt, post: Post, *, is_same_key: bool
) -> None:
    # The browser gave up waiting and sends it again. Guards the locks as above, at the worst moment.
    first = uuid.uuid4()
    second = first if is_same_key else uuid.uuid4()
    under_way, retried = threading.Event(), threading.Event()

    def slowly() -> None:
        under_way.set()
        retried.wait(MOMENT)

    def submit() -> HttpResponse:
        with after('INSERT INTO "quizzes_result"', slowly):
            return post("review", answered, {"key": str(first)})

    def retry() -> HttpResponse:
        assert under_way.wait(LONG)
        response = post("review", answered, {"key": str(second)})
        retried.set()
        return response

    responses = run_together([submit, retry])
    assert [leads_to_result(response, answered) for response in responses] == [True, True]
    expect_handed_in_once(answered, {first})


def test_answers_that_are_being_saved_are_scored(attempt: Attempt, answers: Answers, post: Post) -> None:
    # Guards the lock of the attempt in `save_answers`: without it they are saved after the attempt was scored.
    found, handed_in = threading.Event(), threading.Event()

    def slowly() -> None:
        found.set()
        handed_in.wait(MOMENT)

    def save() -> HttpResponse:
        with after('FROM "quizzes_attempt"', slowly):
            save_answers(attempt=attempt, responses=answers(attempt, 1, 3), language="en", now=NOW)

    def submit() -> None:
        assert found.wait(LONG)
        post("review", attempt, {"key": str(uuid.uuid4())})
        handed_in.set()

    run_together([save, submit])
    attempt.refresh_from_db()
    assert (parts_in(attempt), result_of(attempt)) == (answers(attempt, 1, 3), (3, 4, True))


def test_answers_that_come_while_the_attempt_is_scored_are_refused(
    answered: Attempt, answers: Answers, post: Post
) -> None:
    # Guards the lock of the attempt in `submit_attempt`: without it they are saved between reading and scoring.
    read, saved = threading.Event(), threading.Event()
    wrong = answers(answered, wrong=(1,))

    def slowly() -> None:
        read.set()
        saved.wait(MOMENT)

    def submit() -> None:
        with after('FROM "quizzes_givenvalue"', slowly):
            submit_attempt(attempt_id=answered.pk, learner=answered.learner, now=NOW)

    def save() -> HttpResponse:
        assert read.wait(LONG)
        response = post("attempt", answered, {**sent(wrong), "go": "stay"})
        saved.set()
        return response

    _submitted, refused = run_together([submit, save])
    answered.refresh_from_db()
    assert refused.status_code == 409
    assert (parts_in(answered), result_of(answered)) == (answers(answered, 1, 3), (3, 4, True))


def test_handing_in_and_reading_at_once_lose_nothing_of_the_record(answered: Attempt, course: FixtureCourse) -> None:
    # Guards the lock of the learner in `submit_attempt`: without it both enrol, and both write what they found before.
    unit, meet = course.units["digital-strategy"].translation_key, meeting()

    def submit() -> None:
        with after('FROM "learners_enrolment"', meet):
            submit_attempt(attempt_id=answered.pk, learner=answered.learner, now=NOW, key=uuid.UUID(int=1))

    def read() -> None:
        with after('FROM "learners_enrolment"', meet):
            mark_read(learner=answered.learner, page_key=unit, now=NOW)

    run_together([submit, read])
    assert events() == {"enrolled": 1, "question-answered": 2, "quiz-finished": 1, "unit-read": 1}
    assert stored_record(answered.learner) == fold(Record(), Event.objects.order_by("id"))


def test_two_starts_that_meet_begin_one_attempt(quiz: QuizPage, learner: Learner) -> None:
    # Guards the lock of the learner in `start_attempt`: without it the second breaks the constraint.
    meet = meeting()

    def start() -> Attempt:
        with after('FROM "quizzes_attempt"', meet):
            return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)

    first, second = run_together([start, start])
    assert first.pk == second.pk == Attempt.objects.get().pk


def test_two_tabs_that_save_at_once_lose_nothing(attempt: Attempt, answers: Answers, post: Post) -> None:
    # Guards the lock of the attempt in `save_answers`: without it a question's answer is written twice and breaks its
    # constraint. Both tabs stand open since nothing was answered, and say so beside each question.
    untouched = {f"before-{question.id}": "" for question in attempt.questions}
    tabs = [{**untouched, **sent(answers(attempt, 1))}, {**untouched, **sent(answers(attempt, 2, 3))}]
    saves = [lambda data=tabs[number % 2]: post("attempt", attempt, {**data, "go": "stay"}) for number in range(32)]
    assert {response.status_code for response in run_together(saves)} == {204}
    assert parts_in(attempt) == answers(attempt, 1, 2, 3)
    assert (Answer.objects.count(), GivenValue.objects.count()) == (3, 4)
