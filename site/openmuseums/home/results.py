"""A learner's quiz results, as "my learning" lists them."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from openmuseums.learners.outline import OutlineChapter
from openmuseums.learners.standing import QuizStanding, Standing
from quizzes.models import Attempt


@dataclass(frozen=True)
class QuizResults:
    """The quiz of a lesson, where the learner stands in it, and the finished attempts, the newest first."""

    chapter: OutlineChapter
    quiz: QuizStanding
    attempts: tuple[Attempt, ...]


def results_by_quiz(*, own: models.Q, standing: Standing) -> list[QuizResults]:
    """Return the quizzes of the course that the learner has finished an attempt at, in the order of the course.

    `own` is the condition that an attempt is the learner's.
    """
    attempts: dict[UUID, list[Attempt]] = defaultdict(list)
    for attempt in (
        Attempt.objects.filter(own, submitted_at__isnull=False, is_practice=False)
        .select_related("result")
        .order_by("-number")
    ):
        attempts[attempt.quiz_key].append(attempt)
    return [
        QuizResults(found.chapter, found.quiz, tuple(attempts[found.quiz.item.page_key]))
        for found in standing.chapters
        if found.quiz and found.quiz.result
    ]
