"""Entering what a participation is from now on: the one way in which a state of one changes."""

import datetime as dt
from collections.abc import Collection

from openmuseums.trainers.models import Participation, ParticipationEntry, State


class CohortClosedError(ValueError):
    """Raised where nothing can be entered about a cohort (any longer): it is closed, archived, or gone."""


def enter(
    participations: Collection[Participation], *, change: str, now: dt.datetime, occurred_at: dt.datetime | None = None
) -> None:
    """Save the state of participations, which the caller changed under their lock, with an entry for each.

    occurred_at: where it happened earlier than it is recorded.
    """
    Participation.objects.bulk_update(participations, State.STATE_FIELDS)
    enter_new(participations, change=change, now=now, occurred_at=occurred_at)


def enter_new(
    participations: Collection[Participation], *, change: str, now: dt.datetime, occurred_at: dt.datetime | None = None
) -> None:
    """Add an entry for each of some participations that were just made."""
    ParticipationEntry.objects.bulk_create(
        [
            ParticipationEntry(
                participation=row,
                change=change,
                occurred_at=occurred_at or now,
                recorded_at=now,
                **{field: getattr(row, field) for field in State.STATE},
            )
            for row in participations
        ]
    )
