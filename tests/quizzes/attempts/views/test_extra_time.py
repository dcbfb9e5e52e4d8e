"""Learners say how much time they take."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from openmuseums.learners.models import Learner
from quizzes.models import ExtraTime, QuizPage
from tests.quizzes.attempts.views.walking import text_of

SettleRules = Callable[..., None]


def test_extra_time_is_set_by_oneself_and_shown(
    learner_client: Client, quiz: QuizPage, settle_rules: SettleRules, learner: Learner
) -> None:
    settle_rules(minutes_allowed=20)
    address = reverse("quizzes:time", args=[quiz.quiz_key])
    assert f'href="{address}"' in learner_client.get(quiz.url).content.decode()
    assert learner_client.post(address, {"factor": "1.5"})["Location"] == quiz.url
    assert ExtraTime.objects.get().learner == learner
    assert 'value="1.5" id="id_factor_2" checked' in learner_client.get(address).content.decode().replace(
        "checked>", "checked"
    )
    assert "You have set: Half as much again." in text_of(learner_client.get(quiz.url))
    learner_client.post(address, {"factor": ""})
    assert not ExtraTime.objects.exists()


def test_extra_time_that_is_none_of_the_offered_is_refused(learner_client: Client, quiz: QuizPage) -> None:
    response = learner_client.post(reverse("quizzes:time", args=[quiz.quiz_key]), {"factor": "9"})
    assert response.status_code == 422
    assert not ExtraTime.objects.exists()
