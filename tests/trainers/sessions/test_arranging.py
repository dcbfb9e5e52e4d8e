"""Sessions are made, changed and cancelled; what calendars have of them can be told to be old."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from openmuseums.trainers.attendance.marking import note
from openmuseums.trainers.completing.ruling import Asked
from openmuseums.trainers.models import AttendanceEntry, CompletionEntry, Session
from openmuseums.trainers.sessions.arranging import (
    SessionCancelledError,
    cancel_session,
    change_session,
)
from tests.factories import NOW, make_trainer
from tests.together import run_together
from tests.trainers.making import MADE_AT, make_cohort, take_part
from tests.trainers.sessions.making import ENDS, STARTS, make_public_session, make_session, plan_of

pytestmark = pytest.mark.django_db


def test_session_of_a_cohort_belongs_to_its_organisation():
    cohort = make_cohort()
    session = make_session(cohort)
    assert (session.organisation, session.version, session.is_public, len(session.code)) == (
        cohort.organisation,
        0,
        False,
        8,
    )


def test_session_without_a_cohort_is_public_whatever_is_said():
    assert make_public_session(is_public=False).is_public


def test_session_keeps_of_place_and_address_what_its_kind_has():
    cohort = make_cohort()
    both = {"place": "Naarden", "address": "https://meet.example.org/a"}
    on_site = make_session(cohort, kind="on-site", **both)
    online = make_session(cohort, kind="online", **both)
    assert (on_site.place, on_site.address) == ("Naarden", "")
    assert (online.place, online.address) == ("", "https://meet.example.org/a")


def test_change_is_a_new_version_and_the_same_is_none():
    session = make_session(make_cohort())
    by = make_trainer()
    same = change_session(session=session, plan=plan_of(), by=by, now=NOW)
    assert (same.version, same.changed_at) == (0, MADE_AT)
    changed = change_session(session=session, plan=plan_of(title="Another"), by=by, now=NOW)
    assert (changed.pk, changed.title, changed.version, changed.changed_at) == (session.pk, "Another", 1, NOW)
    actions = ModelLogEntry.objects.filter(object_id=str(session.pk)).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["trainers.session_made", "trainers.session_changed"]


def test_cancelled_session_stays_and_changes_no_longer():
    session = make_session(make_cohort())
    by = make_trainer()
    cancel_session(session=session, by=by, now=NOW)
    cancel_session(session=session, by=by, now=NOW + dt.timedelta(days=1))
    kept = Session.objects.get(pk=session.pk)
    assert (kept.cancelled_at, kept.changed_at, kept.version) == (NOW, NOW, 1)
    with pytest.raises(SessionCancelledError):
        change_session(session=session, plan=plan_of(title="Another"), by=by, now=NOW)


def test_attendance_of_a_cancelled_session_counts_no_longer_and_it_is_entered_why(course):
    cohort = make_cohort(asked=[Asked("sessions", "sessions", (), 1)])
    row = take_part(cohort)
    session = make_session(cohort)
    by = make_trainer()
    note(session=session, marks={row.pk: True}, how="list", reason="", by=by, now=ENDS)
    row.refresh_from_db()
    assert row.progress == 100
    cancel_session(session=session, by=by, now=ENDS + dt.timedelta(hours=1))
    row.refresh_from_db()
    assert (row.progress, row.completed_at) == (0, None)
    last = CompletionEntry.objects.filter(participation=row).latest("id")
    assert (last.is_complete, last.because) == (False, "correction")
    assert AttendanceEntry.objects.filter(session=session).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_change_a_session_at_once_make_two_versions(course):
    session = make_session(make_cohort())
    by = make_trainer()

    def change(title):
        return lambda: change_session(session=session, plan=plan_of(title=title), by=by, now=NOW).version

    assert sorted(run_together([change("One"), change("Two")])) == [1, 2]
    assert Session.objects.get(pk=session.pk).version == 2


def test_session_ends_after_it_starts_whatever_is_said():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_session(make_cohort(), starts_at=STARTS, ends_at=STARTS)
