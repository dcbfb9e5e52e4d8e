"""On which terms a quiz may be begun, and until when an attempt at it runs: by the clock that is passed in."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Reason(StrEnum):
    """Why a quiz cannot be begun."""

    NOT_OPEN = "not-open"
    CLOSED = "closed"
    USED_UP = "used-up"
    WAITING = "waiting"


@dataclass(frozen=True)
class Hindrance:
    """Why a quiz cannot be begun now, and the moment that has to do with it: when it opens, or has closed."""

    reason: Reason
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Terms:
    """What the page of a quiz says of beginning it. They hold as they are now, whatever a version has kept.

    attempts_allowed: None for as many as one likes. waiting_minutes: between handing in and beginning again.
    """

    attempts_allowed: int | None = None
    waiting_minutes: int | None = None
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None

    def hindrance(self, handed_in: Collection[dt.datetime], now: dt.datetime) -> Hindrance | None:
        """Return why somebody cannot begin now, or None. handed_in: when each of their attempts was handed in."""
        outside = self.hindrance_by_date(now)
        if outside:
            return outside
        if self.attempts_allowed is not None and len(handed_in) >= self.attempts_allowed:
            return Hindrance(Reason.USED_UP)
        if handed_in and self.waiting_minutes:
            again = max(handed_in) + dt.timedelta(minutes=self.waiting_minutes)
            if now < again:
                return Hindrance(Reason.WAITING, again)
        return None

    def hindrance_by_date(self, now: dt.datetime) -> Hindrance | None:
        """Return why nobody can begin now, or None."""
        if self.closes_at is not None and now >= self.closes_at:
            return Hindrance(Reason.CLOSED, self.closes_at)
        if self.opens_at is not None and now < self.opens_at:
            return Hindrance(Reason.NOT_OPEN, self.opens_at)
        return None

    def attempts_left(self, handed_in: int) -> int | None:
        """Return how many attempts are left after so many; None for as many as one likes."""
        return None if self.attempts_allowed is None else max(self.attempts_allowed - handed_in, 0)


def due_at(
    started_at: dt.datetime, *, minutes: int | None, factor: Fraction | None, closes_at: dt.datetime | None
) -> dt.datetime | None:
    """Return when the time of an attempt is up, None for never.

    minutes: those that the quiz allows, None for no limit. factor: how many times as long somebody gives themselves,
    None for no limit. closes_at: when the quiz closes, which ends every attempt.
    """
    limit = None
    if minutes is not None and factor is not None:
        limit = started_at + dt.timedelta(seconds=int(minutes * 60 * factor))
    return min((each for each in (limit, closes_at) if each is not None), default=None)
