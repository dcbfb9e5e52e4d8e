"""Grading again while others do so too, or while something is handed in: each result is added once."""

import pytest

from openmuseums.learners.models import Event, Learner, QuizState
from openmuseums.learners.projection import rebuild
from quizzes.attempts.taking import start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage, Result
from tests.factories import NOW, make_visitor
from tests.quizzes.regrading.rekeying import again, finish, rekey
from tests.together import run_together

THREADS = 8

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_many_who_grade_again_at_once_add_each_result_once(quiz: QuizPage) -> None:
    learners = [make_visitor() for _ in range(3)]
    for learner in learners:
        finish(learner, quiz, right=[3], second=[1])
    quiz = rekey(quiz, 1)
    done = run_together([lambda: again(quiz)] * THREADS)
    assert sum(each.changed for each in done) == 3
    assert sorted(Result.objects.values_list("number", flat=True)) == [1, 1, 1, 2, 2, 2]
    assert Event.objects.filter(kind="quiz-regraded").count() == 3
    assert rebuild(learners=learners, write=False) == []


def test_what_is_handed_in_meanwhile_is_not_lost(quiz: QuizPage, learner: Learner) -> None:
    finish(learner, quiz, right=[3], second=[1])
    begun = start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=NOW)
    quiz = rekey(quiz, 1)

    def submit() -> Attempt:
        return submit_attempt(attempt_id=begun.pk, learner=learner, now=NOW)

    run_together([submit, lambda: again(quiz)] * 2)
    state = QuizState.objects.get()
    assert (state.attempts, state.best_points) == (2, 3)
    assert Result.objects.filter(attempt=begun, number=1).count() == 1
    assert rebuild(learners=[learner], write=False) == []
