"""What becomes of attempts where two records become one, or where one is erased."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import models

from openmuseums.learners.holdings import Conflict, Holding, register_holding
from openmuseums.learners.models import Learner
from openmuseums.learners.projection import stored_record
from quizzes.attempts.results import record_regraded
from quizzes.attempts.taking import submit_attempt
from quizzes.models import Attempt, ExtraTime


def register_attempts() -> None:
    """Have attempts go where the records go that they belong to."""
    register_holding(
        "quizzes",
        Holding(lock=lock_attempts, unfinished=count_open, conflicts=open_in_both, move=move_attempts),
    )


def lock_attempts(learners: Collection[Learner]) -> None:
    """Lock the attempts of learners who are locked, so that no answer is saved to one that moves or goes."""
    list(Attempt.objects.select_for_update(no_key=True).filter(learner__in=learners).order_by("pk").values_list("pk"))


def count_open(learner: Learner) -> int:
    """Return how many quizzes were begun and not handed in."""
    return Attempt.objects.filter(learner=learner, submitted_at=None, is_practice=False).count()


def open_in_both(device: Learner, account: Learner) -> list[Conflict]:
    """Return the quizzes with an open attempt in both records."""
    theirs, ours = _open_attempts(device), _open_attempts(account)
    return [
        Conflict(
            page_key=quiz_key,
            total=len(theirs[quiz_key].answerable),
            device_started_at=theirs[quiz_key].started_at,
            device_done=theirs[quiz_key].answers.count(),
            account_started_at=ours[quiz_key].started_at,
            account_done=ours[quiz_key].answers.count(),
        )
        for quiz_key in sorted(theirs.keys() & ours.keys())
    ]


def move_attempts(device: Learner, account: Learner, goes_on: Mapping[UUID, bool], now: dt.datetime) -> None:
    """Give the device's attempts to the account, with numbers after those that the account has.

    Of two that are open one goes on, the device's where `goes_on` says so of the quiz; the other is handed in as it is.
    Extra time that was set on the device holds where the account has set none.
    """
    if not ExtraTime.objects.filter(learner=account).exists():
        ExtraTime.objects.filter(learner=device).update(learner=account)
    for is_practice in (False, True):
        theirs, ours = _open_attempts(device, is_practice=is_practice), _open_attempts(account, is_practice=is_practice)
        for quiz_key in sorted(theirs.keys() & ours.keys()):
            # Of practice runs nobody is asked which goes on, for neither is counted.
            goes_on_of_device = not is_practice and goes_on[quiz_key]
            other, learner = (ours, account) if goes_on_of_device else (theirs, device)
            submit_attempt(attempt_id=other[quiz_key].pk, learner=learner, now=now)
    numbers = Attempt.objects.filter(learner=account).values_list("quiz_key", "is_practice")
    last = {(key, practice): number for key, practice, number in numbers.annotate(models.Max("number"))}
    for attempt in Attempt.objects.filter(learner=device).order_by("quiz_key", "number"):
        kind = (attempt.quiz_key, attempt.is_practice)
        last[kind] = number = last.get(kind, 0) + 1
        Attempt.objects.filter(pk=attempt.pk).update(learner=account, number=number)
    _record_regraded(device=device, account=account, now=now)


def _open_attempts(learner: Learner, *, is_practice: bool = False) -> dict[UUID, Attempt]:
    attempts = Attempt.objects.filter(learner=learner, submitted_at=None, is_practice=is_practice)
    attempts = attempts.select_related("version")
    return {attempt.quiz_key: attempt for attempt in attempts}


def _record_regraded(*, device: Learner, account: Learner, now: dt.datetime) -> None:
    """Have the record of a device say what its attempts and the account's come to, where some were graded again."""
    keys = _finished_attempts(account).filter(result__number__gt=1).values_list("quiz_key", flat=True).distinct()
    for quiz_key in sorted(set(keys) & stored_record(device).quizzes.keys()):
        results = [attempt.result for attempt in _finished_attempts(account).filter(quiz_key=quiz_key)]
        record_regraded(device, quiz_key, [result for result in results if result], now)


def _finished_attempts(learner: Learner) -> "models.QuerySet[Attempt]":
    """Return what a learner has handed in, practice left out."""
    found = Attempt.objects.filter(learner=learner, submitted_at__isnull=False, is_practice=False)
    return found.select_related("result").order_by("number")
