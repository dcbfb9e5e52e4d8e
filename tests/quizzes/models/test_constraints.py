"""What the database itself refuses, whatever locks the code forgets: each constraint of what hangs on an attempt."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from openmuseums.learners.models import Learner
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.models import Answer, Attempt, GivenValue, QuizPage, Result
from quizzes.scoring import Parts
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(quiz: QuizPage, learner: Learner, answers: Callable[..., dict[str, Parts]]) -> Attempt:
    """Return an attempt that was handed in with one answer."""
    begun = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)
    save_answers(attempt=begun, responses=answers(begun, 1), language="en", now=NOW)
    return submit_attempt(attempt_id=begun.pk, learner=learner, now=NOW)


def add_attempt(finished: Attempt, **fields: object) -> Attempt:
    same = {name: getattr(finished, name) for name in ("learner", "quiz_key", "version")}
    return Attempt.objects.create(**{**same, "number": 2, "started_at": NOW, **fields})


def add_result(finished: Attempt, **fields: object) -> Result:
    same = {"attempt": finished, "version": finished.version, "points": Decimal(1), "points_possible": 4}
    return Result.objects.create(**{**same, "number": 2, "passed": False, "graded_at": NOW, **fields})


def two_open(finished: Attempt) -> None:
    add_attempt(finished)
    add_attempt(finished, number=3)


def submitted_without_result(finished: Attempt) -> None:
    add_attempt(finished, submitted_at=NOW)


def open_with_a_key(finished: Attempt) -> None:
    add_attempt(finished, submit_key=finished.pk)


def one_result_for_two(finished: Attempt) -> None:
    add_attempt(finished, submitted_at=NOW, result=finished.result)


def answer_twice(finished: Attempt) -> None:
    answer = Answer.objects.get(attempt=finished)
    later = {"language": "nl", "saved_at": NOW + dt.timedelta(hours=1)}
    Answer.objects.create(attempt=finished, question_id=answer.question_id, page_key=answer.page_key, **later)


def value_twice(finished: Attempt) -> None:
    value = GivenValue.objects.get(answer__attempt=finished)
    GivenValue.objects.create(answer=value.answer, part=value.part, position=value.position, value="another")


REFUSED: dict[str, Callable[[Attempt], object]] = {
    "quizzes_attempt_number_unique": lambda finished: add_attempt(finished, number=finished.number),
    "quizzes_attempt_one_open": two_open,
    "quizzes_attempt_scored_when_submitted": submitted_without_result,
    "quizzes_attempt_scored_when_submitted (key)": open_with_a_key,
    "quizzes_answer_unique": answer_twice,
    "quizzes_given_position_unique": value_twice,
    "quizzes_result_number_unique": lambda finished: add_result(finished, number=1),
    "quizzes_result_within_possible": lambda finished: add_result(finished, points=Decimal("4.0001")),
    "quizzes_result_within_possible (below)": lambda finished: add_result(finished, points=Decimal("-0.0001")),
    "a result of one attempt": one_result_for_two,
}


@pytest.mark.parametrize("name", REFUSED)
def test_database_refuses(finished: Attempt, name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[name](finished)


def test_database_takes_what_is_right(finished: Attempt) -> None:
    # The rows above are refused for the one thing that is wrong with them.
    add_attempt(finished)
    add_attempt(finished, number=1, is_practice=True)
    add_result(finished)
    add_result(finished, number=3, points=Decimal(4))
    assert (Attempt.objects.count(), Result.objects.count()) == (3, 3)


def test_every_constraint_has_its_row() -> None:
    constraints = {
        constraint.name for model in (Attempt, Answer, GivenValue, Result) for constraint in model._meta.constraints
    }
    assert constraints == {name.partition(" (")[0] for name in REFUSED} - {"a result of one attempt"}
