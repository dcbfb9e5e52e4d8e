"""Results: points, answer by answer, what to read again, earlier attempts."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertTemplateUsed

from openmuseums.learners.models import Learner
from quizzes.attempts.rereading import register_rereading
from quizzes.attempts.taking import save_answers, submit_attempt
from quizzes.models import Attempt, QuizPage
from quizzes.scoring import Parts
from tests.factories import NOW, FixtureCourse, single_choice
from tests.quizzes.attempts.views.walking import at, begin, save, submit, text_of

Answers = Callable[..., dict[str, Parts]]
Republish = Callable[..., QuizPage]
RawQuestions = Callable[[QuizPage], list[dict[str, Any]]]
SettleRules = Callable[..., None]
MINUTE = dt.timedelta(minutes=1)


def test_result_before_handing_in_leads_to_the_review(learner_client: Client, attempt: Attempt) -> None:
    assert learner_client.get(at("result", attempt))["Location"] == at("review", attempt)


def test_finished_attempt_is_only_to_be_read(learner_client: Client, finished: Attempt) -> None:
    assert learner_client.get(at("attempt", finished))["Location"] == at("result", finished)
    assert learner_client.get(at("review", finished))["Location"] == at("result", finished)


def test_result_says_points_facets_and_answer_by_answer(learner_client: Client, finished: Attempt) -> None:
    response = learner_client.get(at("result", finished))
    assertTemplateUsed(response, "quizzes/result.html")
    text = text_of(response)
    assert "Not passed yet You have 2 of 4 points. To pass you need 2.4 (60 per cent)." in text
    assert "Use 0 of 1 answered right" in text
    assert "Manage 0 of 1 answered right" in text
    assert "Make 1 of 1 answered right" in text
    assert "Question 1 Not right 0 of 1 point What do you use first?" in text
    assert "A wrong one You chose this. It is not right. Because of what the unit says." in text
    assert "The right one Right, but you did not choose it. Because of what the unit says." in text
    assert "Question 2 Not answered 0 of 1 point" in text
    assert "One of them Right, and you chose it." in text
    assert text.index("The other Right, and you chose it.") < text.index("General.")


def test_result_can_be_loaded_again(learner_client: Client, finished: Attempt) -> None:
    pages = [learner_client.get(at("result", finished)).content.decode() for _ in range(2)]
    without_tokens = {re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page) for page in pages}
    assert len(without_tokens) == 1


def test_result_of_everything_right_is_passed(learner_client: Client, attempt: Attempt, answers: Answers) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1, 2, 3), language="en", now=NOW)
    submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=NOW)
    text = text_of(learner_client.get(at("result", attempt)))
    assert "Passed You have 4 of 4 points." in text
    assert "What to read again" not in text


def test_result_links_to_what_to_read_again(
    learner_client: Client, finished: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizzes.attempts.rereading._providers", [])
    assert "Read again" not in learner_client.get(at("result", finished)).content.decode()

    register_rereading({"swot": ("The digital strategy", "/en/open-museums/marketing/digital-strategy/#b-1", "")}.get)
    html = learner_client.get(at("result", finished)).content.decode()
    link = '<a href="/en/open-museums/marketing/digital-strategy/#b-1">The digital strategy</a>'
    # Once in the list, and at each of the two questions that were not answered right.
    assert html.count(link) == 3


def test_result_shows_the_words_it_was_handed_in_with(
    learner_client: Client,
    quiz: QuizPage,
    attempt: Attempt,
    republish: Republish,
    raw_questions: RawQuestions,
) -> None:
    questions = raw_questions(quiz)
    questions[0]["value"]["prompt"] = "What would you use first?"
    republish(quiz, questions=questions)
    assert "What would you use first?" in learner_client.get(at("attempt", attempt, "?question=1")).content.decode()

    published_later = attempt.version.texts.order_by("number").last()
    assert published_later is not None
    submit_attempt(
        attempt_id=attempt.pk, learner=attempt.learner, now=published_later.created_at - dt.timedelta(seconds=1)
    )
    assert "What do you use first?" in learner_client.get(at("result", attempt)).content.decode()


def test_open_attempt_and_result_show_what_was_asked_after_the_quiz_changed(
    learner_client: Client, quiz: QuizPage, attempt: Attempt, answers: Answers, republish: Republish
) -> None:
    republish(quiz, questions=[single_choice("Something else entirely?")])
    assert "What do you use first?" in learner_client.get(at("attempt", attempt, "?question=1")).content.decode()

    save_answers(attempt=attempt, responses=answers(attempt, 1, 2, 3), language="en", now=NOW)
    learner_client.post(at("review", attempt))
    QuizPage.objects.get(pk=quiz.pk).delete()
    text = text_of(learner_client.get(at("result", attempt)))
    assert "You have 4 of 4 points." in text
    assert "What do you manage?" in text
    assert "Something else entirely?" not in text


def test_result_explains_answers_only_after_the_quiz_has_closed(
    learner_client: Client, quiz: QuizPage, attempt: Attempt, settle_rules: SettleRules, answers: Answers
) -> None:
    save(attempt, answers(attempt, 1, 2, 3))
    submit(attempt)
    settle_rules(feedback="after-closing", closes_at=dt.datetime(2030, 7, 1, 8, tzinfo=dt.UTC))
    response = learner_client.get(at("result", attempt))
    text = text_of(response)
    assert "Passed You have 4 of 4 points." in text
    assert "The answers are explained after the quiz has closed: 1 July 2030, 10:00 CEST." in text
    assert "What do you use first?" not in text
    assert "By competence" not in text
    for closes_at in (timezone.now() - MINUTE, None):
        settle_rules(closes_at=closes_at)
        assert "What do you use first?" in text_of(learner_client.get(at("result", attempt)))


def test_result_says_what_the_lesson_teaches_one_to_do(
    learner_client: Client, course: FixtureCourse, attempt: Attempt
) -> None:
    submit(attempt)
    statement = course.lessons[0].statement_use
    assert f"Use 0 of 1 answered right {statement}" in text_of(learner_client.get(at("result", attempt)))


def test_result_counts_beside_what_to_read_again(
    learner_client: Client, attempt: Attempt, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizzes.attempts.rereading._providers", [])
    register_rereading({"swot": ("The digital strategy", "/en/there/", "")}.get)
    save(attempt, answers(attempt, 1))
    submit(attempt)
    text = text_of(learner_client.get(at("result", attempt)))
    assert "What to read again The digital strategy 1 of 3 answered right" in text


def test_result_compares_with_ones_own_earlier_attempts(
    learner_client: Client, quiz: QuizPage, learner: Learner, answers: Answers, settle_rules: SettleRules
) -> None:
    settle_rules(allows_practice=True)
    first = submit(begin(quiz, learner))
    assert "Your attempts so far" not in text_of(learner_client.get(at("result", first)))
    second = begin(quiz, learner)
    save(second, answers(second, 1, 3))
    submit(second)
    submit(begin(quiz, learner, is_practice=True))
    third = submit(begin(quiz, learner))
    response = learner_client.get(at("result", second))
    text = text_of(response)
    assert re.findall(r"Attempt (\d) \d+ \w+ \d{4} (\d+) per cent (Passed|Not passed yet)", text) == [
        ("1", "0", "Not passed yet"),
        ("2", "75", "Passed"),
    ]
    assert f'href="{at("result", first)}"' in response.content.decode()
    assert at("result", third) not in response.content.decode()
    assert "did not all ask the same questions" not in text


def test_result_says_where_attempts_did_not_ask_the_same(
    learner_client: Client, quiz: QuizPage, learner: Learner
) -> None:
    submit(begin(quiz, learner))
    other = begin(quiz, learner)
    Attempt.objects.filter(pk=other.pk).update(asked=other.asked[:2])
    submit(other)
    assert "These attempts did not all ask the same questions." in text_of(learner_client.get(at("result", other)))
