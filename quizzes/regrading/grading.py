"""Grading again what was handed in, after right answers changed: learner by learner."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from openmuseums.learners.models import Learner
from quizzes.attempts.results import add_result, record_regraded
from quizzes.models import Attempt
from quizzes.regrading.outlook import Outlook, outlook
from quizzes.regrading.plans import Changes, Plan, changes_of, passes, plan_of

REGRADED = "openmuseums.quiz.regraded"
# How many learners are graded again before somebody has to ask to go on.
AT_ONCE = 200


class OutlookChangedError(Exception):
    """Raised where other people would lose a pass than were told when that was chosen; `outlook` holds it as it is."""

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook
        super().__init__(f"{outlook.losses} would lose their pass.")


@dataclass(frozen=True)
class Done:
    """What grading again did: attempts with a new result, people who have passed by it, and who no longer have."""

    changed: int = 0
    gains: int = 0
    losses: int = 0
    is_whole: bool = True


def regrade(  # noqa: PLR0913 - what is graded again, why and by whom, and what was told of it
    *,
    quiz: Page,
    numbers: Collection[int],
    reason: str,
    by: Any,
    now: dt.datetime,
    takes_passes: bool = False,
    losses_told: int = 0,
    limit: int = AT_ONCE,
) -> Done:
    """Grade again the attempts at some versions of a quiz, by the newest, and return what was done.

    Each learner's in a transaction of its own, under the learner's lock: it can be stopped anywhere, done again, and
    done twice at once; what is graded already is left alone. After `limit` learners it ends, and is not whole.
    Nobody loses a pass unless `takes_passes` says so, and then no others than were told: an attempt that is one stays
    one, with its new points.
    Raises OutlookChangedError, with nothing changed, where `losses_told` is not how many would lose theirs.
    """
    plan = plan_of(quiz.quiz_key, numbers)
    if plan is None:
        return Done()
    if takes_passes and (ahead := outlook(quiz_key=plan.quiz_key, numbers=numbers)).losses != losses_told:
        raise OutlookChangedError(ahead)
    due = [
        learner
        for learners in plan.learners()
        for learner, changes in changes_of(plan, plan.attempts(learners), takes_passes=takes_passes).items()
        if changes.new
    ]
    made = [
        _regrade_learner(plan, learner, reason=reason, by=by, now=now, takes_passes=takes_passes)
        for learner in due[:limit]
    ]
    done = Done(
        changed=sum(len(changes.new) for changes in made),
        gains=sum(changes.after and not changes.before for changes in made),
        losses=sum(changes.before and not changes.after for changes in made),
        is_whole=len(due) <= limit,
    )
    if done.changed:
        data = {"versions": sorted(numbers), "reason": reason, "attempts": done.changed}
        log(instance=quiz, action=REGRADED, user=by, data={**data, "gains": done.gains, "losses": done.losses})
    return done


@transaction.atomic
def _regrade_learner(  # noqa: PLR0913 - what is graded again, why and by whom
    plan: Plan, learner_id: UUID, *, reason: str, by: Any, now: dt.datetime, takes_passes: bool
) -> Changes:
    # The record before its attempts, as everywhere. A visitor's is not put off: it is not the visitor who acts.
    learner = Learner.objects.select_for_update(no_key=True).filter(pk=learner_id).first()
    if learner is None:
        return Changes()
    attempts = list(plan.attempts([learner_id]).select_for_update(no_key=True, of=("self",)))
    changes = changes_of(plan, attempts, takes_passes=takes_passes).get(learner_id, Changes())
    for attempt, outcome in changes.new:
        held = attempt.held
        attempt.result = add_result(
            attempt=attempt,
            version=plan.newest,
            outcome=outcome,
            passed=passes(held, outcome, takes_passes=takes_passes),
            number=held.number + 1,
            now=now,
            reason=reason,
            by=by,
        )
    Attempt.objects.bulk_update([attempt for attempt, _outcome in changes.new], ["result"])
    if changes.new:
        record_regraded(learner, plan.quiz_key, [attempt.held for attempt in attempts], now)
    return changes
