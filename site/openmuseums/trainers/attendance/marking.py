"""Noting who was there: by the code shown in the room, or by those who run the cohort.

What was noted stays. A correction is a further entry; the last one counts. The session is locked first, then the
participation: of two who note the same at once the later one finds what the earlier one noted.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from openmuseums.people.models import User
from openmuseums.trainers.completing.keeping import keep_completion
from openmuseums.trainers.models import AttendanceEntry, Participation, Session
from openmuseums.trainers.models.completion import Because
from openmuseums.trainers.secrets import plain_code
from openmuseums.trainers.sessions.arranging import SessionCancelledError, locked_session

# A code is good for those who come a little early, and for those who are asked for it at the very end.
OPENS_BEFORE = dt.timedelta(minutes=15)
CLOSES_AFTER = dt.timedelta(minutes=30)
How = AttendanceEntry.How
Status = Participation.Status


class NoSuchCodeError(LookupError):
    """Raised where a code is that of no session of a cohort that somebody takes part in."""


class NotNowError(ValueError):
    """Raised where a code is right, at the wrong time. session: whose it is."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.pk)
        self.session = session


class TooEarlyError(NotNowError):
    """Raised before a session lets people in."""


class TooLateError(NotNowError):
    """Raised when a session has been over for a while."""


class ReasonNeededError(ValueError):
    """Raised where what was noted before is to be changed, and it is not said why."""


@dataclass
class _Batch:
    """Entries to add, and whose they are: first ones, and corrections."""

    entries: list[AttendanceEntry] = field(default_factory=list)
    first: list[UUID] = field(default_factory=list)
    corrected: list[UUID] = field(default_factory=list)


def takes_codes_from(session: Session) -> dt.datetime:
    """Return from when on the code of a session is taken, and its attendance can be noted."""
    return session.starts_at - OPENS_BEFORE


def takes_codes_until(session: Session) -> dt.datetime:
    """Return until when the code of a session is taken."""
    return session.ends_at + CLOSES_AFTER


def attend(*, code: str, account: User, now: dt.datetime) -> Session:
    """Note that somebody is there, by the code that they read in the room; a second time changes nothing.

    Raises NoSuchCodeError, TooEarlyError and TooLateError.
    """
    session = _session_by_code(code, account, now)
    _check_time(session, now)
    with transaction.atomic():
        try:
            locked = locked_session(session.pk)
        except SessionCancelledError:
            raise NoSuchCodeError from None
        # It may have been moved meanwhile.
        _check_time(locked, now)
        row = (
            Participation.objects.select_for_update(no_key=True)
            .filter(cohort=locked.cohort, account=account, status=Status.JOINED)
            .first()
        )
        if row is None:
            raise NoSuchCodeError
        _add(_batch(locked, {row.pk: True}, how=How.CODE, reason="", by=None, now=now), now)
    return locked


@transaction.atomic
def note(  # noqa: PLR0913 - these are the parts of a note
    *, session: Session, marks: Mapping[UUID, bool], how: str, reason: str, by: User, now: dt.datetime
) -> int:
    """Note who was there and who was not, of those who are in the cohort; return how many entries that made.

    What is noted so already makes none. Raises ReasonNeededError where one is changed without a reason: then nothing
    is noted; TooEarlyError before the session lets people in; SessionCancelledError.
    """
    locked = locked_session(session.pk)
    if now < takes_codes_from(locked):
        raise TooEarlyError(locked)
    rows = Participation.objects.select_for_update(no_key=True).filter(
        pk__in=marks, cohort=locked.cohort, status__in=(Status.JOINED, Status.PLACED)
    )
    there = {row.pk: marks[row.pk] for row in rows.order_by("pk")}
    batch = _batch(locked, there, how=how, reason=reason, by=by, now=now)
    if batch.corrected and not reason:
        raise ReasonNeededError
    _add(batch, now)
    return len(batch.entries)


def last_entries(session: Session, participations: Iterable[UUID]) -> dict[UUID, AttendanceEntry]:
    """Return the entry that counts, for each of some participations that has one."""
    rows = AttendanceEntry.objects.filter(session=session, participation__in=list(participations))
    return {entry.participation_id: entry for entry in rows.order_by("id")}


def _session_by_code(code: str, account: User, now: dt.datetime) -> Session:
    """Return the session with a code: of two with the same one, in two cohorts, the one that takes it now."""
    found = Session.objects.filter(
        code=plain_code(code),
        cancelled_at=None,
        cohort__archived_at=None,
        cohort__participations__account=account,
        cohort__participations__status=Status.JOINED,
    ).order_by("starts_at", "pk")
    sessions = list(found)
    if not sessions:
        raise NoSuchCodeError
    return next((row for row in sessions if takes_codes_from(row) <= now <= takes_codes_until(row)), sessions[-1])


def _check_time(session: Session, now: dt.datetime) -> None:
    if now < takes_codes_from(session):
        raise TooEarlyError(session)
    if now > takes_codes_until(session):
        raise TooLateError(session)


def _batch(  # noqa: PLR0913 - these are the parts of a note
    session: Session, marks: Mapping[UUID, bool], *, how: str, reason: str, by: User | None, now: dt.datetime
) -> _Batch:
    before = last_entries(session, marks)
    batch = _Batch()
    for key, is_present in marks.items():
        last = before.get(key)
        if last is not None and last.is_present == is_present:
            continue
        (batch.first if last is None else batch.corrected).append(key)
        batch.entries.append(
            AttendanceEntry(
                session=session,
                participation_id=key,
                is_present=is_present,
                how=how,
                reason=reason if last is not None else "",
                by=by,
                # Noted afterwards, it happened by the end.
                occurred_at=min(now, session.ends_at),
                recorded_at=now,
            )
        )
    return batch


def _add(batch: _Batch, now: dt.datetime) -> None:
    AttendanceEntry.objects.bulk_create(batch.entries)
    _follow(batch.first, Because.ATTENDANCE, now)
    _follow(batch.corrected, Because.CORRECTION, now)


def _follow(keys: Collection[UUID], because: str, now: dt.datetime) -> None:
    if keys:
        keep_completion(participations=sorted(keys), because=because, now=now)
