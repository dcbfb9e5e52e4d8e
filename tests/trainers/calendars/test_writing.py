"""Calendars as files: what two libraries read in them, and that nothing in them depends on when they are asked for."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream

from openmuseums.trainers.calendars.transitions import changes, time_zone_component
from openmuseums.trainers.calendars.writing import Entry, written
from openmuseums.trainers.models import Session
from openmuseums.trainers.sessions.arranging import cancel_session, change_session
from tests.factories import NOW, make_trainer
from tests.trainers.making import MADE_AT, make_cohort
from tests.trainers.sessions.making import make_session, plan_of

ZONES = ("Europe/Amsterdam", "Europe/Athens", "Europe/Madrid", "Europe/Rome")
HOSTILE = 'A; b, c\\n "d"\r\nDTSTART:19700101T000000Z\r\nEND:VEVENT – Ωμέγα 🏛 ' + "long " * 40


def file_of(*sessions: Session, name: str = "Sessions") -> bytes:
    return written([Entry(session) for session in sessions], name=name, language="en")


def read(data: bytes) -> dict[str, dict[str, object]]:
    """Return what both libraries read of each session, by UID; they agree."""
    by_one = {}
    for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        by_one[str(event["UID"])] = {
            "summary": str(event["SUMMARY"]),
            "about": str(event.get("DESCRIPTION", "")),
            "starts": event["DTSTART"].dt.astimezone(dt.UTC),
            "ends": event["DTEND"].dt.astimezone(dt.UTC),
            "stamp": event["DTSTAMP"].dt,
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "location": str(event.get("LOCATION", "")),
        }
    by_other = {}
    for event in IcsCalendarStream.calendar_from_ics(data.decode()).events:
        by_other[event.uid] = {
            "summary": event.summary,
            "about": event.description or "",
            "starts": event.dtstart.astimezone(dt.UTC),
            "ends": event.dtend.astimezone(dt.UTC),
            "stamp": event.dtstamp,
            "sequence": event.sequence,
            "status": event.status.value,
            "location": event.location or "",
        }
    assert by_one == by_other
    return by_one


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ZONES)
def test_sessions_on_both_sides_of_each_change_are_at_their_moments(zone):
    cohort = make_cohort()
    days = [(2026, 10, 24), (2026, 10, 25), (2026, 10, 26), (2027, 3, 27), (2027, 3, 28), (2027, 3, 29)]
    starts = [dt.datetime(*day, 10, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC) for day in days]
    # In the night itself: in the hour that comes twice, both times.
    starts += [dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC) for hour in (0, 1)]
    sessions = [make_session(cohort, starts_at=at, time_zone=zone) for at in starts]
    found = read(file_of(*sessions))
    wanted = {str(row.pk): (row.starts_at, row.ends_at) for row in sessions}
    assert {key: (row["starts"], row["ends"]) for key, row in found.items()} == wanted


@pytest.mark.parametrize("zone", [*ZONES, "Europe/Dublin", "America/New_York", "Australia/Sydney", "Asia/Tokyo"])
def test_component_of_a_zone_says_for_each_hour_what_clocks_show(zone):
    """Read by the standard: the onset that was last, in the time that held before it, gives the offset."""
    component = icalendar.Timezone.from_ical(time_zone_component(zone, first=2026, last=2027).to_ical())
    onsets = sorted(
        (part["DTSTART"].dt.replace(tzinfo=dt.UTC) - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td)
        for part in component.subcomponents
    )
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    while at < dt.datetime(2028, 1, 1, tzinfo=dt.UTC):
        offset = [to for onset, to in onsets if onset <= at][-1]
        assert offset == at.astimezone(ZoneInfo(zone)).utcoffset(), at
        at += dt.timedelta(minutes=30)


def test_changes_of_clocks_follow_each_other():
    found = list(changes("Europe/Athens", first=2026, last=2026))
    assert [(change.at.isoformat(), change.name, change.is_summer) for change in found] == [
        ("2026-01-01T00:00:00+00:00", "EET", False),
        ("2026-03-29T01:00:00+00:00", "EEST", True),
        ("2026-10-25T01:00:00+00:00", "EET", False),
    ]
    assert all(one.after == other.before for one, other in pairwise(found))


@pytest.mark.django_db
def test_words_stay_what_they_are_whatever_they_hold():
    cohort = make_cohort()
    plain = " ".join(HOSTILE.split())
    session = make_session(cohort, title=HOSTILE[:200], about=HOSTILE, place=HOSTILE[:300], language="el")
    data = file_of(session, make_session(cohort))
    found = read(data)
    assert len(found) == 2
    row = found[str(session.pk)]
    assert " ".join(str(row["about"]).split()) == plain
    assert row["starts"] == session.starts_at
    assert b"SUMMARY;LANGUAGE=el:" in data
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


@pytest.mark.django_db
def test_session_online_leads_to_its_address():
    session = make_session(make_cohort(), kind="online", address="https://meet.example.org/a?b=c,d;e")
    found = read(file_of(session))
    assert found[str(session.pk)]["location"] == "https://meet.example.org/a?b=c,d;e"


@pytest.mark.django_db
def test_change_and_cancelling_are_told_under_the_same_uid():
    session, by = make_session(make_cohort()), make_trainer()
    key = str(session.pk)
    first = read(file_of(session))[key]
    assert (first["sequence"], first["stamp"], first["status"]) == (0, MADE_AT, "CONFIRMED")
    changed = change_session(session=session, plan=plan_of(title="Another"), by=by, now=NOW)
    second = read(file_of(changed))[key]
    assert (second["sequence"], second["stamp"], second["summary"]) == (1, NOW, "Another")
    cancel_session(session=session, by=by, now=NOW + dt.timedelta(days=1))
    session.refresh_from_db()
    third = read(file_of(session))[key]
    assert (third["sequence"], third["status"]) == (2, "CANCELLED")


@pytest.mark.django_db
def test_same_rows_in_any_order_are_the_same_bytes():
    cohort = make_cohort()
    sessions = [
        make_session(cohort, starts_at=NOW + dt.timedelta(days=day % 2), time_zone=ZONES[day % 4]) for day in range(6)
    ]
    assert file_of(*sessions) == file_of(*reversed(sessions))
    fresh = list(Session.objects.order_by("title", "-pk"))
    assert file_of(*fresh) == file_of(*sessions)


def test_calendar_without_sessions_is_one():
    data = file_of(name="Όμιλος, α")
    assert read(data) == {}
    assert str(icalendar.Calendar.from_ical(data)["X-WR-CALNAME"]) == "Όμιλος, α"
