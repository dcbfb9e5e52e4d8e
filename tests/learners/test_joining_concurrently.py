"""Signing in, joining and saving, all at the same moment: whatever was said to be saved is in the account, once."""

import datetime as dt
import threading
import uuid
from collections import Counter

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone

from openmuseums.learners.erasing import erase, erase_expired
from openmuseums.learners.joining import join
from openmuseums.learners.models import Event, Learner, QuizState, RecordGoneError
from openmuseums.learners.projection import rebuild, stored_record_of
from openmuseums.learners.recording import mark_read, record_answers, record_quiz_finished
from openmuseums.learners.visiting import SALT
from openmuseums.people.models import User
from quizzes.attempts.taking import AlreadyHandedInError, save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt
from tests.answers import parts_in, whole
from tests.factories import NOW, FixtureCourse, make_course, make_learner, make_user, make_visitor
from tests.learners.test_concurrency import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

THREADS = 64
UNITS = [uuid.UUID(int=number) for number in range(1, THREADS + 1)]
QUIZ = uuid.UUID(int=1000)


class Acknowledged:
    """What acts said they had saved."""

    def __init__(self) -> None:
        self.units: set[uuid.UUID] = set()
        self.results = 0
        self._lock = threading.Lock()

    def add(self, unit: uuid.UUID | None) -> None:
        with self._lock:
            if unit is None:
                self.results += 1
            else:
                self.units.add(unit)


def check(user: User, saved: Acknowledged) -> None:
    user.refresh_from_db()
    record = stored_record_of(user)
    assert set(record.units) == saved.units
    assert (record.quizzes[QUIZ].attempts if saved.results else 0) == saved.results
    assert Event.objects.filter(kind="unit-read").count() == len(saved.units)
    assert Event.objects.filter(kind="quiz-finished").count() == saved.results
    assert rebuild(learners=[user.learner], write=False) == []
    assert list(Learner.objects.all()) == [user.learner]


def test_joining_and_saving_at_once_loses_and_doubles_nothing() -> None:
    user, devices, saved = make_user(), [make_visitor() for _ in range(4)], Acknowledged()

    def act(number: int) -> None:
        device = devices[number % 4]
        try:
            if number >= THREADS * 3 // 4:
                join(device=device, user=user, goes_on={}, now=NOW)
            elif number % 3:
                mark_read(learner=device, page_key=UNITS[number], now=NOW)
                saved.add(UNITS[number])
            else:
                record_quiz_finished(learner=device, page_key=QUIZ, points=1, points_possible=2, passed=True, now=NOW)
                saved.add(None)
        except RecordGoneError:
            return  # said not to be saved, and is not

    at_once(act, THREADS)
    check(user, saved)


def test_joining_and_learning_with_the_account_at_once_loses_and_doubles_nothing() -> None:
    user, saved = make_user(), Acknowledged()
    account, devices = make_learner(user), [make_visitor() for _ in range(8)]
    for number, device in enumerate(devices):
        mark_read(learner=device, page_key=UNITS[number], now=NOW)
        saved.add(UNITS[number])

    def act(number: int) -> None:
        if number < 32:
            try:
                join(device=devices[number % 8], user=user, goes_on={}, now=NOW)
            except RecordGoneError:
                return
        else:
            mark_read(learner=account, page_key=UNITS[number], now=NOW)
            saved.add(UNITS[number])

    at_once(act, THREADS)
    check(user, saved)


