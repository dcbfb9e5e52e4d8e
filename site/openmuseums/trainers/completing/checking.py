"""Comparing what is kept of completion with what follows from events, and mending it by further entries."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from openmuseums.trainers.completing.keeping import Standing, keep_completion, kept_measures, standing_from_events
from openmuseums.trainers.completing.measuring import Measure
from openmuseums.trainers.models import Participation
from openmuseums.trainers.models.completion import Because

_BLOCK = 500

Kept = tuple[int, bool, tuple[str, ...]]


class Difference(NamedTuple):
    """Somebody of whom something else is kept than follows from events: how far they are, and whether all is done.

    Last comes how far they are with each criterion, in the order of the rule.
    """

    participation_id: UUID
    kept: Kept
    follows: Kept


def check_completion(
    participations: QuerySet[Participation], *, now: dt.datetime, write: bool = False
) -> list[Difference]:
    """Return of whom something else is kept than follows from what they did; mend it where `write` says so.

    Mending enters what is right from now on; what was entered stays. Only people who take part are compared: who has
    left is followed no longer.
    """
    found = []
    for keys in _blocks(participations):
        with transaction.atomic():
            rows = Participation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
            differing = _differing(list(rows))
            if write and differing:
                wrong = [difference.participation_id for difference in differing]
                keep_completion(participations=wrong, because=Because.CHECKED, now=now)
        found += differing
    return found


def _differing(rows: Collection[Participation]) -> list[Difference]:
    follows = standing_from_events(rows)
    pairs = [Difference(row.pk, _kept(row, follows[row.pk]), _following(follows[row.pk])) for row in rows]
    return [pair for pair in pairs if pair.kept != pair.follows]


def _kept(row: Participation, standing: Standing) -> Kept:
    measures = kept_measures(row)
    told = tuple(_told(measures.get(wanted.id)) for wanted, _measured in standing.measures)
    return row.progress, row.completed_at is not None, told


def _following(standing: Standing) -> Kept:
    told = tuple(_told(measured) for _wanted, measured in standing.measures)
    return standing.progress, standing.completed_at is not None, told


def _told(measured: Measure | None) -> str:
    if measured is None:
        return "nothing"
    return f"{measured.done.normalize():f}{' met' if measured.is_met else ''}"


def _blocks(participations: QuerySet[Participation]) -> Iterator[list[UUID]]:
    taking_part = participations.filter(status=Participation.Status.JOINED).order_by("pk")
    keys = list(taking_part.values_list("pk", flat=True))
    yield from (keys[start : start + _BLOCK] for start in range(0, len(keys), _BLOCK))
