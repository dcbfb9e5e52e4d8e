"""Times as clocks on a wall show them, and the moments that they stand for."""

import datetime as dt

import pytest

from openmuseums.trainers.sessions.moments import (
    FIRST,
    SECOND,
    NoSuchTimeError,
    TwofoldTimeError,
    moment,
    shown,
    which_of,
)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def on(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # noqa: DTZ001 - as a clock shows it


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Europe/Amsterdam", "2026-10-24T10:00", "2026-10-24T08:00+00:00"),
        ("Europe/Amsterdam", "2026-10-25T10:00", "2026-10-25T09:00+00:00"),
        ("Europe/Madrid", "2026-03-28T10:00", "2026-03-28T09:00+00:00"),
        ("Europe/Rome", "2026-03-29T10:00", "2026-03-29T08:00+00:00"),
        ("Europe/Athens", "2026-03-28T10:00", "2026-03-28T08:00+00:00"),
        ("Europe/Athens", "2026-03-29T10:00", "2026-03-29T07:00+00:00"),
        ("Europe/Athens", "2026-10-25T10:00", "2026-10-25T08:00+00:00"),
        ("Asia/Tokyo", "2026-10-25T02:30", "2026-10-24T17:30+00:00"),
    ],
)
def test_time_is_that_of_the_place_on_both_sides_of_the_change(zone, local, utc):
    assert moment(at(local), zone) == at(utc)
    assert shown(at(utc), zone).replace(tzinfo=None) == at(local)
    assert which_of(at(utc), zone) == ""


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Amsterdam", 2), ("Europe/Madrid", 2), ("Europe/Rome", 2), ("Europe/Athens", 3)]
)
def test_time_that_is_left_out_in_march_is_no_moment(zone, hour):
    for minute in (0, 30, 59):
        with pytest.raises(NoSuchTimeError) as told:
            moment(on(2027, 3, 28, hour, minute), zone)
        assert told.value.resumes.replace(tzinfo=None) == on(2027, 3, 28, hour + 1)
    before = moment(on(2027, 3, 28, hour - 1, 59), zone)
    assert moment(on(2027, 3, 28, hour + 1), zone) - before == dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Amsterdam", 2), ("Europe/Madrid", 2), ("Europe/Rome", 2), ("Europe/Athens", 3)]
)
def test_time_that_comes_twice_in_october_is_asked_for(zone, hour):
    twofold = on(2026, 10, 25, hour, 30)
    with pytest.raises(TwofoldTimeError):
        moment(twofold, zone)
    first, second = (moment(twofold, zone, which=which) for which in (FIRST, SECOND))
    assert (first, second - first) == (dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), dt.timedelta(hours=1))
    assert [which_of(found, zone) for found in (first, second)] == [FIRST, SECOND]
