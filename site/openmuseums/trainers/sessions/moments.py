"""The moment that a clock on the wall of a time zone stands for. Knows no database.

Once a year a stretch of an hour is left out, and once it comes twice: neither is guessed at.
"""

import datetime as dt
from zoneinfo import ZoneInfo

FIRST, SECOND = "first", "second"


class NoSuchTimeError(ValueError):
    """Raised for a time that clocks leave out. resumes: what they show when they go on."""

    def __init__(self, resumes: dt.datetime) -> None:
        super().__init__(resumes)
        self.resumes = resumes


class TwofoldTimeError(ValueError):
    """Raised for a time that comes twice, where it is not said which of the two is meant."""


def moment(local: dt.datetime, zone: str, *, which: str = "") -> dt.datetime:
    """Return the moment, in UTC, at which clocks in a zone show a date and time.

    which: FIRST or SECOND, for a time that comes twice. Raises NoSuchTimeError and TwofoldTimeError.
    """
    place = ZoneInfo(zone)
    first, second = (local.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(dt.UTC)
    if not _exists(first):
        # Before the gap the earlier offset holds: reading the time by it leads as far beyond the gap as it is in it.
        raise NoSuchTimeError(resumes=_end_of_gap(first))
    if which not in {FIRST, SECOND}:
        raise TwofoldTimeError
    return (first if which == FIRST else second).astimezone(dt.UTC)


def shown(at: dt.datetime, zone: str) -> dt.datetime:
    """Return what clocks in a zone show at a moment."""
    return at.astimezone(ZoneInfo(zone))


def which_of(at: dt.datetime, zone: str) -> str:
    """Return which of two times of the same name a moment is; "" where there is only one."""
    local = shown(at, zone)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return ""
    return SECOND if local.fold else FIRST


def _exists(local: dt.datetime) -> bool:
    there_and_back = local.astimezone(dt.UTC).astimezone(local.tzinfo)
    return there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None)


def _end_of_gap(local: dt.datetime) -> dt.datetime:
    """Return the first time, to the minute, that clocks show after a time which they leave out."""
    minute = local.replace(second=0, microsecond=0)
    while not _exists(minute):
        minute += dt.timedelta(minutes=1)
    return minute
