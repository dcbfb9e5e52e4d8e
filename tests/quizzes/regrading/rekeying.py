"""What tests of grading again do: attempts, and other right answers."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from openmuseums.learners.models import Learner
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage
from quizzes.regrading.grading import Done, regrade
from tests.answers import whole
from tests.factories import NOW

LATER = NOW + dt.timedelta(days=1)
REASON = "The second choice is right, too."


def rekey(quiz: QuizPage, *numbers: int) -> QuizPage:
    """Publish a quiz with the second choice as the right one of some of its questions, counted from 1."""
    page = QuizPage.objects.get(pk=quiz.pk)
    questions = [dict(question) for question in page.questions.get_prep_value()]
    for number in numbers:
        for position, choice in enumerate(questions[number - 1]["value"]["choices"]):
            choice["value"]["right"] = position == 1
    page.questions = questions
    page.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def finish(
    learner: Learner, quiz: QuizPage, *, right: Collection[int], second: Collection[int] = (), now: dt.datetime = NOW
) -> Attempt:
    """Hand in an attempt that answers some questions right, and some by the second choice, which is wrong at first."""
    attempt = start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=now)
    responses = {}
    for number, question in enumerate(attempt.version.questions, start=1):
        if number in right:
            responses[question.id] = whole(*sorted(question.right_ids))
        if number in second:
            responses[question.id] = whole(question.choices[1].id)
    save_answers(attempt=attempt, responses=responses, language="en", now=now)
    return submit_attempt(attempt_id=attempt.pk, learner=learner, now=now)


def again(quiz: QuizPage, **fields: Any) -> Done:
    """Grade again what was handed in at the first version."""
    return regrade(**{"quiz": quiz, "numbers": [1], "reason": REASON, "by": None, "now": LATER, **fields})
