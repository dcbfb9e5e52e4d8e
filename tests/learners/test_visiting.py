"""A visitor's record: begun on a device, renewed, and gone when its time is up or somebody says so."""

import datetime as dt
import uuid

import pytest
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmuseums.learners.models import AnswerState, Event, Learner, UnitState
from openmuseums.learners.recording import mark_read
from openmuseums.learners.visiting import SALT
from openmuseums.people.models import User
from quizzes.models import Attempt
from tests.factories import NOW, FixtureCourse, make_translation, make_user

NAME = settings.RECORD_COOKIE_NAME
BEGIN, AFRESH, RENEW = "/en/begin/", "/en/learning/start-afresh/", "/en/learning/still-me/"
TIME = dt.timedelta(days=30)


def begun(client: Client) -> Learner:
    """Keep a record on the browser's device and return it."""
    client.post(BEGIN)
    return Learner.objects.get(account=None)


def nearly(moment: dt.datetime | None, expected: dt.datetime) -> bool:
    return moment is not None and abs(moment - expected) < dt.timedelta(minutes=5)


def until_tomorrow(learner: Learner) -> None:
    """Have a record stand for a day more, as if nothing had been saved for long."""
    Learner.objects.filter(pk=learner.pk).update(expires_at=timezone.now() + dt.timedelta(days=1))


def read_address(course: FixtureCourse) -> str:
    return f"/en/learning/units/{course.units['digital-strategy'].translation_key}/read/"


def test_begin_says_what_is_kept_and_keeps_nothing_before_it_is_pressed(client: Client, course: FixtureCourse) -> None:
    response = client.get(BEGIN, {"next": "/en/open-museums/"})
    html = response.content.decode()
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert list(response.cookies) == [settings.CSRF_COOKIE_NAME]
    assert 'name="next" value="/en/open-museums/"' in html
    assert "It is erased 30 days after you last saved something" in html
    assert not Learner.objects.exists()


def test_begin_keeps_a_record_in_a_cookie_that_scripts_cannot_read(client: Client, course: FixtureCourse) -> None:
    response = client.post(BEGIN, {"next": "/en/open-museums/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/en/open-museums/")
    learner = Learner.objects.get()
    assert (learner.account, nearly(learner.expires_at, timezone.now() + TIME)) == (None, True)
    cookie = response.cookies[NAME]
    assert signing.Signer(salt=SALT).unsign(cookie.value) == str(learner.pk)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"], cookie["domain"]) == (
        True,
        "Lax",
        "/",
        30 * 24 * 60 * 60,
        "",
    )