def test_requests_that_sign_in_join_and_save_at_once_lose_and_double_nothing() -> None:
    course = make_course()
    user, device = make_user(), make_visitor()
    Learner.objects.update(started_at=NOW)
    cookie = signing.Signer(salt=SALT).sign(str(device.pk))
    clients = [Client() for _ in range(THREADS)]
    for number, client in enumerate(clients):
        client.cookies[settings.RECORD_COOKIE_NAME] = cookie
        if number % 4 == 0:
            client.force_login(user)
    units = list(course.units.values())
    answers: Counter[str] = Counter()
    saved = Acknowledged()
    mark_read(learner=device, page_key=units[0].translation_key, now=timezone.now())
    saved.add(units[0].translation_key)

    def act(number: int) -> None:
        client, unit = clients[number], units[number % len(units)]
        if number % 4 == 0:
            answers[client.post("/en/learning/join/", {"what": "join", "next": "/en/"}).headers["Location"]] += 1
            return
        if number % 4 == 1:
            client.force_login(user)
        address = f"/en/learning/units/{unit.translation_key}/read/"
        if client.post(address, {"next": unit.url}).headers["Location"] == unit.url:
            saved.add(unit.translation_key)

    at_once(act, THREADS)
    user.refresh_from_db()
    assert answers == {"/en/": THREADS // 4}
    assert set(stored_record_of(user).units) == saved.units
    assert rebuild(learners=[user.learner], write=False) == []
    assert list(Learner.objects.all()) == [user.learner]


@pytest.fixture
def quiz_course() -> FixtureCourse:
    return make_course()


def test_attempts_that_are_answered_and_handed_in_while_they_move_are_whole(quiz_course: FixtureCourse) -> None:
    quiz_key = quiz_course.quizzes["marketing"].quiz_key
    user, devices = make_user(), [make_visitor() for _ in range(2)]
    attempts = [start_attempt(learner=device, quiz_key=quiz_key, now=NOW) for device in devices]
    questions = attempts[0].version.questions
    saved: list[tuple[int, str]] = []

    def act(number: int) -> None:
        place = number % 2
        attempt, device = attempts[place], devices[place]
        try:
            match number // 2 % 4:
                case 0:
                    question = questions[number // 8 % len(questions)]
                    right = {question.id: whole(*question.right_ids)}
                    save_answers(attempt=attempt, responses=right, language="en", now=NOW)
                    saved.append((place, question.id))
                case 1:
                    submit_attempt(attempt_id=attempt.pk, learner=device, now=NOW)
                case _:
                    join(device=device, user=user, goes_on={quiz_key: True}, now=NOW)
        except (RecordGoneError, AlreadyHandedInError, Attempt.DoesNotExist):
            return

    at_once(act, 32)
    user.refresh_from_db()
    kept = list(Attempt.objects.order_by("number"))
    assert [(attempt.number, attempt.learner) for attempt in kept] == [(1, user.learner), (2, user.learner)]
    for place, attempt in enumerate(attempts):
        assert {question for where, question in saved if where == place} == set(parts_in(attempt))
    finished = [attempt for attempt in kept if attempt.submitted_at]
    assert QuizState.objects.filter(quiz_key=quiz_key, attempts=len(finished)).exists() is bool(finished)
    assert rebuild(learners=[user.learner], write=False) == []


def test_record_that_is_erased_while_it_is_saved_to_leaves_nothing(quiz_course: FixtureCourse) -> None:
    quiz_key = quiz_course.quizzes["marketing"].quiz_key
    device = make_visitor()
    attempt = start_attempt(learner=device, quiz_key=quiz_key, now=NOW)
    question = attempt.version.questions[0]

    def act(number: int) -> None:
        try:
            if number % 8 == 0:
                erase(learner=device)
            elif number % 2:
                right = {question.id: whole(*question.right_ids)}
                save_answers(attempt=attempt, responses=right, language="en", now=NOW)
            else:
                record_answers(learner=device, page_key=UNITS[0], answers={f"q{number}": True}, now=NOW)
        except RecordGoneError:
            return

    at_once(act, 32)
    assert [model.objects.count() for model in (Learner, Event, Attempt)] == [0, 0, 0]


def test_end_that_is_put_off_at_the_last_moment_holds() -> None:
    now = timezone.now()
    devices = [make_visitor() for _ in range(8)]
    Learner.objects.update(expires_at=now)
    saved: list[Learner] = []

    def act(number: int) -> None:
        if number % 4 == 0:
            erase_expired(now=now)
            return
        device = devices[number % 8]
        try:
            mark_read(learner=device, page_key=UNITS[number], now=now + dt.timedelta(seconds=1))
            saved.append(device)
        except RecordGoneError:
            return

    at_once(act, 32)
    assert set(Learner.objects.all()) == set(saved)
