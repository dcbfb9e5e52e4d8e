"""Grading again what was handed in, after right answers changed: seen first, then done learner by learner."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from wagtail.log_actions import log
from wagtail.models import Page

from openmuseums.delivery.languages import source_language
from openmuseums.learners.models import Learner
from openmuseums.learners.projection import stored_record
from openmuseums.learners.recording import record_quiz_regraded
from quizzes.attempts import given_in_many
from quizzes.models import Attempt, QuizVersion, Result
from quizzes.questions.registry import is_typed, key_of
from quizzes.rekeying import rekeyed
from quizzes.results import add_result, languages_in, score_by
from quizzes.scoring import Given, Score, as_decimal
from quizzes.version_texts import LazyTexts
from quizzes.versions import newest_version

REGRADED = "openmuseums.quiz.regraded"
# Learners whose attempts are read at once, and how many are graded again before somebody has to ask to go on.
TOGETHER, AT_ONCE = 100, 200


class OutlookChangedError(Exception):
    """Raised where other people would lose a pass than were told when that was chosen; `outlook` holds it as it is."""

    def __init__(self, outlook: "Outlook") -> None:
        self.outlook = outlook
        super().__init__(f"{outlook.losses} would lose their pass.")


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


@dataclass(frozen=True)
class Done:
    """What grading again did: attempts with a new result, people who have passed by it, and who no longer have."""

    changed: int = 0
    gains: int = 0
    losses: int = 0
    is_whole: bool = True


@dataclass(frozen=True)
class _Plan:
    """What is graded again: attempts at some versions of a quiz, by the newest one."""

    quiz_key: UUID
    newest: QuizVersion
    numbers: frozenset[int]
    later: LazyTexts

    def attempts(self, learners: Collection[Any]) -> "models.QuerySet[Attempt]":
        """Return what learners have handed in, at any version, in the order of their keys."""
        found = finished_attempts(self.quiz_key).filter(learner__in=learners)
        return found.select_related("version", "result", "result__version").order_by("learner", "number")


@dataclass
class _Changes:
    """What becomes of a learner's attempts: new outcomes, and whether one of them is a pass before and after."""

    attempts: int = 0
    new: list[tuple[Attempt, Score]] = field(default_factory=list)
    before: bool = False
    after: bool = False
    if_taken: bool = False


def finished_attempts(quiz_key: UUID) -> "models.QuerySet[Attempt]":
    """Return what was handed in at a quiz, practice left out."""
    return Attempt.objects.filter(quiz_key=quiz_key, submitted_at__isnull=False, is_practice=False)


