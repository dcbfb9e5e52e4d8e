"""Sessions as a file that calendar programs read (RFC 5545): the same bytes for the same rows, without a clock.

A session keeps its UID; each change of it counts SEQUENCE up, so that calendars take it over what they have.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from icalendar import Calendar, Event, Timezone

from openmuseums.trainers.calendars.transitions import time_zone_component
from openmuseums.trainers.models import Session
from openmuseums.trainers.sessions.moments import SECOND, shown, which_of

CONTENT_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//Open Museums//Sessions//EN"
# How often programs may look again, as they would rather be told.
_LOOK_AGAIN = dt.timedelta(hours=6)


@dataclass(frozen=True)
class Entry:
    """A session, and the address of its page for whoever reads this calendar; "" where it has none for them."""

    session: Session
    url: str = ""


def written(entries: Sequence[Entry], *, name: str, language: str) -> bytes:
    """Return a calendar of sessions. name: what programs call it, in a language."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name, parameters={"LANGUAGE": language})
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    for zone in _zones(entry.session for entry in entries):
        calendar.add_component(zone)
    for entry in sorted(entries, key=lambda each: (each.session.starts_at, each.session.pk)):
        calendar.add_component(_event(entry))
    data: bytes = calendar.to_ical()
    return data


def _event(entry: Entry) -> Event:
    session = entry.session
    words = {"LANGUAGE": session.language}
    event = Event()
    event.add("uid", str(session.pk))
    event.add("sequence", session.version)
    event.add("dtstamp", session.changed_at)
    event.add("created", session.made_at)
    event.add("last-modified", session.changed_at)
    event.add("dtstart", _time(session.starts_at, session.time_zone))
    event.add("dtend", _time(session.ends_at, session.time_zone))
    event.add("summary", session.title, parameters=words)
    if session.about:
        event.add("description", session.about, parameters=words)
    if session.kind == Session.Kind.ON_SITE:
        event.add("location", session.place, parameters=words)
    else:
        event.add("location", session.address)
    if entry.url or session.address:
        event.add("url", entry.url or session.address)
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def _time(at: dt.datetime, zone: str) -> dt.datetime:
    """Return a moment as clocks show it; in UTC where they show it a second time: read alone, it would be the first."""
    return at.astimezone(dt.UTC) if which_of(at, zone) == SECOND else shown(at, zone)


def _zones(sessions: Iterable[Session]) -> list[Timezone]:
    """Return what says, for each zone, when its clocks change: from a year before its sessions to a year after."""
    years: dict[str, set[int]] = {}
    for session in sessions:
        years.setdefault(session.time_zone, set()).update((session.starts_at.year, session.ends_at.year))
    return [
        time_zone_component(zone, first=min(found) - 1, last=max(found) + 1) for zone, found in sorted(years.items())
    ]
