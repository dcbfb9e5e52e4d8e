"""Letters to teams: what fell behind or waits, to those who agreed, in their language, and nothing twice."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from lessons.models import UnitPage
from openmuseums.mail.models import Letter
from openmuseums.people.models import User
from openmuseums.privacy.consents import give, withdraw
from openmuseums.translation.digests import writing
from openmuseums.translation.digests.writing import PURPOSE, write_digests
from openmuseums.translation.models import Team
from openmuseums.translation.review.submitting import submit_translation
from tests.factories import NOW, FixtureCourse, make_course_in, make_translation
from tests.translation.teams_of_tests import make_reviewer, make_team, make_translator, translate

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def team(course: FixtureCourse) -> Team:
    return make_team(course, above=course.part)


@pytest.fixture
def unit(course: FixtureCourse, team: Team) -> Any:
    make_translation(course.units["online-safety"], "nl")
    return course.units["online-safety"]


def agreeing(person: User) -> User:
    """Have somebody have a confirmed address and agree to letters."""
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"primary": True, "verified": True})
    give(user=person, key=PURPOSE, language="en", now=NOW)
    return person


def reword(unit: Any, text: str) -> None:
    page = UnitPage.objects.get(pk=unit.pk)
    page.lead = text
    page.save_revision().publish()


def later(days: int = 1) -> dt.datetime:
    return timezone.now() + days * DAY


def test_team_is_told_once_what_fell_behind(unit: Any, team: Team) -> None:
    person = agreeing(make_translator(team, name="Ada"))
    assert write_digests(later()) == "Letters to teams: 0."
    reword(unit, "Another lead altogether.")
    assert write_digests(later()) == "Letters to teams: 1."
    assert write_digests(later(2)) == "Letters to teams: 0."
    letter = Letter.objects.get()
    assert (letter.account, letter.subject) == (person, "Translations: something new for Partner nl")
    assert f"- {unit.title} (new)\n" in letter.text
    assert "http://127.0.0.1:8000/admin/translation/?language=nl" in letter.text
    assert letter.stop_url


def test_what_was_told_is_not_new_beside_what_is(course: FixtureCourse, unit: Any, team: Team) -> None:
    agreeing(make_translator(team))
    reword(unit, "Another lead altogether.")
    write_digests(timezone.now())
    part = type(course.part).objects.get(pk=course.part.pk)
    part.opening = "<p>Quite another beginning.</p>"
    part.save_revision().publish()
    assert write_digests(later()) == "Letters to teams: 1."
    text = Letter.objects.latest("queued_at").text
    assert (f"- {part.title} (new)\n" in text, f"- {unit.title}\n" in text) == (True, True)


def test_nobody_is_told_where_less_is_behind_than_before(course: FixtureCourse, unit: Any, team: Team) -> None:
    agreeing(make_translator(team))
    before = unit.lead
    reword(unit, "Another lead altogether.")
    part = type(course.part).objects.get(pk=course.part.pk)
    part.opening = "<p>Quite another beginning.</p>"
    part.save_revision().publish()
    assert write_digests(timezone.now()) == "Letters to teams: 1."
    reword(unit, before)
    assert write_digests(later()) == "Letters to teams: 0."


def test_reviewers_alone_are_told_what_waits(unit: Any, team: Team) -> None:
    translator, reviewer = agreeing(make_translator(team)), agreeing(make_reviewer(team))
    translate(unit, "nl", mark=" 2")
    submit_translation(page_key=unit.translation_key, language="nl", person=translator)
    assert write_digests(later()) == "Letters to teams: 1."
    letter = Letter.objects.get()
    assert (letter.account, "wait for your review" in letter.text) == (reviewer, True)


def test_letter_is_in_the_language_of_the_person(course: FixtureCourse, unit: Any, team: Team) -> None:
    make_course_in(course, "nl", without=(course.course, course.part, unit, course.home))
    agreeing(make_translator(team, language="nl"))
    reword(unit, "Another lead altogether.")
    write_digests(later())
    assert Letter.objects.get().language == "nl"


@pytest.mark.parametrize("fault", ["never agreed", "withdrew", "inactive", "unconfirmed", "another team"])
def test_who_did_not_agree_or_cannot_be_written_to_is_told_nothing(
    course: FixtureCourse, unit: Any, team: Team, fault: str
) -> None:
    person = make_translator(make_team(course, "el") if fault == "another team" else team)
    if fault != "never agreed":
        agreeing(person)
    if fault == "withdrew":
        withdraw(user=person, key=PURPOSE, now=NOW)
    if fault == "inactive":
        User.objects.filter(pk=person.pk).update(is_active=False)
    if fault == "unconfirmed":
        EmailAddress.objects.update(verified=False)
    reword(unit, "Another lead altogether.")
    assert write_digests(later()) == "Letters to teams: 0."


def test_two_clocks_write_once(unit: Any, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    agreeing(make_translator(team))
    reword(unit, "Another lead altogether.")
    look = writing.news_for

    def look_while_another_writes(asked: Team) -> Any:
        monkeypatch.setattr(writing, "news_for", look)
        found = look(asked)
        assert write_digests(later()) == "Letters to teams: 1."
        return found

    monkeypatch.setattr(writing, "news_for", look_while_another_writes)
    assert write_digests(later()) == "Letters to teams: 0."
    assert Letter.objects.count() == 1
