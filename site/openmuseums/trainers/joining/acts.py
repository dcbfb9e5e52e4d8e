"""The acts of those who take part: joining a cohort, claiming a place, saying what is shared, and leaving.

Each is somebody's own act. The learner's record is locked first, then the cohort, then the participation: who learns
something in another tab while they join has it counted, once.
"""

import datetime as dt
import hashlib
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from openmuseums.learners.models import Event
from openmuseums.learners.recording import learner_of, let_follow, locked_record
from openmuseums.people.models import User
from openmuseums.trainers.completing.keeping import keep_completion
from openmuseums.trainers.entering import CohortClosedError, enter, enter_new
from openmuseums.trainers.joining.sharing import Shared, set_shared
from openmuseums.trainers.models import Cohort, Participation, ParticipationEntry
from openmuseums.trainers.models.completion import Because
from openmuseums.trainers.secrets import plain_code

Change = ParticipationEntry.Change
Status = Participation.Status


class TakesPartAlreadyError(ValueError):
    """Raised where somebody claims a place in a cohort that they take part in without it."""


class NoSuchPlaceError(LookupError):
    """Raised where no place is kept for a code, or no longer."""


def cohort_to_join(code: str) -> Cohort | None:
    """Return the cohort that a code opens, however it is written; None where none does now."""
    return Cohort.objects.filter(join_code=plain_code(code), is_open=True, archived_at=None).first()


def place_to_claim(code: str) -> Participation | None:
    """Return the place that a code claims, or None."""
    rows = Participation.objects.filter(claim_digest=digest_of(code), cohort__archived_at=None)
    return rows.select_related("cohort").first()


def digest_of(code: str) -> str:
    """Return what is kept of a code that claims a place."""
    return hashlib.sha256(plain_code(code).encode()).hexdigest()


@transaction.atomic
def join(  # noqa: PLR0913 - these are the parts of joining
    *,
    cohort: Cohort,
    account: User,
    shared: Shared,
    now: dt.datetime,
    is_invited: bool = False,
    key: UUID | None = None,
) -> Participation:
    """Have somebody take part; who left takes part again, and who does already shares what they say now.

    What they did of the course before counts. is_invited: somebody with an invitation may join a cohort that is closed
    to codes. key: what stands for them in lists, where it is not to be random. Raises CohortClosedError.
    """
    let_follow(learner=locked_record(learner_of(user=account, now=now), now))
    locked = _locked_cohort(cohort)
    if not (locked.is_open or is_invited):
        raise CohortClosedError
    row = Participation.objects.select_for_update(no_key=True).filter(cohort=locked, account=account).first()
    if row is not None and row.status == Status.JOINED:
        return _share(row, account, shared, now)
    is_new = row is None
    if row is None:
        row = Participation(id=key or uuid4(), cohort=locked, account=account, rule=locked.rule_in_force())
    _take_part(row, account, shared, now, is_new=is_new)
    return row


@transaction.atomic
def claim(*, code: str, account: User, shared: Shared, now: dt.datetime) -> Participation:
    """Have somebody take the place that was kept for them, with the attendance that was noted for it.

    Raises NoSuchPlaceError, and TakesPartAlreadyError where they take part in the cohort without it.
    """
    let_follow(learner=locked_record(learner_of(user=account, now=now), now))
    place = place_to_claim(code)
    if place is None:
        raise NoSuchPlaceError
    cohort = _locked_cohort(place.cohort)
    row = Participation.objects.select_for_update(no_key=True).filter(pk=place.pk, status=Status.PLACED).first()
    if row is None:
        raise NoSuchPlaceError
    if Participation.objects.filter(cohort=cohort, account=account).exists():
        raise TakesPartAlreadyError
    row.account, row.claim_digest, row.rule = account, "", cohort.rule_in_force()
    Participation.objects.filter(pk=row.pk).update(account=account, claim_digest="", status=Status.JOINED)
    _take_part(row, account, shared, now, is_new=False)
    return row


@transaction.atomic
def share(*, participation: Participation, shared: Shared, now: dt.datetime) -> Participation:
    """Have somebody share other things with a cohort from now on; the same changes nothing.

    Lists as of an earlier time say what was shared then. Raises CohortClosedError where it is archived: nothing about
    it changes any longer.
    """
    _locked_cohort(participation.cohort)
    row = Participation.objects.select_for_update(no_key=True).get(pk=participation.pk)
    if row.account is None:  # pragma: no cover - what is somebody's own has an account
        raise NoSuchPlaceError
    return _share(row, row.account, shared, now)


@transaction.atomic
def leave(*, participation: Participation, now: dt.datetime) -> None:
    """Have somebody leave a cohort: from now on their trainer sees nothing further of them. Twice changes nothing."""
    row = Participation.objects.select_for_update(no_key=True).filter(pk=participation.pk).first()
    if row is None or row.status != Status.JOINED:
        return
    row.status = Status.LEFT
    enter([row], change=Change.LEFT, now=now)


def _locked_cohort(cohort: Cohort) -> Cohort:
    # Shared rather than alone would do, but SQLite knows neither and joining takes a moment only.
    locked = Cohort.objects.select_for_update(no_key=True).filter(pk=cohort.pk, archived_at=None).first()
    if locked is None:
        raise CohortClosedError
    return locked


def _take_part(row: Participation, account: User, shared: Shared, now: dt.datetime, *, is_new: bool) -> None:
    row.status = Status.JOINED
    row.last_step_at = _last_step(account)
    set_shared(row, account=account, shared=shared)
    if is_new:
        row.save(force_insert=True)
        enter_new([row], change=Change.JOINED, now=now)
    else:
        Participation.objects.filter(pk=row.pk).update(last_step_at=row.last_step_at)
        enter([row], change=Change.JOINED, now=now)
    keep_completion(participations=[row.pk], because=Because.JOINED, now=now)
    row.refresh_from_db()


def _last_step(account: User) -> dt.datetime | None:
    return Event.objects.filter(learner__account=account).aggregate(last=Max("occurred_at"))["last"]


def _share(row: Participation, account: User, shared: Shared, now: dt.datetime) -> Participation:
    before = {field: getattr(row, field) for field in row.STATE}
    set_shared(row, account=account, shared=shared)
    if before != {field: getattr(row, field) for field in row.STATE}:
        enter([row], change=Change.SHARED, now=now)
    return row
