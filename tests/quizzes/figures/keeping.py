"""Attempts in the database for the tests of figures, many at a time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from openmuseums.learners.models import Learner
from quizzes.models import Answer, Attempt, GivenValue, QuizVersion, Result
from quizzes.questions.registry import takes_answer
from quizzes.scoring import Parts
from tests.factories import NOW


def right_choices(version: QuizVersion, number: int) -> Parts:
    """Return the right answer to a question with choices, by its number from 1."""
    question = version.questions[number - 1]
    return {"": tuple(choice.id for choice in question.choices if choice.right)}


def wrong_choice(version: QuizVersion, number: int, place: int = 0) -> Parts:
    """Return a wrong answer to a question with choices: the first that is wrong, or a later one."""
    return {"": ([choice.id for choice in version.questions[number - 1].choices if not choice.right][place],)}


def keep_attempts(
    version: QuizVersion,
    given: Sequence[Mapping[str, Parts]],
    *,
    language: str = "en",
    minutes: int = 10,
    asked: Sequence[str] | None = None,
    **fields: Any,
) -> list[Attempt]:
    """Keep an attempt that was handed in for each of the answers, of a visitor each, one after the other.

    given: parts by question id. fields: of the attempts, as `number` and `is_practice`.
    """
    learners = Learner.objects.bulk_create(
        Learner(started_at=NOW, expires_at=NOW + dt.timedelta(days=30)) for _ in given
    )
    everything = [question.id for question in version.questions]
    attempts = [
        Attempt(
            learner=learner,
            quiz_key=version.quiz_key,
            version=version,
            asked=list(asked or everything),
            started_at=NOW + dt.timedelta(hours=place),
            **{"number": 1} | fields,
        )
        for place, learner in enumerate(learners)
    ]
    Attempt.objects.bulk_create(attempts)
    results = Result.objects.bulk_create(
        Result(attempt=one, number=1, version=version, points=0, points_possible=4, passed=False, graded_at=NOW)
        for one in attempts
    )
    for one, result in zip(attempts, results, strict=True):
        one.result, one.submitted_at = result, one.started_at + dt.timedelta(minutes=minutes)
    Attempt.objects.bulk_update(attempts, ["result", "submitted_at"], batch_size=400)
    _keep_answers(version, attempts, given, language)
    return attempts


def _keep_answers(
    version: QuizVersion, attempts: Sequence[Attempt], given: Sequence[Mapping[str, Parts]], language: str
) -> None:
    known = {question.id for question in version.questions if takes_answer(question)}
    kept = [
        (Answer(attempt=one, page_key=version.quiz_key, question_id=key, language=language, saved_at=NOW), parts)
        for one, answers in zip(attempts, given, strict=True)
        for key, parts in answers.items()
        if key in known
    ]
    Answer.objects.bulk_create(answer for answer, _ in kept)
    GivenValue.objects.bulk_create(
        GivenValue(answer=answer, part=part, position=position, value=value)
        for answer, parts in kept
        for part, values in parts.items()
        for position, value in enumerate(values)
    )
