"""What grading again would do, told before it is done."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from quizzes.models import QuizVersion
from quizzes.questions.registry import is_typed, key_of
from quizzes.regrading.plans import Plan, changes_of, plan_of
from quizzes.rekeying import rekeyed


@dataclass(frozen=True)
class Outlook:
    """What grading again would do.

    attempts: how many were handed in at the chosen versions. changed: how many of them would get another result.
    gains, losses: how many people would have passed who have not, and the other way round if passes are taken away.
    stuck: ids of the questions whose right answers changed and that cannot be graded again, for something that could be
    chosen then is gone.
    """

    attempts: int = 0
    changed: int = 0
    gains: int = 0
    losses: int = 0
    stuck: tuple[str, ...] = ()


def outlook(*, quiz_key: UUID, numbers: Collection[int]) -> Outlook:
    """Return what it would do to grade attempts at some versions of a quiz again, by the newest; change nothing."""
    plan = plan_of(quiz_key, numbers)
    if plan is None:
        return Outlook()
    attempts = changed = gains = losses = 0
    for learners in plan.learners():
        for changes in changes_of(plan, plan.attempts(learners)).values():
            attempts += changes.attempts
            changed += len(changes.new)
            gains += changes.after and not changes.before
            losses += changes.before and not changes.if_taken
    return Outlook(attempts, changed, gains, losses, _stuck(plan))


def _stuck(plan: Plan) -> tuple[str, ...]:
    newest = {question.id: question for question in plan.newest.questions}
    versions = QuizVersion.objects.filter(quiz_key=plan.quiz_key, number__in=plan.numbers).order_by("number")
    stuck: dict[str, None] = {}
    for version in versions:
        again = rekeyed(version.questions, plan.newest.questions, is_typed=is_typed)
        for asked, question in zip(version.questions, again, strict=True):
            changed = asked.id in newest and key_of(newest[asked.id]) != key_of(asked)
            if changed and question is asked:
                stuck[asked.id] = None
    return tuple(stuck)
