"""What becomes of attempts that are graded again: other outcomes, and passes that come or go. Nothing is written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

from quizzes.attempts.results import languages_in, score_by
from quizzes.attempts.taking import given_in_many
from quizzes.models import Attempt, QuizVersion, Result
from quizzes.questions.registry import key_of
from quizzes.scoring import Given, Score, as_decimal
from quizzes.versions.freezing import newest_version
from quizzes.versions.texts import LazyTexts

# Learners whose attempts are read at once.
TOGETHER = 100


@dataclass(frozen=True)
class Plan:
    """What is graded again: attempts at some versions of a quiz, by the newest one."""

    quiz_key: UUID
    newest: QuizVersion
    numbers: frozenset[int]
    later: LazyTexts

    def attempts(self, learners: Collection[Any]) -> "models.QuerySet[Attempt]":
        """Return what learners have handed in, at any version, in the order of their keys."""
        found = finished_attempts(self.quiz_key).filter(learner__in=learners)
        return found.select_related("version", "result", "result__version").order_by("learner", "number")

    def learners(self) -> Iterator[list[UUID]]:
        """Yield the keys of the learners who have handed in something at the versions, as many at once as are read."""
        found = finished_attempts(self.quiz_key).filter(version__number__in=self.numbers).order_by("learner")
        keys = list(found.values_list("learner", flat=True).distinct())
        for start in range(0, len(keys), TOGETHER):
            yield keys[start : start + TOGETHER]


@dataclass
class Changes:
    """What becomes of a learner's attempts: new outcomes, and whether one of them is a pass before and after."""

    attempts: int = 0
    new: list[tuple[Attempt, Score]] = field(default_factory=list)
    before: bool = False
    after: bool = False
    if_taken: bool = False


def finished_attempts(quiz_key: UUID) -> "models.QuerySet[Attempt]":
    """Return what was handed in at a quiz, practice left out."""
    return Attempt.objects.filter(quiz_key=quiz_key, submitted_at__isnull=False, is_practice=False)


def plan_of(quiz_key: UUID, numbers: Collection[int]) -> Plan | None:
    """Return what is graded again, or None where the quiz has no version."""
    newest = newest_version(quiz_key)
    if newest is None:
        return None
    languages = [code for code, _name in settings.LANGUAGES]
    return Plan(quiz_key, newest, frozenset(numbers), LazyTexts(newest, languages, None))


def changes_of(plan: Plan, attempts: Iterable[Attempt], *, takes_passes: bool = False) -> Mapping[UUID, Changes]:
    """Return by learner what becomes of attempts, which are all that each has handed in."""
    found: defaultdict[UUID, Changes] = defaultdict(Changes)
    attempts = list(attempts)
    given = given_in_many([attempt.pk for attempt in attempts])
    for attempt in attempts:
        changes, held = found[attempt.learner_id], attempt.held
        changes.before = changes.before or held.passed
        outcome = None
        if attempt.version.number in plan.numbers:
            changes.attempts += 1
            outcome = _graded_again(plan, attempt, given.get(attempt.pk, {}))
            if _differs(plan, attempt, outcome, takes_passes=takes_passes):
                changes.new.append((attempt, outcome))
        changes.after = changes.after or passes(held, outcome, takes_passes=takes_passes)
        changes.if_taken = changes.if_taken or passes(held, outcome, takes_passes=True)
    return found


def passes(held: Result, outcome: Score | None, *, takes_passes: bool) -> bool:
    """Return whether an attempt is a pass afterwards; without an outcome it is not graded again."""
    if outcome is None:
        return held.passed
    return outcome.passed or (held.passed and not takes_passes)


def _graded_again(plan: Plan, attempt: Attempt, given: Mapping[str, Given]) -> Score:
    texts = LazyTexts(attempt.version, languages_in(given), attempt.submitted_at)
    return score_by(attempt, given, version=plan.newest, texts=texts, later=plan.later)


def _differs(plan: Plan, attempt: Attempt, outcome: Score, *, takes_passes: bool) -> bool:
    """Return whether a new result would say something else, if only which answers were right."""
    held = attempt.held
    will_pass = passes(held, outcome, takes_passes=takes_passes)
    worth = (as_decimal(outcome.points), outcome.points_possible, will_pass)
    if (held.points, held.points_possible, held.passed) != worth:
        return True
    keys = [key_of(question) for question in attempt.graded]
    return keys != [key_of(question) for question in attempt.questions_by(plan.newest)]
