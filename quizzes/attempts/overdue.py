"""Attempts whose time is up: the clock hands them in as they stand, where nobody comes back to do it."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from openmuseums.learners.models import Learner
from quizzes.attempts.taking import hand_in
from quizzes.models import Attempt


def hand_in_overdue(*, now: dt.datetime) -> int:
    """Hand in the attempts whose time is up, grace and all, each in a transaction of its own; return how many."""
    due = Attempt.objects.filter(submitted_at__isnull=True, due_at__lt=now).select_related("version")
    return sum(
        _hand_in(attempt.pk, attempt.learner_id, now) for attempt in due.order_by("due_at") if attempt.is_over(now)
    )


def overdue_duty(now: dt.datetime) -> str:
    """Hand in the attempts whose time is up, and say how many."""
    return f"{hand_in_overdue(now=now)} attempts handed in whose time was up."


@transaction.atomic
def _hand_in(attempt_id: UUID, learner_id: UUID, now: dt.datetime) -> bool:
    # Locked as every act does, but the end of a visitor's record is not put off: nobody was here. Another record, or
    # none, may have the attempt by now.
    learner = Learner.objects.select_for_update(no_key=True).filter(pk=learner_id).first()
    is_open = Attempt.objects.filter(pk=attempt_id, learner=learner, submitted_at__isnull=True).exists()
    if learner is None or not is_open:
        return False
    hand_in(attempt_id, learner=learner, now=now)
    return True
