"""A quiz is begun, by who may and where it is offered."""

import uuid

from django.test import Client
from django.urls import reverse

from openmuseums.people.models import User
from quizzes.models import Attempt, QuizPage
from tests.quizzes.attempts.views.walking import at


def test_start_makes_the_record_and_the_attempt(learner_client: Client, quiz: QuizPage, user: User) -> None:
    response = learner_client.post(reverse("quizzes:start", args=[quiz.translation_key]))
    attempt = Attempt.objects.get(learner__account=user)
    assert (response.status_code, response["Location"]) == (302, at("attempt", attempt))


def test_start_twice_leads_to_one_attempt(learner_client: Client, quiz: QuizPage) -> None:
    places = {learner_client.post(reverse("quizzes:start", args=[quiz.translation_key]))["Location"] for _ in range(2)}
    assert (len(places), Attempt.objects.count()) == (1, 1)


def test_start_of_an_unknown_quiz_is_not_found(learner_client: Client, quiz: QuizPage) -> None:
    assert learner_client.post(reverse("quizzes:start", args=[uuid.uuid4()])).status_code == 404


def test_start_without_an_account_leads_to_where_one_begins(client: Client, quiz: QuizPage) -> None:
    response = client.post(reverse("quizzes:start", args=[quiz.translation_key]))
    assert response["Location"] == f"{reverse('learners:begin')}?next={quiz.url.replace('/', '%2F')}"
    assert not Attempt.objects.exists()


def test_start_takes_no_get(learner_client: Client, quiz: QuizPage) -> None:
    assert learner_client.get(reverse("quizzes:start", args=[quiz.translation_key])).status_code == 405
