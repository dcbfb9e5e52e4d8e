"""Duties that are due are done: each once, however many clocks there are, and the failing of one stops no other."""

import datetime as dt
import logging
import traceback
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Case, F, Q, When

from openmuseums.clock.duties import Duty, DutyError, all_duties
from openmuseums.clock.models import DutyRun

logger = logging.getLogger(__name__)

FIRST_PAUSE = dt.timedelta(minutes=10)


class UnknownDutyError(LookupError):
    """Raised where no app has registered a duty of this name."""


@dataclass(frozen=True)
class Done:
    """A duty that was done, or failed, and what was said about it."""

    duty: Duty
    is_well: bool
    sentence: str


def run_due(
    *,
    time: Callable[[], dt.datetime],
    names: Collection[str] = (),
    is_regardless: bool = False,
    is_stopping: Callable[[], bool] = lambda: False,
) -> list[Done]:
    """Do the duties that are due, or those named, and return what became of them.

    time: tells the time, for doing duties takes some. is_regardless: also those that are not due; those that somebody
    else is doing are left to them all the same. is_stopping: asked before each whether to leave the rest for later.

    Raises UnknownDutyError.
    """
    duties = {duty.name: duty for duty in all_duties()}
    unknown = set(names) - set(duties)
    if unknown:
        raise UnknownDutyError(", ".join(sorted(unknown)))
    DutyRun.objects.bulk_create([DutyRun(name=name, due_at=time()) for name in duties], ignore_conflicts=True)
    # Those that are overdue longest first, so that none is put off for ever by others that take their time.
    order = DutyRun.objects.order_by("due_at", "name").values_list("name", flat=True)
    done = (
        _run(duties[name], time=time, is_regardless=is_regardless)
        for name in order
        if name in duties and (not names or name in names) and not is_stopping()
    )
    return [each for each in done if each is not None]


def make_due(*, name: str, now: dt.datetime) -> None:
    """Have a duty be done at the clock's next turn.

    Raises UnknownDutyError.
    """
    if name not in {duty.name for duty in all_duties()}:
        raise UnknownDutyError(name)
    DutyRun.objects.update_or_create(name=name, defaults={"due_at": now})


def _run(duty: Duty, *, time: Callable[[], dt.datetime], is_regardless: bool) -> Done | None:
    """Do a duty, if it is ours to do."""
    now = time()
    holder = _take(duty, now=now, is_regardless=is_regardless)
    if holder is None:
        return None
    try:
        is_well, sentence = True, duty.run(now)
    except DutyError as error:
        is_well, sentence = False, str(error)
    except Exception as error:  # noqa: BLE001 - the failing of one duty must not stop the others
        is_well, sentence = False, _nameless(error)
    if not is_well:
        logger.error("Duty %s failed: %s", duty.name, sentence)
    _give_back(duty, holder, is_well=is_well, sentence=sentence, began=now, now=time())
    return Done(duty, is_well, sentence)


def _take(duty: Duty, *, now: dt.datetime, is_regardless: bool) -> uuid.UUID | None:
    """Take the lease of a duty, which nobody else has then; None where it is not due or somebody has it."""
    holder = uuid.uuid4()
    before = DutyRun.objects.get(name=duty.name)
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    due = Q() if is_regardless else Q(due_at__lte=now)
    # One conditional update: of two who ask at once, the database lets one.
    taken = DutyRun.objects.filter(free & due, name=duty.name).update(
        holder=holder,
        lease_until=now + duty.at_most,
        started_at=now,
        died_at=Case(When(lease_until__isnull=False, then=F("started_at")), default=F("died_at")),
    )
    if not taken:
        return None
    if before.has_died(now):
        logger.warning("Duty %s was begun before and ended without a word; it is done again.", duty.name)
    return holder


def _give_back(  # noqa: PLR0913 - these are the parts of a result
    duty: Duty, holder: uuid.UUID, *, is_well: bool, sentence: str, began: dt.datetime, now: dt.datetime
) -> None:
    # By the minute: a clock that strikes each minute does what is due each minute at each of its strokes.
    next_due = began.replace(second=0, microsecond=0) + duty.every
    run = DutyRun.objects.get(name=duty.name)
    failures = 0 if is_well else run.failures + 1
    if failures:
        next_due = min(next_due, now + FIRST_PAUSE * 2 ** min(failures - 1, 10))
    kept = DutyRun.objects.filter(name=duty.name, holder=holder).update(
        holder=None,
        lease_until=None,
        finished_at=now,
        outcome=DutyRun.Outcome.DONE if is_well else DutyRun.Outcome.FAILED,
        sentence=sentence[:500],
        failures=failures,
        due_at=next_due,
    )
    if not kept:
        logger.warning("Duty %s took longer than %s; somebody else has begun it again.", duty.name, duty.at_most)


def _nameless(error: Exception) -> str:
    """Return what went wrong and where, without what the error says in words: it may hold people's data."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}."
