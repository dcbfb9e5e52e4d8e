"""What a step costs, however much is asked."""

import uuid
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmuseums.learners.models import Learner
from openmuseums.trainers.completing.ruling import Asked
from quizzes.attempts.taking import save_answers, settled_in, start_attempt
from quizzes.models import Attempt, QuizPage
from quizzes.scoring import Parts
from tests.answers import sent
from tests.factories import NOW, single_choice
from tests.quizzes.attempts.views.walking import at
from tests.trainers.making import make_cohort, take_part

Answers = Callable[..., dict[str, Parts]]
Republish = Callable[..., QuizPage]


@pytest.mark.parametrize("count", [3, 14])
def test_submit_costs_15_queries_at_most_however_much_is_asked(
    learner_client: Client, quiz: QuizPage, learner: Learner, republish: Republish, answers: Answers, count: int
) -> None:
    republish(quiz, questions=[single_choice(f"Question {number}?") for number in range(count)])
    costs = []
    for _ in range(2):
        attempt = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)
        save_answers(attempt=attempt, responses=answers(attempt, *range(1, count)), language="en", now=NOW)
        learner_client.get(quiz.url)
        with CaptureQueriesContext(connection) as queries:
            assert learner_client.post(at("review", attempt))["Location"] == at("result", attempt)
        costs.append(sum("SAVEPOINT" not in query["sql"] for query in queries))
    # Session, account; learner locked, attempt locked, its answers; its result kept, and that it is handed in; what is
    # known, events, enrolment, questions and result. The second time nothing new is known of enrolment and questions.
    assert costs == [12, 10]


@pytest.mark.parametrize("count", [3, 14])
def test_submit_costs_15_queries_at_most_where_a_group_follows_it(
    learner_client: Client, quiz: QuizPage, learner: Learner, republish: Republish, answers: Answers, count: int
) -> None:
    version = republish(quiz, questions=[single_choice(f"Question {number}?") for number in range(count)])
    key = UUID(str(version.translation_key))
    row = take_part(make_cohort(asked=[Asked("quiz", "quiz", (key,), 0)]), learner.account)
    costs, done = [], []
    for right in (0, 1, count):
        attempt = start_attempt(learner=learner, quiz_key=key, now=NOW)
        given = answers(attempt, *range(1, right + 1), wrong=tuple(range(right + 1, count + 1)))
        save_answers(attempt=attempt, responses=given, language="en", now=NOW)
        learner_client.get(quiz.url)
        with CaptureQueriesContext(connection) as queries:
            assert learner_client.post(at("review", attempt))["Location"] == at("result", attempt)
        costs.append(sum("SAVEPOINT" not in query["sql"] for query in queries))
        row.refresh_from_db()
        done.append(row.progress)
    # Besides what it costs anybody: who takes part, and how far they are; what is entered of the quiz, where something
    # became otherwise, and of completion, where it did. What the rule asks for is remembered from the first time on.
    assert costs == [15, 14, 15]
    assert done == [0, 0, 100]


@pytest.mark.parametrize("count", [3, 40])
def test_each_step_costs_15_queries_at_most_however_much_is_asked(
    learner_client: Client,
    quiz: QuizPage,
    learner: Learner,
    republish: Callable[..., QuizPage],
    answers: Answers,
    count: int,
) -> None:
    republish(
        quiz,
        questions=[single_choice(f"Question {number}?") for number in range(count)],
        feedback="at-once",
        draws=count - 1,
        shuffles_questions=True,
        minutes_allowed=30,
    )
    learner_client.get(quiz.url)
    costs = {}

    def cost(name: str, method: str, address: str, data: dict[str, Any] | None = None) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert getattr(learner_client, method)(address, data or {}).status_code in {200, 302}
        costs[name] = sum("SAVEPOINT" not in query["sql"] for query in queries)

    cost("start", "post", reverse("quizzes:start", args=[quiz.quiz_key]))
    attempt = Attempt.objects.get()
    given = {key: parts for key, parts in answers(attempt, *range(1, count + 1)).items() if key in attempt.asked}
    cost("show", "get", at("attempt", attempt, "?view=all"))
    cost("save", "post", at("attempt", attempt, "?view=all"), sent(given))
    cost("check", "post", at("attempt", attempt), {"go": f"check:{attempt.asked[0]}"})
    cost("show explained", "get", at("attempt", attempt, "?view=all"))
    cost("review", "get", at("review", attempt))
    cost("hand in", "post", at("review", attempt), {"key": str(uuid.uuid4())})
    cost("result", "get", at("result", attempt))
    # Session, account and record with each; the attempt with its versions, its answers, texts.
    assert costs == {
        "start": 14,
        "show": 7,
        "save": 8,
        "check": 7,
        "show explained": 7,
        "review": 7,
        "hand in": 12,
        "result": 7,
    }
    assert settled_in(attempt) == {attempt.asked[0]}
