"""What came of attempts: graded from the saved answers against a frozen version, and kept as rows that only add up."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from openmuseums.learners.models import Learner
from openmuseums.learners.projection import stored_record
from openmuseums.learners.recording import record_quiz_finished, record_quiz_regraded
from quizzes.models import Attempt, QuizVersion, Result
from quizzes.questions.registry import GRADERS
from quizzes.scoring import Given, Score, Words, as_decimal, score
from quizzes.versions.texts import LazyTexts, TextsOfVersion


def score_of(attempt: Attempt, given: Mapping[str, Given], *, texts: TextsOfVersion | None = None) -> Score:
    """Return what answers are worth by the result that holds; before there is one, by the version that was asked.

    texts: those of the version, where the caller has read them; else they are read if a kind's right answers are texts.
    """
    held = texts or LazyTexts(attempt.version, languages_in(given), attempt.submitted_at)
    result = attempt.result
    if result is None or result.number == 1:
        return score(attempt.questions, given, graders=GRADERS, pass_mark=attempt.version.pass_mark, words=held.of)
    later = LazyTexts(result.version, languages_in(given), result.graded_at)
    return score_by(attempt, given, version=result.version, texts=held, later=later)


def score_by(
    attempt: Attempt,
    given: Mapping[str, Given],
    *,
    version: QuizVersion,
    texts: TextsOfVersion | LazyTexts,
    later: LazyTexts,
) -> Score:
    """Return what answers are worth by the right answers of a later version. The pass mark is the one that was told.

    texts, later: the texts of the version that was asked, and of the later one, which may be the same.
    """
    questions = attempt.questions_by(version)
    # What the later version cannot grade stays the very question that was asked.
    by_later = {
        question.id
        for asked, question in zip(attempt.questions, questions, strict=True)
        if question is not asked or version.pk == attempt.version_id
    }

    def words(question_id: str, language: str) -> Words:
        return (later if question_id in by_later else texts).of(question_id, language)

    return score(questions, given, graders=GRADERS, pass_mark=attempt.version.pass_mark, words=words)


def languages_in(given: Mapping[str, Given]) -> set[str]:
    """Return the languages that answers were given in."""
    return {answer.language for answer in given.values()}


def grade_attempt(  # noqa: PLR0913 - what is handed in, by whom, and when
    *,
    attempt: Attempt,
    given: Mapping[str, Given],
    learner: Learner,
    key: UUID | None,
    now: dt.datetime,
    handed_in_at: dt.datetime | None = None,
) -> None:
    """Hand in an attempt that is open: keep its first result, and record what the learner did unless it was practice.

    handed_in_at: when its time was up, where that was before now. The caller holds the locks of the learner's record
    and of the attempt, in one transaction.
    """
    outcome = score_of(attempt, given)
    attempt.result = add_result(attempt=attempt, version=attempt.version, outcome=outcome, number=1, now=now)
    attempt.submitted_at, attempt.submit_key = handed_in_at or now, key
    attempt.save(update_fields=["submitted_at", "submit_key", "result"])
    if attempt.is_practice:
        return
    record_quiz_finished(
        learner=learner,
        is_locked=True,
        page_key=attempt.quiz_key,
        points=attempt.result.points,
        points_possible=outcome.points_possible,
        passed=outcome.passed,
        now=now,
        answers={question_id: right for question_id, right in outcome.right.items() if question_id in given},
    )


def add_result(
    *, attempt: Attempt, version: QuizVersion, outcome: Score, number: int, now: dt.datetime, **why: object
) -> Result:
    """Add a result to an attempt.

    why: `reason` and `by`, where it was graded again, and `passed`, where it stays a pass whatever it is worth.
    """
    worth = {
        "points": as_decimal(outcome.points),
        "points_possible": outcome.points_possible,
        "passed": outcome.passed,
    }
    return Result.objects.create(attempt=attempt, number=number, version=version, graded_at=now, **{**worth, **why})


def record_regraded(learner: Learner, quiz_key: UUID, results: Collection[Result], now: dt.datetime) -> None:
    """Record what a learner's results at a quiz come to, some graded again, where the record says something else."""
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
