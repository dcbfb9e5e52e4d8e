"""Calendars at secret addresses: whose sessions they show, to whom, and for how long."""

import datetime as dt

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from ical.calendar_stream import IcsCalendarStream

from openmuseums.privacy.erasing import erase
from openmuseums.privacy.registry import subject_of_account
from openmuseums.trainers.attendance.marking import note
from openmuseums.trainers.calendars.feeding import renew_cohort_feed, renew_own_feed
from openmuseums.trainers.cohorts.staffing import take_off
from openmuseums.trainers.joining.acts import leave
from openmuseums.trainers.models import Feed, Staff
from openmuseums.trainers.sessions.arranging import cancel_session, change_session
from openmuseums.trainers.sessions.moments import shown
from tests.factories import NOW, make_trainer, make_user, signed_in
from tests.together import run_together
from tests.trainers.making import make_cohort, take_part
from tests.trainers.sessions.making import make_public_session, make_session, plan_of

pytestmark = pytest.mark.django_db


def address_of(feed: Feed) -> str:
    return reverse("calendars:secret", args=[feed.token])


def shown_at(address: str) -> set[str]:
    """Return the ids of sessions that an address shows, as both libraries read it."""
    response = Client().get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = {str(event["UID"]) for event in icalendar.Calendar.from_ical(response.content).walk("VEVENT")}
    assert found == {event.uid for event in IcsCalendarStream.calendar_from_ics(response.content.decode()).events}
    return found


def test_calendar_of_a_person_shows_the_sessions_of_all_their_groups_and_no_others(course):
    account = make_user()
    mine, also_mine, left, theirs = (make_cohort() for _number in range(4))
    for cohort in (mine, also_mine, left):
        take_part(cohort, account)
    leave(participation=account.participations.get(cohort=left), now=NOW)
    sessions = [make_session(cohort) for cohort in (mine, also_mine)]
    for cohort in (left, theirs):
        make_session(cohort)
    make_public_session()
    feed = renew_own_feed(account=account, now=NOW)
    assert shown_at(address_of(feed)) == {str(session.pk) for session in sessions}
    cancel_session(session=sessions[0], by=make_trainer(), now=NOW)
    assert shown_at(address_of(feed)) == {str(session.pk) for session in sessions}


def test_address_is_made_anew_and_ended_by_its_owner_alone(course):
    account = make_user()
    client = signed_in(account)
    page = reverse("groups:calendar")
    assert "sessions.ics" not in client.get(page).content.decode()
    assert Feed.objects.count() == 0
    client.post(page, {"act": "renew"})
    first = Feed.objects.get(account=account)
    assert f"http://testserver{address_of(first)}" in client.get(page).content.decode()
    assert len(first.token) == 43
    client.post(page, {"act": "renew"})
    second = Feed.objects.get(account=account)
    assert Client().get(address_of(first)).status_code == 404
    assert Client().get(address_of(second)).status_code == 200
    client.post(page, {"act": "end"})
    assert Client().get(address_of(second)).status_code == 404


def test_page_says_where_somebody_is_noted_as_present_and_nothing_of_others(course):
    account, other, trainer = make_user(), make_user(), make_trainer()
    cohort = make_cohort(trainer)
    mine, theirs = take_part(cohort, account), take_part(cohort, other)
    session = make_session(cohort)
    make_session(cohort, title="Nobody noted")
    marks = {mine.pk: True, theirs.pk: False}
    note(session=session, marks=marks, how="list", reason="", by=trainer, now=session.ends_at)

    def told(person) -> list[bool | None]:
        context = signed_in(person).get(reverse("groups:calendar")).context
        return [noted for _session, noted in (*context["coming"], *context["past"])]

    assert sorted(told(account), key=str) == [None, True]
    assert sorted(told(other), key=str) == [False, None]
    page = signed_in(account).get(reverse("groups:calendar")).content.decode()
    assert ("You are noted as present." in page, "You are noted as absent." in page) == (True, False)


def test_address_of_who_may_not_sign_in_any_longer_shows_nothing(course):
    account = make_user()
    feed = renew_own_feed(account=account, now=NOW)
    account.is_active = False
    account.save()
    assert Client().get(address_of(feed)).status_code == 404


def test_calendar_of_a_cohort_is_for_those_who_run_it(course):
    trainer, observer = make_trainer(), make_trainer()
    cohort = make_cohort(trainer)
    Staff.objects.create(cohort=cohort, account=observer, role="observer", since=NOW)
    session = make_session(cohort)
    make_session(make_cohort(trainer))
    page = reverse("trainers:calendar", args=[cohort.key])
    assert signed_in(observer).post(page).status_code == 404
    assert signed_in(make_trainer()).get(page).status_code == 404
    assert Feed.objects.count() == 0
    assert signed_in(trainer).post(page).status_code == 302
    feed = Feed.objects.get(cohort=cohort)
    assert shown_at(address_of(feed)) == {str(session.pk)}
    assert address_of(feed) in signed_in(observer).get(page).content.decode()


