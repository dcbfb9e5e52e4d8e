"""The acts of learning: each adds events to a learner's record, brings what follows from them up to date, and tells.

Each takes the learner's row lock before it decides anything, so that two tabs or a double click record one event and
lose none. The first act of a learner in the course enrols them in it. An act puts off the end of a visitor's record.
Each raises RecordGoneError where the record was erased, or joined to an account, meanwhile: then nothing is saved.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from openmuseums.learners.models import Event, Learner, PageState, RecordGoneError, UnitState
from openmuseums.learners.outline import get_outline
from openmuseums.learners.projection import Record, fold, store, stored_record
from openmuseums.learners.reading import marks_of_reading, marks_of_unreading
from openmuseums.learners.signals import tell
from openmuseums.people.models import User

# A quiz is no unit, so nothing of units can be about it.
_OF_UNITS = (UnitState, PageState)


def learner_of(*, user: User, now: dt.datetime) -> Learner:
    """Return the record of an account; the first time, begin it."""
    return Learner.objects.get_or_create(account=user, defaults={"started_at": now})[0]


def enrol(*, learner: Learner, course_key: UUID, now: dt.datetime) -> None:
    """Enrol a learner in a course; a second time changes nothing."""
    with _ledger(learner, {course_key}, now) as ledger:
        if course_key not in ledger.record.enrolments:
            ledger.add(Event.Kind.ENROLLED, course_key)


def mark_read(*, learner: Learner, page_key: UUID, now: dt.datetime) -> None:
    """Mark a page of a unit as read, and with its last page the unit; a second time changes nothing."""
    pages = _pages_with(page_key)
    with _ledger(learner, {*pages}, now) as ledger:
        for kind, key in marks_of_reading(pages, page_key, ledger.record):
            ledger.add(kind, key)


def mark_unread(*, learner: Learner, page_key: UUID, now: dt.datetime) -> None:
    """Take back that a page of a unit was marked as read, and so the unit; where it is not, nothing changes."""
    pages = _pages_with(page_key)
    with _ledger(learner, {*pages}, now) as ledger:
        for kind, key in marks_of_unreading(pages, page_key, ledger.record):
            ledger.add(kind, key)


def record_answers(
    *,
    learner: Learner,
    page_key: UUID,
    answers: Mapping[str, bool],
    now: dt.datetime,
    chosen: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Record that questions of a unit or quiz were answered: by block id, whether right.

    `chosen` holds, by block id, what was answered in a self-check, which the unit shows again.
    """
    with _ledger(learner, {page_key}, now) as ledger:
        for item_id, right in answers.items():
            options = list((chosen or {}).get(item_id, ()))
            ledger.add(Event.Kind.QUESTION_ANSWERED, page_key, item_id=item_id, right=right, chosen=options)


def record_quiz_finished(  # noqa: PLR0913 - these are the parts of a result
    *,
    learner: Learner,
    page_key: UUID,
    points: Decimal | int,
    points_possible: int,
    passed: bool,
    now: dt.datetime,
    answers: Mapping[str, bool] | None = None,
    is_locked: bool = False,
) -> None:
    """Record the result of an attempt at a quiz. Whoever submits attempts sees to it that each is recorded once.

    `answers` are the questions that were answered in it, by block id, whether right; they are recorded with it.
    `is_locked` says that the caller has the learner from `locked_record` in this transaction.
    """
    with _ledger(learner, {page_key}, now, is_locked=is_locked, besides=_OF_UNITS) as ledger:
        for item_id, right in (answers or {}).items():
            ledger.add(Event.Kind.QUESTION_ANSWERED, page_key, item_id=item_id, right=right)
        ledger.add(Event.Kind.QUIZ_FINISHED, page_key, points=points, points_possible=points_possible, passed=passed)


def record_quiz_regraded(  # noqa: PLR0913 - these are the parts of a result
    *, learner: Learner, page_key: UUID, points: Decimal | int, points_possible: int, passed: bool, now: dt.datetime
) -> None:
    """Record what a learner's attempts at a quiz come to after they were graded again: the best of them, and whether
    one of them is a pass. That somebody passed is taken away where `passed` is false.

    The caller holds the learner's lock in this transaction.
    """
    with _ledger(learner, {page_key}, now, is_locked=True, besides=_OF_UNITS) as ledger:
        ledger.add(Event.Kind.QUIZ_REGRADED, page_key, points=points, points_possible=points_possible, passed=passed)


def let_follow(*, learner: Learner) -> None:
    """Have other apps follow a record from now on (see `signals.recorded`). The caller holds the learner's lock."""
    if not learner.is_followed:
        Learner.objects.filter(pk=learner.pk).update(is_followed=True)
        learner.is_followed = True


def locked_record(learner: Learner | QuerySet[Learner], now: dt.datetime) -> Learner:
    """Return a record, its row locked for an act in the caller's transaction; a visitor's stands for its time again.

    Whoever locks rows that hang on a record locks the record first. learner: one that was read, or how to find it.
    Raises RecordGoneError where it stands no longer.
    """
    # Not the key itself is locked, so that rows which refer to the learner can be added meanwhile.
    found = Learner.objects.filter(pk=learner.pk) if isinstance(learner, Learner) else learner
    locked = found.select_for_update(no_key=True).first()
    if locked is None:
        raise RecordGoneError
    locked.put_off(now)
    return locked


class _Ledger:
    """What a learner has to show about some pages, and what is being added to it."""

    def __init__(self, learner: Learner, record: Record, now: dt.datetime) -> None:
        self.learner, self.record, self.now = learner, record, now
        self.events: list[Event] = []

    def add(self, kind: Event.Kind, page_key: UUID, **details: Any) -> None:
        """Add an event."""
        self.events.append(
            Event(
                learner=self.learner,
                kind=kind,
                page_key=page_key,
                occurred_at=self.now,
                recorded_at=self.now,
                **details,
            )
        )


@contextmanager
def _ledger(
    learner: Learner,
    page_keys: set[UUID],
    now: dt.datetime,
    *,
    is_locked: bool = False,
    besides: Collection[type[Model]] = (),
) -> Iterator[_Ledger]:
    # Asked before the lock is taken: it may have to be built, and nobody should wait for that.
    course_key = _course_of(page_keys)
    # Where the caller holds the lock this is part of its transaction, which stands or falls as a whole.
    with transaction.atomic(savepoint=not is_locked):
        locked = learner if is_locked else locked_record(learner, now)
        keys = page_keys | ({course_key} if course_key else set())
        before = stored_record(locked, page_keys=keys, besides=besides)
        ledger = _Ledger(locked, before, now)
        yield ledger
        if not ledger.events:
            return
        if course_key and course_key not in before.enrolments:
            ledger.add(Event.Kind.ENROLLED, course_key)
            ledger.events.insert(0, ledger.events.pop())
        Event.objects.bulk_create(ledger.events)
        store(locked, before=before, after=fold(before, ledger.events))
        tell(locked, ledger.events)


def _pages_with(page_key: UUID) -> tuple[UUID, ...]:
    """Return the keys of the pages of a unit, by that of one of them; what no outline knows is one page."""
    outline = get_outline()
    unit = outline.step(page_key) if outline else None
    return unit.page_keys if unit else (page_key,)


def _course_of(page_keys: set[UUID]) -> UUID | None:
    """Return the course that pages belong to, or None; its own page and those below belong to it."""
    outline = get_outline()
    if outline is None or not any(outline.step(page_key) for page_key in page_keys):
        return None
    return outline.course_key
