"""Trainers' cohorts follow what learners do, remember when sessions were to be, and shut out who leaves their staff."""

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from openmuseums.learners.models import Event, Learner
from openmuseums.learners.signals import recorded
from openmuseums.trainers.calendars.feeding import renew_feed_of_left_cohort
from openmuseums.trainers.completing.keeping import follow_events
from openmuseums.trainers.models import Session, SessionTimes, Staff


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


@receiver(post_delete, sender=Staff)
def shut_out(sender: Any, instance: Staff, **kwargs: Any) -> None:
    """Have who leaves the staff of a cohort, however they do, not read its calendar by the address that they know."""
    renew_feed_of_left_cohort(cohort_id=instance.cohort_id, now=timezone.now())
