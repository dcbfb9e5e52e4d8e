"""Two records that become one: nothing is lost, nothing counts twice, and nobody is asked twice."""

import datetime as dt
import random
import uuid
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from openmuseums.learners.joining import join
from openmuseums.learners.models import AnswerState, Event, Learner, QuizState, RecordGoneError, UnitState
from openmuseums.learners.projection import Record, UnitRead, fold, rebuild, stored_record, stored_record_of
from openmuseums.learners.recording import enrol, mark_read, mark_unread, record_answers, record_quiz_finished
from openmuseums.people.arrivals import next_stop
from openmuseums.people.models import User
from quizzes.attempts.taking import start_attempt
from quizzes.models import QuizPage
from tests.factories import NOW, FixtureCourse, make_learner, make_user, make_visitor

NAME = settings.RECORD_COOKIE_NAME
JOIN = "/en/learning/join/"
UNITS = [uuid.UUID(int=number) for number in range(1, 5)]
QUIZ = uuid.UUID(int=11)
DAY = dt.timedelta(days=1)


@pytest.fixture
def visitor(db: None) -> Learner:
    return make_visitor()


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    return course.quizzes["marketing"]


def add(device: Learner, user: User) -> None:
    join(device=device, user=user, goes_on={}, now=NOW + 9 * DAY)


def is_sound(user: User) -> bool:
    """Return whether what is kept of an account is what follows from its events."""
    return rebuild(learners=[user.learner], write=False) == []


def test_join_makes_the_devices_record_the_accounts(visitor: Learner, user: User) -> None:
    mark_read(learner=visitor, page_key=UNITS[0], now=NOW)
    record_answers(learner=visitor, page_key=UNITS[1], answers={"q": True}, chosen={"q": {"a"}}, now=NOW + DAY)
    record_quiz_finished(learner=visitor, page_key=QUIZ, points=2, points_possible=4, passed=False, now=NOW + 2 * DAY)
    before = stored_record(visitor)
    occurred = list(visitor.events.order_by("id").values_list("kind", "occurred_at"))
    add(visitor, user)
    assert Learner.objects.get() == user.learner
    assert stored_record_of(user) == before
    assert list(user.learner.events.order_by("id").values_list("kind", "occurred_at")) == occurred
    assert Learner.objects.get().started_at == NOW
    assert is_sound(user)


def test_reads_are_those_of_both_and_the_earliest_counts(visitor: Learner, user: User) -> None:
    account = make_learner(user)
    mark_read(learner=account, page_key=UNITS[0], now=NOW + DAY)
    mark_read(learner=account, page_key=UNITS[1], now=NOW)
    mark_read(learner=visitor, page_key=UNITS[0], now=NOW)
    mark_read(learner=visitor, page_key=UNITS[1], now=NOW + DAY)
    mark_read(learner=visitor, page_key=UNITS[2], now=NOW + DAY)
    add(visitor, user)
    assert stored_record_of(user).units == {
        UNITS[0]: UnitRead(NOW),
        UNITS[1]: UnitRead(NOW),
        UNITS[2]: UnitRead(NOW + DAY),
    }
    assert is_sound(user)


@pytest.mark.parametrize("taken_back", [NOW, NOW + 5 * DAY], ids=["earlier", "later"])
def test_unit_that_the_account_took_back_is_read_where_the_visitor_read_it(
    visitor: Learner, user: User, taken_back: dt.datetime
) -> None:
    account = make_learner(user)
    mark_read(learner=account, page_key=UNITS[0], now=NOW - DAY)
    mark_unread(learner=account, page_key=UNITS[0], now=taken_back)
    mark_read(learner=visitor, page_key=UNITS[0], now=NOW + DAY)
    add(visitor, user)
    assert stored_record_of(user).units == {UNITS[0]: UnitRead(NOW + DAY)}
    assert is_sound(user)


def test_unit_that_the_visitor_took_back_stays_read_in_the_account(visitor: Learner, user: User) -> None:
    account = make_learner(user)
    mark_read(learner=account, page_key=UNITS[0], now=NOW)
    for unit in UNITS[:2]:
        mark_read(learner=visitor, page_key=unit, now=NOW + DAY)
        mark_unread(learner=visitor, page_key=unit, now=NOW + 2 * DAY)
    for act in (mark_read, mark_unread, mark_read):
        act(learner=visitor, page_key=UNITS[2], now=NOW + 3 * DAY)
    add(visitor, user)
    assert stored_record_of(user).units == {UNITS[0]: UnitRead(NOW), UNITS[2]: UnitRead(NOW + 3 * DAY)}
    assert is_sound(user)


