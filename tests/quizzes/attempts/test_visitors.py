"""Quizzes of visitors, whose record may be gone from one moment to the next."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from openmuseums.learners.models import Learner
from quizzes.models import Answer, Attempt, QuizPage

NAME = settings.RECORD_COOKIE_NAME


@pytest.fixture
def address(client: Client, quiz: QuizPage) -> str:
    """Return the address of an attempt that the browser's visitor has begun."""
    client.post("/en/begin/")
    return client.post(f"/en/quiz-attempts/start/{quiz.quiz_key}/").headers["Location"]


def sent() -> dict[str, str]:
    """Return what the script sends when the first question was answered."""
    question = Attempt.objects.get().version.questions[0]
    return {f"question-{question.id}": question.choices[0].id, f"before-{question.id}": "", "go": "stay"}


def test_answer_saved_while_one_goes_is_said_by_an_empty_answer(client: Client, address: str) -> None:
    response = client.post(address, sent())
    assert (response.status_code, response.content, Answer.objects.count()) == (204, b"", 1)
    assert response.cookies[NAME]["max-age"] == 30 * 24 * 60 * 60


def test_answer_for_a_record_that_is_gone_is_not_said_to_be_saved(client: Client, address: str) -> None:
    answer = sent()
    Learner.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    response = client.post(address, answer)
    assert (response.status_code, response.headers["Location"].partition("?")[0]) == (302, "/en/begin/")
    assert Answer.objects.count() == 0


def test_attempt_is_the_accounts_for_whoever_joined_it(client: Client, address: str, user) -> None:
    answer = sent()
    client.force_login(user)
    assert client.post(address, answer).status_code == 404
    client.post("/en/learning/join/", {"what": "join"})
    assert client.post(address, answer).status_code == 204
    assert client.post(f"{address}review/").headers["Location"] == f"{address}result/"
    assert Attempt.objects.get().learner.account == user
