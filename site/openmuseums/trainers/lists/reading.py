"""Reading a cohort as of a time: the one way to the rows of a list, for the screen and for files.

It goes by the time of recording: what was entered later, about whenever it happened, is not seen. Rows come in the
order of their keys, which is the same on all databases, in blocks that are read by a fixed number of queries each;
nothing is kept from one block to the next, so that a long list takes no more memory than a short one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, CharField, IntegerField, Max, Q, When
from django.db.models.functions import Cast

from openmuseums.trainers.lists.conditions import Conditions
from openmuseums.trainers.models import (
    AttendanceEntry,
    CompletionEntry,
    CriterionEntry,
    Participation,
    ParticipationEntry,
    Session,
    SessionTimes,
)

BLOCK = 2000
_JOINED = ParticipationEntry.Change.JOINED


def _text_of(name: str) -> Cast:
    """Return a column as the text that its database writes: what Django makes of each value takes half of the time.

    Two databases write the same key as two texts, so they are compared with what was read in the same way, and only so.
    """
    return Cast(name, CharField())


def _moment(text: str) -> dt.datetime:
    """Return the time that a database wrote: SQLite without its zone, which is UTC."""
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


_PERSON, _SESSION, _OCCURRED_AT = _text_of("participation_id"), _text_of("session_id"), _text_of("occurred_at")


class Standing(NamedTuple):
    """What a criterion was: how much was done, and since when it was met; None where it was not."""

    done: Decimal
    since: dt.datetime | None

    @property
    def is_met(self) -> bool:
        """Return whether it was met."""
        return self.since is not None


class Row(NamedTuple):
    """Somebody in a cohort as of a time. criteria: by the id of the criterion; seconds: spent in sessions."""

    id: UUID
    status: str
    name: str
    email: str
    museum: str
    country: str
    role: str
    language: str
    rule_id: int
    enrolled_at: dt.datetime | None
    criteria: Mapping[int, Standing]
    sessions: int
    seconds: int
    completed_at: dt.datetime | None


@dataclass(frozen=True)
class Parts:
    """What is wanted of a row besides its state. What is left out costs no query."""

    criteria: bool = True
    attendance: bool = True
    completion: bool = True


@dataclass(frozen=True)
class Selection:
    """Who of a cohort, as of when. only: nobody but one."""

    cohort_id: UUID
    as_of: dt.datetime
    conditions: Conditions = field(default_factory=Conditions)
    only: UUID | None = None


def rows(selection: Selection, *, parts: Parts | None = None, after: UUID | None = None) -> Iterator[Row]:
    """Return the rows of a list, one by one. after: only those behind this key."""
    for block in blocks(selection, parts=parts, after=after):
        yield from block


def blocks(
    selection: Selection, *, parts: Parts | None = None, after: UUID | None = None, size: int = BLOCK
) -> Iterator[list[Row]]:
    """Return the rows of a list in blocks of those among so many who are in it; a block may be empty."""
    reader = _Reader(selection, parts or Parts())
    while True:
        last = reader.end_of_block(after, size)
        yield reader.read(after, last)
        if last is None:
            return
        after = last


def count(selection: Selection) -> int:
    """Return how many rows a list has, by the way that it is written."""
    parts = Parts(criteria=False, attendance=False, completion=bool(selection.conditions.complete))
    return sum(len(block) for block in blocks(selection, parts=parts))


class _Reader:
    def __init__(self, selection: Selection, parts: Parts) -> None:
        self.selection = selection
        self.parts = parts
        self.lengths = _lengths_of_sessions(selection) if parts.attendance else {}
        self.wanted = tuple(selection.conditions.of_state().items())

    def end_of_block(self, after: UUID | None, size: int) -> UUID | None:
        """Return the key of the last one of a block; None where the block has all that are left."""
        if self.selection.only is not None:
            return None
        keys = Participation.objects.filter(cohort_id=self.selection.cohort_id)
        if after is not None:
            keys = keys.filter(id__gt=after)
        return keys.order_by("id").values_list("id", flat=True)[size - 1 : size].first()

    def read(self, after: UUID | None, last: UUID | None) -> list[Row]:
        """Return the rows behind one key up to another: a query for each part."""
        window = self._window(after, last)
        states, enrolled = _states(window)
        if not states:
            return []
        criteria = _criteria(window) if self.parts.criteria else {}
        attendance = _attendance(window, self.lengths) if self.lengths else {}
        completed = _completed(window) if self.parts.completion else {}
        found = [
            Row._make(
                (
                    UUID(key),
                    *state,
                    enrolled.get(key),
                    criteria.get(key, _NOTHING),
                    *attendance.get(key, (0, 0)),
                    completed.get(key),
                )
            )
            for key, state in states.items()
        ]
        return [row for row in found if self._is_wanted(row)] if self.selection.conditions.kept() else found

    def _window(self, after: UUID | None, last: UUID | None) -> Q:
        window = Q(participation__cohort_id=self.selection.cohort_id, recorded_at__lte=self.selection.as_of)
        if self.selection.only is not None:
            return window & Q(participation_id=self.selection.only)
        if after is not None:
            window &= Q(participation_id__gt=after)
        if last is not None:
            window &= Q(participation_id__lte=last)
        return window

    def _is_wanted(self, row: Row) -> bool:
        complete = self.selection.conditions.complete
        if complete and (complete == "yes") != (row.completed_at is not None):
            return False
        return all(getattr(row, name) == value for name, value in self.wanted)


_NOTHING: Mapping[int, Standing] = {}


def _states(window: Q) -> tuple[dict[str, tuple[Any, ...]], dict[str, dt.datetime]]:
    """Return what each was, in the order of their keys, and when they first took part. The last entry counts."""
    states: dict[str, tuple[Any, ...]] = {}
    enrolled: dict[str, dt.datetime] = {}
    entries = ParticipationEntry.objects.filter(window).order_by("participation_id", "id")
    for key, change, occurred_at, *state in entries.values_list(
        _PERSON, "change", _OCCURRED_AT, *ParticipationEntry.STATE
    ):
        states[key] = tuple(state)
        if change == _JOINED:
            enrolled.setdefault(key, _moment(occurred_at))
    return states, enrolled


def _criteria(window: Q) -> dict[str, dict[int, Standing]]:
    last = (
        CriterionEntry.objects.filter(window)
        .order_by()
        .values("participation_id", "criterion_id")
        .annotate(last=Max("id"))
        .values("last")
    )
    found: dict[str, dict[int, Standing]] = defaultdict(dict)
    entries = CriterionEntry.objects.filter(id__in=last).order_by()
    met_at = Case(When(is_met=True, then=_OCCURRED_AT), output_field=CharField())
    for key, criterion, done, since in entries.values_list(_PERSON, "criterion_id", _text_of("done"), met_at):
        found[key][criterion] = Standing(Decimal(done), _moment(since) if since else None)
    return found


def _completed(window: Q) -> dict[str, dt.datetime | None]:
    entries = CompletionEntry.objects.filter(window).order_by("id")
    return {
        key: occurred_at if is_complete else None
        for key, is_complete, occurred_at in entries.values_list(_PERSON, "is_complete", "occurred_at")
    }


def _attendance(window: Q, lengths: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return in how many sessions each was, and for how many seconds in all. The last entry about a session counts."""
    entries = AttendanceEntry.objects.filter(window).order_by("id")
    was_there = Cast("is_present", IntegerField())
    last = {(key, session): there for key, session, there in entries.values_list(_PERSON, _SESSION, was_there)}
    found: dict[str, tuple[int, int]] = {}
    for (key, session), there in last.items():
        if there and session in lengths:
            number, seconds = found.get(key, (0, 0))
            found[key] = number + 1, seconds + lengths[session]
    return found


def _lengths_of_sessions(selection: Selection) -> dict[str, int]:
    """Return how many seconds each session of a cohort took, as was known then; without those cancelled by then."""
    sessions = Session.objects.filter(cohort_id=selection.cohort_id, made_at__lte=selection.as_of).exclude(
        cancelled_at__lte=selection.as_of
    )
    lengths = {
        key: int((ends_at - starts_at).total_seconds())
        for key, starts_at, ends_at in sessions.values_list(_text_of("id"), "starts_at", "ends_at")
    }
    times = SessionTimes.objects.filter(session__in=lengths, recorded_at__lte=selection.as_of).order_by("id")
    for key, starts_at, ends_at in times.values_list(_SESSION, "starts_at", "ends_at"):
        lengths[key] = int((ends_at - starts_at).total_seconds())
    return lengths
