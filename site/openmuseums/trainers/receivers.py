"""Trainers' cohorts follow what learners do, and remember when sessions were to be."""

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from openmuseums.learners.models import Event, Learner
from openmuseums.learners.signals import recorded
from openmuseums.trainers.completing.keeping import follow_events
from openmuseums.trainers.models import Session, SessionTimes


@receiver(recorded)
def follow(sender: Any, learner: Learner, events: Sequence[Event], **kwargs: Any) -> None:
    """Enter what a learner's act changes in the cohorts that they take part in."""
    follow_events(learner=learner, events=events)


@receiver(post_save, sender=Session)
def keep_times(sender: Any, instance: Session, **kwargs: Any) -> None:
    """Keep when a session was to be, wherever that was changed: the hours in a list are those known as of its time."""
    last = instance.times.order_by("id").last()
    if last is None or (last.starts_at, last.ends_at) != (instance.starts_at, instance.ends_at):
        SessionTimes.objects.create(
            session=instance,
            starts_at=instance.starts_at,
            ends_at=instance.ends_at,
            recorded_at=instance.changed_at,
        )
