"""The time of an attempt: told while it lasts, and refused after."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client

from openmuseums.learners.models import Learner
from quizzes.models import Attempt, QuizPage
from quizzes.scoring import Parts
from tests.answers import parts_in, sent
from tests.quizzes.attempts.views.walking import at, begin, save, text_of

Answers = Callable[..., dict[str, Parts]]
SettleRules = Callable[..., None]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def timed(quiz: QuizPage, learner: Learner, settle_rules: SettleRules, answers: Answers) -> Attempt:
    settle_rules(minutes_allowed=10, grace_seconds=30)
    attempt = begin(quiz, learner)
    save(attempt, answers(attempt, 1))
    return attempt


def let_pass(attempt: Attempt, passed: dt.timedelta) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(
        started_at=attempt.started_at - passed, due_at=attempt.due_at - passed if attempt.due_at else None
    )


def test_attempt_says_how_much_time_is_left_and_until_when(learner_client: Client, timed: Attempt) -> None:
    let_pass(timed, dt.timedelta(minutes=3, seconds=30))
    for name in ("attempt", "review"):
        response = learner_client.get(at(name, timed))
        assert "You have 7 minutes left, until " in text_of(response)
        seconds = int(re.findall(r'data-seconds-left="(\d+)"', response.content.decode())[0])
        assert 360 < seconds <= 390
        assert "js/time-left" in response.content.decode()


def test_attempt_without_a_limit_says_nothing_of_time(learner_client: Client, attempt: Attempt) -> None:
    html = learner_client.get(at("attempt", attempt)).content.decode()
    assert "data-seconds-left" not in html
    assert "js/time-left" not in html


def test_attempt_whose_time_is_up_leads_to_handing_in(learner_client: Client, quiz: QuizPage, timed: Attempt) -> None:
    let_pass(timed, 10 * MINUTE)
    assert learner_client.get(at("attempt", timed))["Location"] == at("review", timed)
    text = text_of(learner_client.get(at("review", timed)))
    assert "The time is up" in text
    assert "Change question" not in text
    assert "The time is up: see how it went" in text_of(learner_client.get(quiz.url))


def test_answers_after_the_end_are_refused_and_the_saved_ones_handed_in(
    learner_client: Client, timed: Attempt, answers: Answers
) -> None:
    let_pass(timed, 11 * MINUTE)
    response = learner_client.post(at("attempt", timed, "?view=one&question=2"), sent(answers(timed, 2)))
    assert response.status_code == 409
    text = text_of(response)
    assert "The time was up before the answers that you have just sent came in, so they were not saved." in text
    assert "The time was up: what was answered until then counts." in text
    assert "You have 1 of 4 points." in text
    timed.refresh_from_db()
    assert (timed.submitted_at, parts_in(timed)) == (timed.due_at, answers(timed, 1))


def test_script_is_told_that_the_time_is_up(learner_client: Client, timed: Attempt, answers: Answers) -> None:
    let_pass(timed, 11 * MINUTE)
    response = learner_client.post(at("attempt", timed), {**sent(answers(timed, 2)), "go": "stay"})
    assert response.status_code == 409