@pytest.fixture
def run(course):
    """Return a cohort with an address for its calendar, who answers for it, and who looks on at it."""
    trainer, observer = make_trainer(), make_trainer()
    cohort = make_cohort(trainer)
    row = Staff.objects.create(cohort=cohort, account=observer, role="observer", since=NOW)
    renew_cohort_feed(cohort=cohort, now=NOW)
    return cohort, trainer, row


def expect_new_address(cohort, known: Feed) -> None:
    """See that the address that somebody knows shows nothing any longer, and another one does."""
    assert Client().get(address_of(known)).status_code == 404
    assert Client().get(address_of(Feed.objects.get(cohort=cohort))).status_code == 200


def test_who_is_taken_off_the_staff_reads_its_calendar_no_longer_and_the_others_are_told(run):
    cohort, trainer, row = run
    known, other = Feed.objects.get(), renew_cohort_feed(cohort=make_cohort(trainer), now=NOW)
    client, page = signed_in(trainer), reverse("trainers:calendar", args=[cohort.key])
    assert "This address has been in use since 2 November 2026." in client.get(page).content.decode()
    answer = client.post(reverse("trainers:take-off", args=[cohort.key, row.pk]), follow=True)
    assert "The calendar of the group has a new address." in answer.content.decode()
    expect_new_address(cohort, known)
    assert Client().get(address_of(other)).status_code == 200
    feed = Feed.objects.get(cohort=cohort)
    day = date_format(shown(feed.renewed_at, cohort.time_zone), "DATE_FORMAT")
    assert f"This address has been in use since {day}." in client.get(page).content.decode()


def test_who_leaves_the_staff_reads_its_calendar_no_longer(run):
    cohort, _trainer, row = run
    known = Feed.objects.get()
    answer = signed_in(row.account).post(reverse("trainers:take-off", args=[cohort.key, row.pk]), follow=True)
    assert "The calendar of the group has a new address." not in answer.content.decode()
    expect_new_address(cohort, known)


def test_the_address_of_a_group_changes_when_somebody_of_its_staff_is_erased(run):
    cohort, _trainer, row = run
    known = Feed.objects.get()
    assert erase(subject=subject_of_account(row.account), now=NOW)
    expect_new_address(cohort, known)


def test_a_group_without_an_address_gets_none_when_somebody_leaves(run):
    cohort, trainer, row = run
    Feed.objects.all().delete()
    take_off(cohort=cohort, staff_id=row.pk, by=trainer)
    assert Feed.objects.count() == 0


def test_a_group_that_is_deleted_with_its_staff_leaves_no_address(run):
    cohort, _trainer, _row = run
    cohort.delete()
    assert (Feed.objects.count(), Staff.objects.count()) == (0, 0)


def test_secret_calendar_is_kept_by_nobody_between_and_said_to_be_unchanged(course):
    account = make_user()
    cohort = make_cohort()
    take_part(cohort, account)
    session = make_session(cohort)
    address = address_of(renew_own_feed(account=account, now=NOW))
    first = Client().get(address)
    assert first["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert first["X-Robots-Tag"] == "noindex, nofollow"
    assert not first.cookies
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get(address).content == first.content
    change_session(session=session, plan=plan_of(title="Another"), by=make_trainer(), now=NOW)
    changed = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["Last-Modified"]) == (200, "Mon, 02 Nov 2026 09:30:00 GMT")


def test_what_is_gone_from_a_calendar_is_not_said_to_be_unchanged(course):
    account = make_user()
    cohort = make_cohort()
    row = take_part(cohort, account)
    make_session(cohort)
    address = address_of(renew_own_feed(account=account, now=NOW))
    first = Client().get(address)
    leave(participation=row, now=NOW)
    headers = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    assert Client().get(address, headers=headers).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_who_make_an_address_at_once_make_one(course):
    account = make_user()
    run_together([lambda: renew_own_feed(account=account, now=NOW + dt.timedelta(0)).pk for _number in range(2)])
    assert Feed.objects.filter(account=account).count() == 1


def test_address_goes_with_its_account(course):
    account = make_user()
    renew_own_feed(account=account, now=NOW)
    assert erase(subject=subject_of_account(account), now=NOW)
    assert Feed.objects.count() == 0
