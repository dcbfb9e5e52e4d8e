"""What the page of a quiz says before one begins: what is asked, on which terms, what one has done."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openmuseums.learners.models import Learner
from quizzes.attempts.taking import start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage
from tests.factories import NOW, FixtureCourse, make_course_in
from tests.quizzes.attempts.views.walking import begin, submit, text_of

SettleRules = Callable[..., None]


def test_quiz_page_in_public_state_offers_a_link_and_keeps_nothing(client: Client, quiz: QuizPage) -> None:
    response = client.get(quiz.url)
    html = response.content.decode()
    assert (response["Cache-Control"], dict(response.cookies)) == ("public, max-age=0, must-revalidate", {})
    assert "3 questions Passed with 60 per cent of the points" in text_of(response)
    assert f'href="{reverse("learners:begin")}?next={quiz.url}"' in html
    assert "csrfmiddlewaretoken" not in html
    assert "What do you use first?" not in html


def test_quiz_page_in_kept_state_offers_a_form_and_earlier_results(
    learner_client: Client, quiz: QuizPage, finished: Attempt
) -> None:
    response = learner_client.get(quiz.url)
    html = response.content.decode()
    assert f'action="{reverse("quizzes:start", args=[quiz.translation_key])}"' in html
    assert "Try again" in html
    assert "Attempt 1 2 November 2026" in text_of(response)
    assert "2 of 4 Not passed yet" in text_of(response)


def test_quiz_page_with_an_open_attempt_goes_on(learner_client: Client, quiz: QuizPage, attempt: Attempt) -> None:
    text = text_of(learner_client.get(quiz.url))
    assert "Go on with your attempt" in text
    assert "Your results so far" not in text


def test_quiz_page_of_a_session_that_ended_offers_a_link(client: Client, quiz: QuizPage) -> None:
    client.cookies["sessionid"] = "long-gone"
    html = client.get(quiz.url).content.decode()
    assert f'href="{reverse("learners:begin")}?next={quiz.url}"' in html
    assert reverse("quizzes:start", args=[quiz.translation_key]) not in html


def test_quiz_page_costs_the_same_with_one_and_with_many_results(
    learner_client: Client, quiz: QuizPage, finished: Attempt
) -> None:
    learner_client.get(quiz.url)
    with CaptureQueriesContext(connection) as one:
        learner_client.get(quiz.url)
    for _ in range(5):
        again = start_attempt(learner=finished.learner, quiz_key=quiz.translation_key, now=NOW)
        submit_attempt(attempt_id=again.pk, learner=again.learner, now=NOW)
    with CaptureQueriesContext(connection) as many:
        learner_client.get(quiz.url)
    assert len(many) == len(one)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"attempts_allowed": 1}, "You have used all your attempts."),
        ({"waiting_minutes": 60}, "You can try again on "),
        ({"opens_at": timezone.now() + dt.timedelta(days=2)}, "You can begin on "),
        ({"closes_at": timezone.now() - dt.timedelta(days=2)}, "This quiz closed on "),
    ],
)
def test_quiz_page_says_why_one_cannot_begin(
    learner_client: Client,
    quiz: QuizPage,
    attempt: Attempt,
    settle_rules: SettleRules,
    settings: dict[str, Any],
    words: str,
) -> None:
    submit(attempt)
    settle_rules(**settings)
    response = learner_client.get(quiz.url)
    assert words in text_of(response)
    assert "Try again " not in text_of(response)
    started = learner_client.post(reverse("quizzes:start", args=[quiz.quiz_key]))
    assert (started.status_code, started["Location"], Attempt.objects.count()) == (302, quiz.url, 1)


def test_quiz_page_says_how_many_attempts_and_how_much_time_there_is(
    learner_client: Client, quiz: QuizPage, settle_rules: SettleRules, attempt: Attempt
) -> None:
    submit(attempt)
    settle_rules(attempts_allowed=3, minutes_allowed=20, draws=2)
    text = text_of(learner_client.get(quiz.url))
    assert "2 questions Passed with 60 per cent of the points 20 minutes 3 attempts" in text
    assert "You have 2 attempts left." in text
    assert "Try as often as you like." not in text


def test_quiz_page_in_public_state_tells_dates_that_do_not_depend_on_now(
    client: Client, quiz: QuizPage, settle_rules: SettleRules
) -> None:
    settle_rules(
        opens_at=dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC), closes_at=dt.datetime(2027, 7, 1, 8, tzinfo=dt.UTC)
    )
    text = text_of(client.get(quiz.url))
    assert "Opens: 1 November 2026, 09:00 CET Closes: 1 July 2027, 10:00 CEST" in text


def test_translation_goes_by_the_settings_of_its_source(
    learner_client: Client, course: FixtureCourse, quiz: QuizPage, learner: Learner, settle_rules: SettleRules
) -> None:
    make_course_in(course, "nl")
    dutch = QuizPage.objects.get(translation_key=quiz.translation_key, locale__language_code="nl")
    settle_rules(attempts_allowed=1)
    submit(begin(quiz, learner))
    response = learner_client.get(dutch.url)
    assert response.context["hindrance"].reason == "used-up"
