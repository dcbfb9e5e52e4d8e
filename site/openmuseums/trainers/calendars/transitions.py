"""When the clocks of a time zone change, as a component of a calendar (RFC 5545, 3.6.5). Knows no database.

The library that writes the rest gives an onset in spring as clocks show it after the change; the standard asks for what
they show before it. So each change is written out here.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = dt.timedelta(days=1)


class Change(NamedTuple):
    """A change of clocks: at a moment, from an offset to another."""

    at: dt.datetime
    before: dt.timedelta
    after: dt.timedelta
    name: str
    is_summer: bool


def time_zone_component(zone: str, *, first: int, last: int) -> Timezone:
    """Return the component of a zone that holds from the beginning of a year to the end of another."""
    component = Timezone()
    component.add("tzid", zone)
    for change in changes(zone, first=first, last=last):
        observance = TimezoneDaylight() if change.is_summer else TimezoneStandard()
        observance.add("dtstart", (change.at + change.before).replace(tzinfo=None))
        observance.add("tzoffsetfrom", change.before)
        observance.add("tzoffsetto", change.after)
        observance.add("tzname", change.name)
        component.add_component(observance)
    return component


def changes(zone: str, *, first: int, last: int) -> Iterator[Change]:
    """Yield what holds at the beginning of a year, as a change to it, and each change until the end of another."""
    place = ZoneInfo(zone)
    day, end = dt.datetime(first, 1, 1, tzinfo=dt.UTC), dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)
    offset = _offset(day, place)
    yield _change(day, offset, place)
    while day < end:
        following = day + _DAY
        if _offset(following, place) != offset:
            at = _onset(day, following, place)
            yield _change(at, offset, place)
            offset = _offset(at, place)
        day = following


def _change(at: dt.datetime, before: dt.timedelta, place: ZoneInfo) -> Change:
    local = at.astimezone(place)
    return Change(at, before, _offset(at, place), local.tzname() or "", bool(local.dst()))


def _onset(before: dt.datetime, after: dt.datetime, place: ZoneInfo) -> dt.datetime:
    """Return the minute in which the offset changes, between two moments."""
    old = _offset(before, place)
    low, high = 0, int((after - before) / dt.timedelta(minutes=1))
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(before + dt.timedelta(minutes=middle), place) == old:
            low = middle
        else:
            high = middle
    return before + dt.timedelta(minutes=high)


def _offset(at: dt.datetime, place: ZoneInfo) -> dt.timedelta:
    return at.astimezone(place).utcoffset() or dt.timedelta(0)
