"""Adding what is kept on a device to an account: the two records become one, and the device's is gone."""

import datetime as dt
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db import transaction

from openmuseums.learners.holdings import Conflict, conflicts_between, lock_holdings, move_holdings
from openmuseums.learners.models import Event, Learner, RecordGoneError
from openmuseums.learners.outline import Outline, get_outline
from openmuseums.learners.projection import Record, fold, store, stored_record
from openmuseums.learners.reading import is_whole
from openmuseums.learners.recording import learner_of
from openmuseums.learners.signals import tell
from openmuseums.people.models import User

_MARKS: dict[str, str] = {
    Event.Kind.UNIT_READ: Event.Kind.UNIT_READ,
    Event.Kind.UNIT_UNREAD: Event.Kind.UNIT_READ,
    Event.Kind.PAGE_READ: Event.Kind.PAGE_READ,
    Event.Kind.PAGE_UNREAD: Event.Kind.PAGE_READ,
}


class OpenInBothError(Exception):
    """Raised where nobody said which of two goes on, of what is open in both records; `conflicts` are those."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        self.conflicts = conflicts
        super().__init__(f"Open in both: {len(conflicts)}")


def open_in_both(*, device: Learner, user: User) -> list[Conflict]:
    """Return what is open in the device's record and in the account's, and can go on in one alone."""
    account = Learner.objects.filter(account=user).first()
    return conflicts_between(device, account) if account else []


@transaction.atomic
def join(*, device: Learner, user: User, goes_on: Mapping[UUID, bool], now: dt.datetime) -> None:
    """Add the device's record to the account's, and erase the device's.

    What is read in either is read, and so is a unit of which each has one page; every attempt is kept, and the best
    counts; what was done first in either is when it was done. `goes_on` says, by page key, of what is open in both,
    whether it goes on as the device has it; the other is finished as it stands. The device's events are copied, for
    events never change; when they occurred is kept.

    Both records are locked, in the order of their keys, before anything is read: an act that was saved is in what is
    read, and one that comes later finds the device's record gone.
    Raises RecordGoneError where the device's record was joined or erased meanwhile, which leaves the account as it is;
    OpenInBothError, with nothing changed, where `goes_on` says nothing of something that is open in both.
    """
    # Asked before the locks are taken: it may have to be built, and nobody should wait for that.
    outline = get_outline()
    wanted = (device.pk, learner_of(user=user, now=now).pk)
    locked = Learner.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    by_key = {learner.pk: learner for learner in locked}
    source, target = (by_key.get(pk) for pk in wanted)
    if source is None or target is None or not source.is_visitor:
        raise RecordGoneError
    lock_holdings([source, target])
    undecided = [conflict for conflict in conflicts_between(source, target) if conflict.page_key not in goes_on]
    if undecided:
        raise OpenInBothError(undecided)
    move_holdings(source, target, goes_on, now)
    _copy_events(source, target, now, outline)
    if source.started_at < target.started_at:
        Learner.objects.filter(pk=target.pk).update(started_at=source.started_at)
    source.delete()


def _copy_events(source: Learner, target: Learner, now: dt.datetime, outline: Outline | None) -> None:
    copies = [
        Event(
            learner=target,
            kind=event.kind,
            page_key=event.page_key,
            item_id=event.item_id,
            right=event.right,
            points=event.points,
            points_possible=event.points_possible,
            passed=event.passed,
            chosen=event.chosen,
            occurred_at=event.occurred_at,
            recorded_at=now,
        )
        for event in _events_that_count(source)
    ]
    before = stored_record(target)
    added = [*copies, *_units_read_in_both(target, fold(before, copies), now, outline)]
    Event.objects.bulk_create(added)
    store(target, before=before, after=fold(before, added))
    tell(target, added)


def _units_read_in_both(target: Learner, record: Record, now: dt.datetime, outline: Outline | None) -> Iterator[Event]:
    """Yield that a unit is read, of which one page was marked here and the other there: as of the later of the two."""
    for unit in outline.units if outline else ():
        if unit.page_key not in record.units and is_whole(unit.page_keys, record.pages):
            yield Event(
                learner=target,
                kind=Event.Kind.UNIT_READ,
                page_key=unit.page_key,
                occurred_at=max(record.pages[key].read_at for key in unit.page_keys),
                recorded_at=now,
            )


def _events_that_count(source: Learner) -> Iterator[Event]:
    """Yield the events of a record; of units and pages only how each was last marked as read, none of one that is not.

    So a unit that is read in either record is read afterwards, whatever was taken back, and when. Of a quiz that was
    graded again only the last time counts: it speaks of both records.
    """
    events = list(source.events.order_by("id"))
    marks = {(_MARKS[event.kind], event.page_key): event for event in events if event.kind in _MARKS}
    regraded = {event.page_key: event for event in events if event.kind == Event.Kind.QUIZ_REGRADED}
    for event in events:
        if event.kind in _MARKS and _MARKS[event.kind] != event.kind:
            continue
        if event.kind == Event.Kind.QUIZ_REGRADED and regraded[event.page_key] is not event:
            continue
        if event.kind not in _MARKS or marks[event.kind, event.page_key] is event:
            yield event
