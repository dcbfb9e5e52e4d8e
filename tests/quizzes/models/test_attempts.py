"""Attempts and their results as rows."""

import pytest

from openmuseums.append_only import RowKeptError
from openmuseums.learners.models import Learner
from quizzes.attempts.taking import start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage, Result
from tests.factories import NOW


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner) -> Attempt:
    return start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=NOW)


def test_result_is_not_changed_and_goes_with_its_attempt_alone(attempt: Attempt, learner: Learner) -> None:
    held = submit_attempt(attempt_id=attempt.pk, learner=learner, now=NOW).held
    held.passed = True
    refused = [
        held.save,
        held.delete,
        Result.objects.all().delete,
        attempt.results.all().delete,
        lambda: Result.objects.update(passed=True),
        lambda: Result.objects.bulk_update([held], ["passed"]),
    ]
    for change in refused:
        with pytest.raises(RowKeptError):
            change()
    assert Result.objects.get().passed is False
    attempt.delete()
    assert not Result.objects.exists()


def test_attempt_that_is_open_holds_no_result(attempt: Attempt) -> None:
    with pytest.raises(ValueError, match="not handed in"):
        attempt.held  # noqa: B018 - reading it is what is refused