def outlook(*, quiz_key: UUID, numbers: Collection[int]) -> Outlook:
    """Return what it would do to grade attempts at some versions of a quiz again, by the newest; change nothing."""
    plan = _plan(quiz_key, numbers)
    if plan is None:
        return Outlook()
    attempts = changed = gains = losses = 0
    for learners in _together(_learners(plan)):
        for changes in _changes(plan, plan.attempts(learners)).values():
            attempts += changes.attempts
            changed += len(changes.new)
            gains += changes.after and not changes.before
            losses += changes.before and not changes.if_taken
    return Outlook(attempts, changed, gains, losses, _stuck(plan))


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
    plan = _plan(quiz.quiz_key, numbers)
    if plan is None:
        return Done()
    if takes_passes and (ahead := outlook(quiz_key=plan.quiz_key, numbers=numbers)).losses != losses_told:
        raise OutlookChangedError(ahead)
    due = [
        learner
        for learners in _together(_learners(plan))
        for learner, changes in _changes(plan, plan.attempts(learners), takes_passes=takes_passes).items()
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


def graded_again(attempt: Attempt, outcome: Score, language: str) -> dict[str, Any]:
    """Return what a result's page says of grading it again: all results in their order; nothing where there is one.

    outcome: what the answers are worth by the result that holds. language: the reader's.
    """
    held = _held(attempt)
    if held.number == 1:
        return {}
    return {
        "history": list(attempt.results.order_by("number")),
        "keeps_pass": held.passed and not outcome.passed,
        "reason_lang": source_language() if language != source_language() else "",
    }


def record_regraded(*, device: Learner, account: Learner, now: dt.datetime) -> None:
    """Have the record of a device say what its attempts and the account's come to, where some were graded again.

    Called with both locked, after the device's attempts were given to the account.
    """
    keys = finished_attempts_of(account).filter(result__number__gt=1).values_list("quiz_key", flat=True).distinct()
    for quiz_key in sorted(set(keys) & stored_record(device).quizzes.keys()):
        results = [attempt.result for attempt in finished_attempts_of(account).filter(quiz_key=quiz_key)]
        _record(device, quiz_key, [result for result in results if result], now)


def finished_attempts_of(learner: Learner) -> "models.QuerySet[Attempt]":
    """Return what a learner has handed in, practice left out."""
    found = Attempt.objects.filter(learner=learner, submitted_at__isnull=False, is_practice=False)
    return found.select_related("result").order_by("number")


def _plan(quiz_key: UUID, numbers: Collection[int]) -> _Plan | None:
    newest = newest_version(quiz_key)
    if newest is None:
        return None
    languages = [code for code, _name in settings.LANGUAGES]
    return _Plan(quiz_key, newest, frozenset(numbers), LazyTexts(newest, languages, None))


def _learners(plan: _Plan) -> list[UUID]:
    found = finished_attempts(plan.quiz_key).filter(version__number__in=plan.numbers).order_by("learner")
    return list(found.values_list("learner", flat=True).distinct())


def _together(learners: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(learners), TOGETHER):
        yield learners[start : start + TOGETHER]


def _changes(plan: _Plan, attempts: Iterable[Attempt], *, takes_passes: bool = False) -> Mapping[UUID, _Changes]:
    """Return by learner what becomes of attempts, which are all that each has handed in."""
    found: defaultdict[UUID, _Changes] = defaultdict(_Changes)
    attempts = list(attempts)
    given = given_in_many([attempt.pk for attempt in attempts])
    for attempt in attempts:
        changes, held = found[attempt.learner_id], _held(attempt)
        changes.before = changes.before or held.passed
        outcome = None
        if attempt.version.number in plan.numbers:
            changes.attempts += 1
            outcome = _graded_again(plan, attempt, given.get(attempt.pk, {}))
            if _differs(plan, attempt, outcome, takes_passes=takes_passes):
                changes.new.append((attempt, outcome))
        changes.after = changes.after or _passes(held, outcome, takes_passes=takes_passes)
        changes.if_taken = changes.if_taken or _passes(held, outcome, takes_passes=True)
    return found


def _graded_again(plan: _Plan, attempt: Attempt, given: Mapping[str, Given]) -> Score:
    texts = LazyTexts(attempt.version, languages_in(given), attempt.submitted_at)
    return score_by(attempt, given, version=plan.newest, texts=texts, later=plan.later)


def _passes(held: Result, outcome: Score | None, *, takes_passes: bool) -> bool:
    """Return whether an attempt is a pass afterwards; without an outcome it is not graded again."""
    if outcome is None:
        return held.passed
    return outcome.passed or (held.passed and not takes_passes)


def _differs(plan: _Plan, attempt: Attempt, outcome: Score, *, takes_passes: bool) -> bool:
    """Return whether a new result would say something else, if only which answers were right."""
    held = _held(attempt)
    passes = _passes(held, outcome, takes_passes=takes_passes)
    worth = (as_decimal(outcome.points), outcome.points_possible, passes)
    if (held.points, held.points_possible, held.passed) != worth:
        return True
    keys = [key_of(question) for question in attempt.graded]
    return keys != [key_of(question) for question in attempt.questions_by(plan.newest)]


@transaction.atomic
def _regrade_learner(  # noqa: PLR0913 - what is graded again, why and by whom
    plan: _Plan, learner_id: UUID, *, reason: str, by: Any, now: dt.datetime, takes_passes: bool
) -> _Changes:
    # The record before its attempts, as everywhere. A visitor's is not put off: it is not the visitor who acts.
    learner = Learner.objects.select_for_update(no_key=True).filter(pk=learner_id).first()
    if learner is None:
        return _Changes()
    attempts = list(plan.attempts([learner_id]).select_for_update(no_key=True, of=("self",)))
    changes = _changes(plan, attempts, takes_passes=takes_passes).get(learner_id, _Changes())
    for attempt, outcome in changes.new:
        held = _held(attempt)
        attempt.result = add_result(
            attempt=attempt,
            version=plan.newest,
            outcome=outcome,
            passed=_passes(held, outcome, takes_passes=takes_passes),
            number=held.number + 1,
            now=now,
            reason=reason,
            by=by,
        )
    Attempt.objects.bulk_update([attempt for attempt, _outcome in changes.new], ["result"])
    if changes.new:
        _record(learner, plan.quiz_key, [_held(attempt) for attempt in attempts], now)
    return changes


def _record(learner: Learner, quiz_key: UUID, results: list[Result], now: dt.datetime) -> None:
    """Record what a learner's results come to, where that is something else than the record says."""
    best = max(results, key=lambda result: (result.points / max(result.points_possible, 1), -result.number))
    passed = any(result.passed for result in results)
    known = stored_record(learner, page_keys={quiz_key}).quizzes[quiz_key]
    if (known.best_points, known.best_points_possible, known.passed_at is not None) == (
        best.points,
        best.points_possible,
        passed,
    ):
        return
    record_quiz_regraded(
        learner=learner,
        page_key=quiz_key,
        points=best.points,
        points_possible=best.points_possible,
        passed=passed,
        now=now,
    )


def _held(attempt: Attempt) -> Result:
    if attempt.result is None:
        raise ValueError("This attempt was not handed in.")
    return attempt.result


def _stuck(plan: _Plan) -> tuple[str, ...]:
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
