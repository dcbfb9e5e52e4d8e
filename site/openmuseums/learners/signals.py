"""What learners' records tell other apps."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import Signal

# Events were added to a record that is followed: `learner`, `events` in their order. Sent in the transaction that adds
# them, with the learner's row locked and what follows from them stored; what a receiver does stands or falls with them.
recorded = Signal()


def tell(learner: Any, events: Sequence[Any]) -> None:
    """Tell who follows a record of events that were added to it."""
    if learner.is_followed and events:
        recorded.send(type(learner), learner=learner, events=events)
