"""What other apps keep of learners. They register it here, so that records can be joined and erased as a whole."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from openmuseums.learners.models import Learner


@dataclass(frozen=True)
class Conflict:
    """Something that is open in two records and can go on in one alone: for each, since when and how much is done.

    `page_key` is the translation key of the page that it belongs to; `total` is how much there is to do.
    """

    page_key: UUID
    total: int
    device_started_at: dt.datetime
    device_done: int
    account_started_at: dt.datetime
    account_done: int


@dataclass(frozen=True)
class Holding:
    """What an app keeps of learners, and what becomes of it.

    lock: take the rows' locks, for records that are locked already. unfinished: how much of a record was begun and not
    finished. conflicts: what is open in the device's record and
    in the account's. move: give what the first record has to the second; the mapping says by page key whether what is
    open in both goes on as the device has it. Called with both locked; what it records is taken along.
    """

    lock: Callable[[Collection[Learner]], None]
    unfinished: Callable[[Learner], int]
    conflicts: Callable[[Learner, Learner], list[Conflict]]
    move: Callable[[Learner, Learner, Mapping[UUID, bool], dt.datetime], None]


_holdings: dict[str, Holding] = {}


def register_holding(app: str, holding: Holding) -> None:
    """Have what an app keeps of learners go where their records go."""
    _holdings[app] = holding


def lock_holdings(learners: Collection[Learner]) -> None:
    """Lock what other apps keep of records, which the caller has locked."""
    for holding in _holdings.values():
        holding.lock(learners)


def unfinished_of(learner: Learner) -> int:
    """Return how much of a record was begun and not finished."""
    return sum(holding.unfinished(learner) for holding in _holdings.values())


def conflicts_between(device: Learner, account: Learner) -> list[Conflict]:
    """Return what is open in both records and can go on in one alone."""
    return [conflict for holding in _holdings.values() for conflict in holding.conflicts(device, account)]


def move_holdings(device: Learner, account: Learner, goes_on: Mapping[UUID, bool], now: dt.datetime) -> None:
    """Give what other apps keep of one record to another."""
    for holding in _holdings.values():
        holding.move(device, account, goes_on, now)
