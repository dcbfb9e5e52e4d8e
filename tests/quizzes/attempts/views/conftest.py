"""Fixtures of the tests of attempts' pages."""

from collections.abc import Callable

import pytest

from openmuseums.learners.models import Learner
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage
from quizzes.scoring import Parts
from tests.factories import NOW


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner) -> Attempt:
    """Return an attempt that is begun."""
    return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)


@pytest.fixture
def finished(attempt: Attempt, answers: Callable[..., dict[str, Parts]]) -> Attempt:
    """Return an attempt with the first question wrong, the second open and the third right."""
    save_answers(attempt=attempt, responses=answers(attempt, 3, wrong=(1,)), language="en", now=NOW)
    return submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=NOW)