@pytest.mark.parametrize("visitor_first", [True, False])
def test_answers_are_right_once_right_and_the_last_choice_is_shown(
    visitor: Learner, user: User, *, visitor_first: bool
) -> None:
    account = make_learner(user)
    first, last = (visitor, account) if visitor_first else (account, visitor)
    record_answers(learner=first, page_key=UNITS[0], answers={"q": True}, chosen={"q": {"right"}}, now=NOW)
    record_answers(learner=last, page_key=UNITS[0], answers={"q": False}, chosen={"q": {"wrong"}}, now=NOW + DAY)
    add(visitor, user)
    answer = AnswerState.objects.get()
    assert (answer.right, answer.answered_at, answer.chosen, answer.chosen_at) == (True, NOW, ["wrong"], NOW + DAY)
    assert is_sound(user)


def test_results_of_both_count_and_the_best_and_earliest_hold(visitor: Learner, user: User) -> None:
    account = make_learner(user)
    for learner, points, day in ((account, 3, 2), (visitor, 4, 1), (visitor, 1, 0)):
        record_quiz_finished(
            learner=learner, page_key=QUIZ, points=points, points_possible=4, passed=points > 2, now=NOW + day * DAY
        )
    add(visitor, user)
    state = QuizState.objects.get()
    assert (state.attempts, state.best_points, state.passed_at) == (3, 4, NOW + DAY)
    assert is_sound(user)


def test_join_a_second_time_changes_nothing(visitor: Learner, user: User) -> None:
    mark_read(learner=visitor, page_key=UNITS[0], now=NOW)
    add(visitor, user)
    events = Event.objects.count()
    with pytest.raises(RecordGoneError):
        add(visitor, user)
    assert (Event.objects.count(), Learner.objects.count()) == (events, 1)


def test_record_of_another_account_is_never_joined(user: User) -> None:
    other = make_learner()
    mark_read(learner=other, page_key=UNITS[0], now=NOW)
    with pytest.raises(RecordGoneError):
        add(other, user)
    assert stored_record(other).units == {UNITS[0]: UnitRead(NOW)}
    assert not Learner.objects.filter(account=user).exists()


def test_two_devices_become_one_account(user: User) -> None:
    for number in range(2):
        device = make_visitor()
        mark_read(learner=device, page_key=UNITS[number], now=NOW)
        record_quiz_finished(learner=device, page_key=QUIZ, points=1, points_possible=2, passed=False, now=NOW)
        add(device, user)
    assert set(stored_record_of(user).units) == set(UNITS[:2])
    assert (QuizState.objects.get().attempts, Learner.objects.count()) == (2, 1)
    assert is_sound(user)


def test_what_many_records_become_is_what_follows_from_their_events(db: None) -> None:
    """What was read in any is read; every attempt counts; and nothing depends on who was first."""
    chance = random.Random(20261121)  # noqa: S311 - a test of records, not of secrets
    for _ in range(25):
        user, devices = make_user(), [make_visitor() for _ in range(2)]
        records = [make_learner(user), *devices]
        for step in range(30):
            learner, unit, now = chance.choice(records), chance.choice(UNITS), NOW + step * dt.timedelta(hours=1)
            match chance.choice(["read", "unread", "answer", "quiz", "enrol"]):
                case "read":
                    mark_read(learner=learner, page_key=unit, now=now)
                case "unread":
                    mark_unread(learner=learner, page_key=unit, now=now)
                case "answer":
                    record_answers(learner=learner, page_key=unit, answers={"q": chance.random() < 0.5}, now=now)
                case "quiz":
                    points = chance.randint(0, 4)
                    record_quiz_finished(
                        learner=learner, page_key=QUIZ, points=points, points_possible=4, passed=points > 2, now=now
                    )
                case "enrol":
                    enrol(learner=learner, course_key=uuid.UUID(int=99), now=now)
        read = set().union(*(stored_record(learner).units for learner in records))
        attempts = Event.objects.filter(learner__in=records, kind="quiz-finished").count()
        for device in devices:
            join(device=device, user=user, goes_on={}, now=NOW + 9 * DAY)
        record = stored_record_of(user)
        assert (set(record.units), is_sound(user)) == (read, True)
        assert (record.quizzes[QUIZ].attempts if attempts else 0) == attempts
        assert record == fold(Record(), user.learner.events.order_by("id"))


# What somebody sees of it.


@pytest.fixture
def device(client: Client, course: FixtureCourse) -> Learner:
    """Return the record on the browser's device, which has something in it."""
    client.post("/en/begin/")
    client.post(f"/en/learning/units/{course.units['digital-strategy'].translation_key}/read/")
    return Learner.objects.get()


def asked(client: Client, user: User) -> str | None:
    """Return where a sign-in with this browser leads to before my learning."""
    request = client.get("/en/my-learning/").wsgi_request
    return next_stop(request, user, "/en/my-learning/")


def test_sign_in_leads_to_the_question_what_becomes_of_the_record(client: Client, device: Learner, user: User) -> None:
    assert asked(client, user) == f"{JOIN}?next=%2Fen%2Fmy-learning%2F"


def test_sign_in_asks_nothing_of_a_record_with_nothing_in_it(client: Client, course: object, user: User) -> None:
    client.post("/en/begin/")
    assert asked(client, user) is None


def test_sign_in_asks_nothing_where_the_device_has_no_record(client: Client, course: object, user: User) -> None:
    assert asked(client, user) is None