def test_cookie_is_sent_over_https_alone_where_sessions_are(client: Client, course: FixtureCourse, settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    assert client.post(BEGIN).cookies[NAME]["secure"] is True


def test_begin_leads_to_no_foreign_address(client: Client, course: FixtureCourse) -> None:
    assert client.post(BEGIN, {"next": "https://evil.example/"}).headers["Location"] == "/en/my-learning/"


def test_begin_a_second_time_goes_on_with_the_record(client: Client, course: FixtureCourse) -> None:
    learner = begun(client)
    assert client.post(BEGIN, {"next": "/en/"}).headers["Location"] == "/en/"
    assert client.get(BEGIN, {"next": "/en/"}).headers["Location"] == "/en/"
    assert Learner.objects.get() == learner


def test_begin_of_somebody_signed_in_makes_no_record_on_the_device(learner_client: Client, course: object) -> None:
    response = learner_client.post(BEGIN, {"next": "/en/"})
    assert (response.headers["Location"], NAME in response.cookies) == ("/en/", False)
    assert not Learner.objects.exists()


def test_begin_needs_a_token(course: FixtureCourse) -> None:
    client = Client(enforce_csrf_checks=True)
    assert [client.post(address).status_code for address in (BEGIN, AFRESH, RENEW)] == [403, 403, 403]
    assert not Learner.objects.exists()


def test_record_is_acted_on_as_an_account_is(client: Client, course: FixtureCourse) -> None:
    learner = begun(client)
    unit = course.units["digital-strategy"]
    client.post(read_address(course), {"next": unit.url})
    question = unit.body[3]
    client.post(
        reverse("lessons:self-check", args=[unit.translation_key, question.id]),
        {f"question-{question.id}": question.value["choices"].bound_blocks[0].id},
    )
    assert (UnitState.objects.get().learner, AnswerState.objects.get().learner) == (learner, learner)
    quiz = course.quizzes["marketing"]
    address = client.post(f"/en/quiz-attempts/start/{quiz.translation_key}/").headers["Location"]
    assert client.get(address).status_code == 200
    client.post(f"{address}review/")
    assert client.get(f"{address}result/").status_code == 200
    assert f"{address}result/" in client.get(quiz.url).content.decode()
    html = client.get("/en/my-learning/").content.decode()
    assert (Attempt.objects.get().learner, f"{address}result/" in html) == (learner, True)
    assert "1 of 5 units read" in html


def test_attempt_of_another_device_is_not_found(client: Client, course: FixtureCourse) -> None:
    begun(client)
    quiz = course.quizzes["marketing"]
    address = client.post(f"/en/quiz-attempts/start/{quiz.translation_key}/").headers["Location"]
    other = Client()
    other.post(BEGIN)
    assert [other.get(address).status_code, other.post(f"{address}review/").status_code] == [404, 404]
    assert Attempt.objects.get().submitted_at is None


def test_page_of_a_visitor_says_until_when_and_is_nobody_elses(client: Client, course: FixtureCourse) -> None:
    learner = begun(client)
    Learner.objects.update(expires_at=dt.datetime(2032, 3, 9, 12, tzinfo=dt.UTC))
    response = client.get(course.units["digital-strategy"].url)
    html = response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.cookies.get(NAME) is None
    assert "Your progress is kept on this device until 9 March 2032." in html
    assert (f'action="{RENEW}"' in html, f'href="{AFRESH}' in html) == (True, True)
    assert str(learner.pk) not in html


def test_date_is_written_as_the_language_does(client: Client, course: FixtureCourse) -> None:
    make_translation(course.course, "el")
    begun(client)
    Learner.objects.update(expires_at=dt.datetime(2032, 3, 9, 12, tzinfo=dt.UTC))
    assert "9 Μαρτίου 2032" in client.get("/el/open-museums/").content.decode()


def test_every_saved_act_puts_off_the_end_and_renews_the_cookie(client: Client, course: FixtureCourse) -> None:
    learner = begun(client)
    quiz = course.quizzes["marketing"]

    def put_off(address: str, **sent: str) -> str:
        until_tomorrow(learner)
        response = client.post(address, sent)
        learner.refresh_from_db()
        assert nearly(learner.expires_at, timezone.now() + TIME)
        assert response.cookies[NAME]["max-age"] == TIME.total_seconds()
        return response.headers["Location"]

    put_off(read_address(course))
    put_off(RENEW)
    attempt = put_off(f"/en/quiz-attempts/start/{quiz.translation_key}/")
    question = Attempt.objects.get().version.questions[0]
    put_off(attempt, **{f"question-{question.id}": question.choices[0].id, f"before-{question.id}": ""})
    put_off(f"{attempt}review/")


def test_reading_puts_nothing_off_and_sets_no_cookie(client: Client, course: FixtureCourse) -> None:
    learner = begun(client)
    until_tomorrow(learner)
    before = Learner.objects.get().expires_at
    for address in (course.course.url, course.units["digital-strategy"].url, "/en/my-learning/", AFRESH):
        response = client.get(address)
        assert (response.status_code, list(response.cookies)) in [(200, []), (200, [settings.CSRF_COOKIE_NAME])]
    assert Learner.objects.get().expires_at == before


@pytest.mark.parametrize("value", ["", "x", str(uuid.UUID(int=1)), f"{uuid.UUID(int=1)}:signature"])
def test_forged_cookie_is_no_record_and_is_taken_away(client: Client, course: FixtureCourse, value: str) -> None:
    Learner.objects.create(pk=uuid.UUID(int=1), started_at=NOW, expires_at=timezone.now() + TIME)
    client.cookies[NAME] = value
    response = client.get(course.course.url)
    assert "kept on this device" not in response.content.decode()
    assert "Keep my progress on this device" in response.content.decode()
    assert value == "" or response.cookies[NAME]["max-age"] == 0
    response = client.post(read_address(course), {"next": "/en/"})
    assert response.headers["Location"] == "/en/begin/?next=%2Fen%2F"
    assert not Event.objects.exists()


def signed(learner_id: object, *, salt: str = SALT) -> str:
    return signing.Signer(salt=salt).sign(str(learner_id))


def test_cookie_signed_for_something_else_is_no_record(client: Client, course: FixtureCourse) -> None:
    learner = Learner.objects.create(started_at=NOW, expires_at=timezone.now() + TIME)
    client.cookies[NAME] = signed(learner.pk, salt="another")
    assert client.get("/en/my-learning/").headers["Location"] == "/en/begin/?next=%2Fen%2Fmy-learning%2F"


def test_record_whose_time_is_up_is_none(client: Client, course: FixtureCourse) -> None:
    learner = begun(client)
    Learner.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    response = client.get("/en/my-learning/")
    assert (response.status_code, response.cookies[NAME]["max-age"]) == (302, 0)
    client.cookies[NAME] = signed(learner.pk)
    assert client.post(BEGIN).status_code == 302
    assert Learner.objects.count() == 2


def test_record_of_an_account_is_reached_by_no_cookie(client: Client, course: FixtureCourse) -> None:
    learner = Learner.objects.create(account=make_user(), started_at=NOW)
    client.cookies[NAME] = signed(learner.pk)
    response = client.get("/en/my-learning/")
    assert (response.status_code, response.cookies[NAME]["max-age"]) == (302, 0)


def test_record_on_the_device_waits_while_somebody_is_signed_in(
    client: Client, course: FixtureCourse, user: User
) -> None:
    waiting = begun(client)
    until_tomorrow(waiting)
    before = Learner.objects.get().expires_at
    client.force_login(user)
    response = client.post(read_address(course))
    assert (Event.objects.first().learner.account, NAME in response.cookies) == (user, False)
    assert "kept on this device" not in client.get(course.course.url).content.decode()
    assert Learner.objects.get(account=None).expires_at == before
    client.post("/en/sign-out/")
    assert "0 of 5 units read" in client.get("/en/my-learning/").content.decode()


def test_session_that_has_ended_leaves_the_device_its_record(client: Client, course: FixtureCourse) -> None:
    learner = begun(client)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-that-is-over"
    assert "kept on this device" in client.get(course.course.url).content.decode()
    client.post(read_address(course))
    assert UnitState.objects.get().learner == learner


def test_session_that_has_ended_offers_to_begin(client: Client, course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-that-is-over"
    html = client.get(unit.url).content.decode()
    begins = html.count(f'href="{BEGIN}?next=')
    client.cookies.clear()
    assert begins == client.get(unit.url).content.decode().count(f'href="{BEGIN}?next=') == 2
    assert ('type="radio"' in html, "Mark as read" in html) == (False, False)


def test_start_afresh_says_what_goes_and_erases_it_at_once(client: Client, course: FixtureCourse) -> None:
    begun(client)
    client.post(read_address(course))
    quiz = course.quizzes["marketing"]
    client.post(f"/en/quiz-attempts/start/{quiz.translation_key}/")
    html = client.get(AFRESH).content.decode()
    assert [words in html for words in ("1 unit marked as read", "questions answered")] == [True, False]
    assert Learner.objects.count() == 1
    response = client.post(AFRESH)
    assert (response.headers["Location"], response.cookies[NAME]["max-age"]) == (BEGIN, 0)
    assert [model.objects.count() for model in (Learner, Event, UnitState, Attempt)] == [0, 0, 0, 0]
    assert client.get(AFRESH).headers["Location"].startswith(BEGIN)
    assert client.post(AFRESH).headers["Location"] == BEGIN


def test_start_afresh_does_not_touch_the_record_of_who_is_signed_in(
    client: Client, course: FixtureCourse, user: User
) -> None:
    begun(client)
    Learner.objects.create(account=user, started_at=NOW)
    client.force_login(user)
    client.post(AFRESH)
    assert Learner.objects.count() == 2


def test_act_for_a_record_erased_meanwhile_is_not_said_to_be_saved(
    client: Client, course: FixtureCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(client)

    def late(**kwargs: object) -> None:
        Learner.objects.all().delete()
        mark_read(**kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr("openmuseums.learners.views.mark_read", late)
    response = client.post(read_address(course), {"next": "/en/open-museums/"})
    assert response.headers["Location"] == "/en/begin/?next=%2Fen%2Fopen-museums%2F"
    assert response.cookies[NAME]["max-age"] == 0


def test_visitor_keeps_the_language_in_the_cookie_of_the_way_in(client: Client, course: FixtureCourse) -> None:
    make_translation(course.course, "el")
    begun(client)
    response = client.post("/en/learning/language/", {"language": "el", "next": "/en/open-museums/"})
    assert response.headers["Location"] == "/el/open-museums/"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "el"
    assert client.get("/").headers["Location"] == "/el/"
    assert client.post("/en/learning/language/", {"language": "xx"}).status_code == 404


def test_record_belongs_to_an_account_or_ends(db: None) -> None:
    for fields in ({}, {"account": make_user(), "expires_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Learner.objects.create(started_at=NOW, **fields)
