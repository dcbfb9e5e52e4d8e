"""Practice runs, which are counted nowhere."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from quizzes.models import Attempt, QuizPage
from quizzes.scoring import Parts
from tests.quizzes.attempts.views.walking import at, text_of

Answers = Callable[..., dict[str, Parts]]
SettleRules = Callable[..., None]


def test_practice_is_offered_begun_and_told_apart(
    learner_client: Client, quiz: QuizPage, settle_rules: SettleRules, answers: Answers
) -> None:
    assert "Practise" not in text_of(learner_client.get(quiz.url))
    settle_rules(allows_practice=True)
    assert "Start the quiz Practise" in text_of(learner_client.get(quiz.url))
    place = learner_client.post(reverse("quizzes:start", args=[quiz.quiz_key]), {"practice": "1"})["Location"]
    practice = Attempt.objects.get(is_practice=True)
    assert place == at("attempt", practice)
    assert "This is practice: it is counted nowhere." in text_of(learner_client.get(place))
    assert "Go on practising" in text_of(learner_client.get(quiz.url))
    learner_client.post(at("review", practice))
    text = text_of(learner_client.get(at("result", practice)))
    assert "This is practice: it is counted nowhere." in text
    assert "Practise again" in text
    assert "Your results so far" not in text_of(learner_client.get(quiz.url))


def test_practice_that_is_not_offered_is_not_found(learner_client: Client, quiz: QuizPage) -> None:
    assert learner_client.post(reverse("quizzes:start", args=[quiz.quiz_key]), {"practice": "1"}).status_code == 404