def test_question_says_what_is_on_the_device_and_changes_nothing(client: Client, device: Learner, user: User) -> None:
    client.force_login(user)
    html = client.get(JOIN, {"next": "/en/open-museums/"}).content.decode()
    assert "1 unit marked as read" in html
    assert 'name="next" value="/en/open-museums/"' in html
    assert (Learner.objects.get(), Learner.objects.get().account) == (device, None)


def test_yes_adds_the_record_and_leads_on(client: Client, device: Learner, user: User) -> None:
    client.force_login(user)
    response = client.post(JOIN, {"what": "join", "next": "/en/my-learning/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/en/my-learning/")
    assert response.cookies[NAME]["max-age"] == 0
    assert "1 of 5 units read" in client.get("/en/my-learning/").content.decode()
    assert client.post(JOIN, {"what": "join"}).headers["Location"] == "/en/my-learning/"
    assert UnitState.objects.get().learner.account == user


def test_no_leaves_it_on_the_device_and_is_asked_once_a_session(client: Client, device: Learner, user: User) -> None:
    client.force_login(user)
    response = client.post(JOIN, {"what": "leave", "next": "/en/open-museums/"})
    assert (response.headers["Location"], NAME in response.cookies) == ("/en/open-museums/", False)
    assert asked(client, user) is None
    assert (Learner.objects.get(), Learner.objects.get().account) == (device, None)
    client.post("/en/sign-out/")
    assert "1 of 5 units read" in client.get("/en/my-learning/").content.decode()
    assert asked(client, user) is not None


def test_erase_takes_it_from_the_device_and_gives_the_account_nothing(
    client: Client, device: Learner, user: User
) -> None:
    client.force_login(user)
    response = client.post(JOIN, {"what": "erase"})
    assert (response.headers["Location"], response.cookies[NAME]["max-age"]) == ("/en/my-learning/", 0)
    assert (Learner.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize("what", ["", "everything"])
def test_answer_that_is_none_is_asked_again(client: Client, device: Learner, user: User, what: str) -> None:
    client.force_login(user)
    assert client.post(JOIN, {"what": what}).status_code == 200
    assert Learner.objects.get() == device


def test_question_is_for_who_is_signed_in_and_has_a_record_here(client: Client, device: Learner, user: User) -> None:
    assert client.post(JOIN, {"what": "join"}).headers["Location"] == "/en/account/sign-in/?next="
    other = Client()
    other.force_login(user)
    assert other.post(JOIN, {"what": "erase", "next": "/en/"}).headers["Location"] == "/en/"
    assert (Learner.objects.get(), Event.objects.count()) == (device, 2)


def test_question_needs_a_token_and_leads_to_no_foreign_address(client: Client, device: Learner, user: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    strict.force_login(user)
    assert strict.post(JOIN, {"what": "join"}).status_code == 403
    response = client.post(JOIN, {"what": "leave", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/en/my-learning/"


def test_quiz_begun_in_both_is_asked_about(client: Client, device: Learner, user: User, quiz: QuizPage) -> None:
    account = make_learner(user)
    theirs, ours = (start_attempt(learner=found, quiz_key=quiz.quiz_key, now=NOW) for found in (device, account))
    client.force_login(user)
    response = client.post(JOIN, {"what": "join"})
    html = response.content.decode()
    assert (response.status_code, Learner.objects.count()) == (422, 2)
    assert "Choose which one you go on with." in html
    first = f'id="id_open-{quiz.quiz_key}_0"'
    assert (html.count(first), f'href="#id_open-{quiz.quiz_key}_0"' in html) == (1, True)
    assert client.post(JOIN, {"what": "join", f"open-{quiz.quiz_key}": "account"}).status_code == 302
    for attempt in (theirs, ours):
        attempt.refresh_from_db()
    assert (ours.submitted_at, theirs.submitted_at is not None, theirs.learner) == (None, True, account)


def test_record_joined_in_another_tab_meanwhile_leads_on(
    client: Client, device: Learner, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(user)

    def late(**kwargs: object) -> None:
        join(**kwargs)  # type: ignore[arg-type]
        join(**kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("openmuseums.learners.joining_views.join", late)
    response = client.post(JOIN, {"what": "join", "next": "/en/"})
    assert (response.headers["Location"], response.cookies[NAME]["max-age"]) == ("/en/", 0)
    assert Event.objects.filter(learner__account=user, kind="unit-read").count() == 1


def test_questions_cost_as_much_however_much_was_done(
    client: Client, device: Learner, user: User, django_assert_num_queries: Callable
) -> None:
    client.force_login(user)
    client.get(JOIN)
    record_answers(learner=device, page_key=UNITS[0], answers={f"q{n}": True for n in range(30)}, now=timezone.now())
    # The session, the account, the device's record; what is open in both (the account has no record); the outline is at
    # hand; what is kept, and the open attempts.
    with django_assert_num_queries(3 + 1 + 1 + 1):
        client.get(JOIN)
