"""Trainers' cohorts follow what learners do."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from openmuseums.learners.models import Event, Learner
from openmuseums.learners.signals import recorded
from openmuseums.trainers.completing.keeping import follow_events


@receiver(recorded)
def follow(sender: Any, learner: Learner, events: Sequence[Event], **kwargs: Any) -> None:
    """Enter what a learner's act changes in the cohorts that they take part in."""
    follow_events(learner=learner, events=events)
