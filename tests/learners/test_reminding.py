"""Letters to people who stopped half way and agreed: in their language, seldom, and not once they are through."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from openmuseums.learners import reminding
from openmuseums.learners.models import Learner
from openmuseums.learners.outline import get_outline
from openmuseums.learners.recording import learner_of, mark_read, record_quiz_finished
from openmuseums.learners.reminding import PURPOSE, remind_due
from openmuseums.mail.delivering import deliver_due
from openmuseums.mail.models import Letter
from openmuseums.people.models import User
from openmuseums.privacy.consents import give, withdraw
from tests.factories import NOW, FixtureCourse, in_language, make_course_in, make_user

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
LATER = NOW + 14 * DAY


def who_began(*, agrees: bool = True, is_confirmed: bool = True, **fields: Any) -> User:
    """Make somebody who has read the first unit."""
    user = make_user(**fields)
    if user.email:
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"primary": True, "verified": is_confirmed}
        )
    if agrees:
        give(user=user, key=PURPOSE, language="en", now=NOW)
    outline = get_outline()
    assert outline is not None
    mark_read(learner=learner_of(user=user, now=NOW), page_key=outline.steps[0].page_key, now=NOW)
    return user


def test_reminder_says_the_next_step_to_who_agreed(course: FixtureCourse) -> None:
    user = who_began(name="Ada")
    assert remind_due(LATER) == "Reminded: 1."
    letter = Letter.objects.get()
    outline = get_outline()
    assert outline is not None
    step = outline.steps[1]
    assert (letter.account, letter.subject) == (user, f"Your next step: {step.title}")
    assert f"http://127.0.0.1:8000{step.url}\n" in letter.text
    assert f'href="http://127.0.0.1:8000{step.url}"' in letter.html
    assert "Hello Ada," in letter.text
    assert f"1 step of {len(outline.steps)} is done." in letter.text
    deliver_due(LATER)
    assert "List-Unsubscribe" in mail.outbox[0].message()


def test_reminder_is_in_the_language_of_the_person(course: FixtureCourse) -> None:
    make_course_in(course, "nl")
    who_began(language="nl")
    remind_due(LATER)
    letter = Letter.objects.get()
    assert (letter.language, in_language(list(course.units.values())[1].title, "nl") in letter.text) == ("nl", True)
    assert "/nl/open-museums/" in letter.text


def test_nobody_is_reminded_before_two_weeks_without_an_act(course: FixtureCourse) -> None:
    user = who_began()
    assert remind_due(LATER - dt.timedelta(seconds=1)) == "Reminded: 0."
    mark_read(
        learner=learner_of(user=user, now=NOW), page_key=list(course.units.values())[1].translation_key, now=NOW + DAY
    )
    assert remind_due(LATER) == "Reminded: 0."
    assert remind_due(LATER + DAY) == "Reminded: 1."


def test_nobody_is_reminded_more_than_once_a_month(course: FixtureCourse) -> None:
    who_began()
    assert remind_due(LATER) == "Reminded: 1."
    assert remind_due(LATER + 29 * DAY) == "Reminded: 0."
    assert remind_due(LATER + 30 * DAY) == "Reminded: 1."
    assert Learner.objects.get().reminded_at == LATER + 30 * DAY


@pytest.mark.parametrize(
    "fields",
    [
        {"agrees": False},
        {"is_active": False},
        {"is_confirmed": False},
        {"email": None, "username": "ada"},
    ],
)
def test_nobody_is_reminded_who_did_not_agree_or_cannot_be(course: FixtureCourse, fields: dict[str, Any]) -> None:
    who_began(**fields)
    assert remind_due(LATER) == "Reminded: 0."


def test_nobody_is_reminded_after_a_change_of_mind(course: FixtureCourse) -> None:
    user = who_began()
    remind_due(LATER)
    withdraw(user=user, key=PURPOSE, now=LATER)
    assert deliver_due(LATER) == "Letters sent: 0; not sent: 0; waiting: 0."
    assert remind_due(LATER + 40 * DAY) == "Reminded: 0."


def test_nobody_is_reminded_once_the_course_is_done(course: FixtureCourse) -> None:
    user = who_began()
    learner = learner_of(user=user, now=NOW)
    outline = get_outline()
    assert outline is not None
    for chapter in outline.chapters:
        for unit in chapter.units:
            mark_read(learner=learner, page_key=unit.page_key, now=NOW)
        if chapter.quiz:
            key = chapter.quiz.page_key
            record_quiz_finished(learner=learner, page_key=key, points=4, points_possible=4, passed=True, now=NOW)
    assert remind_due(LATER) == "Reminded: 0."


def test_two_clocks_remind_once(course: FixtureCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    who_began()
    look = reminding.stored_record

    def look_while_another_reminds(learner: Learner) -> Any:
        monkeypatch.setattr(reminding, "stored_record", look)
        assert remind_due(LATER) == "Reminded: 1."
        return look(learner)

    monkeypatch.setattr(reminding, "stored_record", look_while_another_reminds)
    assert remind_due(LATER) == "Reminded: 0."
    assert Letter.objects.count() == 1
