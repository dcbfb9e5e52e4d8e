"""Letters the day before a session: to those who agreed, in their language, once."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from openmuseums.clock.duties import all_duties
from openmuseums.mail.models import Letter
from openmuseums.privacy.consents import give, purposes, withdraw
from openmuseums.trainers.cohorts.managing import archive
from openmuseums.trainers.joining.acts import leave
from openmuseums.trainers.models import Session
from openmuseums.trainers.sessions import reminding
from openmuseums.trainers.sessions.arranging import cancel_session, change_session
from openmuseums.trainers.sessions.reminding import PURPOSE, remind_of_sessions
from tests.factories import NOW, make_course_in, make_trainer, make_user
from tests.together import run_together
from tests.trainers.making import make_cohort, take_part
from tests.trainers.sessions.making import STARTS, make_session, plan_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DUE = STARTS - DAY


def who_takes_part(cohort, *, agrees: bool = True, is_confirmed: bool = True, **fields):
    account = make_user(**fields)
    if account.email:
        EmailAddress.objects.update_or_create(
            user=account, email=account.email, defaults={"primary": True, "verified": is_confirmed}
        )
    if agrees:
        give(user=account, key=PURPOSE, language="en", now=NOW)
    take_part(cohort, account)
    return account


def letters() -> list[str]:
    return sorted(Letter.objects.values_list("address", flat=True))


def test_letter_says_when_and_where_in_the_time_of_the_place(course):
    cohort = make_cohort(name="Museums of the coast")
    account = who_takes_part(cohort, name="Ada")
    make_session(cohort, title="Who <is> there?")
    assert remind_of_sessions(DUE) == "Reminded: 1."
    letter = Letter.objects.get()
    assert (letter.account, letter.subject) == (account, "Who <is> there?: 10 November 2026, 14:00")
    assert "Tuesday, 10 November 2026, 14:00 – 16:00 (Europe/Amsterdam)" in letter.text
    assert "Kazerneplein 1, Naarden" in letter.text
    assert "Your group “Museums of the coast” meets soon:" in letter.text
    assert "http://127.0.0.1:8000/en/groups/calendar/" in letter.text
    assert "Who &lt;is&gt; there?" in letter.html
    assert letter.stop_url != ""


def test_letter_is_in_the_language_of_each(course):
    make_course_in(course, "nl")
    cohort = make_cohort()
    who_takes_part(cohort, language="nl")
    who_takes_part(cohort, language="en")
    make_session(cohort)
    remind_of_sessions(DUE)
    told = {letter.language: "10 november 2026" in letter.text for letter in Letter.objects.all()}
    assert told == {"nl": True, "en": False}
    assert "/nl/groups/calendar/" in Letter.objects.get(language="nl").text


def test_letter_goes_to_nobody_else(course):
    cohort = make_cohort()
    agreed = who_takes_part(cohort)
    who_takes_part(cohort, agrees=False)
    who_takes_part(cohort, is_confirmed=False)
    who_takes_part(cohort, email=None, username="slip")
    withdraw(user=who_takes_part(cohort), key=PURPOSE, now=NOW)
    gone = who_takes_part(cohort)
    leave(participation=gone.participations.get(), now=NOW)
    closed = who_takes_part(cohort)
    closed.is_active = False
    closed.save()
    who_takes_part(make_cohort())
    make_session(cohort)
    remind_of_sessions(DUE)
    assert letters() == [agreed.email]


def test_letter_is_written_once_and_within_a_day_before(course):
    cohort = make_cohort()
    who_takes_part(cohort)
    session = make_session(cohort)
    assert remind_of_sessions(DUE - dt.timedelta(seconds=1)) == "Reminded: 0."
    assert remind_of_sessions(DUE) == "Reminded: 1."
    assert Session.objects.get().reminded_at == DUE
    assert remind_of_sessions(DUE + DAY / 2) == "Reminded: 0."
    later = plan_of(starts_at=STARTS + 3 * DAY)
    change_session(session=session, plan=later, by=make_trainer(), now=DUE)
    assert remind_of_sessions(DUE + 3 * DAY) == "Reminded: 0."


def test_nobody_is_reminded_of_what_has_begun_was_cancelled_or_is_in_the_archive(course):
    begun, cancelled, archived = (make_cohort() for _number in range(3))
    for cohort in (begun, cancelled, archived):
        who_takes_part(cohort)
    by = make_trainer()
    make_session(begun, starts_at=DUE)
    cancel_session(session=make_session(cancelled), by=by, now=NOW)
    make_session(archived)
    archive(cohort=archived, by=by, now=NOW)
    assert remind_of_sessions(DUE) == "Reminded: 0."


def test_a_wrong_address_keeps_no_letter_from_the_others(course):
    cohort = make_cohort()
    wrong = who_takes_part(cohort)
    type(wrong).objects.filter(pk=wrong.pk).update(email="no address")
    right = who_takes_part(cohort)
    make_session(cohort)
    assert remind_of_sessions(DUE) == "Reminded: 1."
    assert letters() == [right.email]


def test_clock_that_dies_half_way_has_written_to_nobody(course, monkeypatch):
    cohort = make_cohort()
    for _number in range(2):
        who_takes_part(cohort)
    make_session(cohort)
    write = reminding._write

    def die_at_the_second(session, account, now):
        if Letter.objects.exists():
            raise SystemExit
        return write(session, account, now)

    monkeypatch.setattr(reminding, "_write", die_at_the_second)
    with pytest.raises(SystemExit):
        remind_of_sessions(DUE)
    assert letters() == []
    monkeypatch.setattr(reminding, "_write", write)
    assert remind_of_sessions(DUE) == "Reminded: 2."


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_write_one_letter(course):
    cohort = make_cohort()
    who_takes_part(cohort)
    make_session(cohort)
    told = run_together([lambda: remind_of_sessions(DUE)] * 2)
    assert (sorted(told), len(mail.outbox)) == (["Reminded: 0.", "Reminded: 1."], 1)


def test_those_who_take_part_are_asked_and_others_are_not(course):
    (purpose,) = (found for found in purposes() if found.key == PURPOSE)
    cohort = make_cohort()
    row = take_part(cohort)
    assert purpose.is_offered_to(row.account)
    assert not purpose.is_offered_to(make_user())
    assert "trainers.session-reminders" in {duty.name for duty in all_duties()}
