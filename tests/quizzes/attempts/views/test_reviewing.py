"""Before and at handing in: what is open, and one result however often one hands in."""

import re
import uuid
from collections.abc import Callable
from html import unescape

from django.test import Client

from openmuseums.learners.models import Event
from quizzes.attempts.taking import save_answers
from quizzes.models import Attempt
from quizzes.scoring import Parts
from tests.factories import NOW
from tests.quizzes.attempts.views.walking import at, text_of

Answers = Callable[..., dict[str, Parts]]


def test_review_lists_what_is_open_with_links_to_change(
    learner_client: Client, attempt: Attempt, answers: Answers
) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1), language="en", now=NOW)
    response = learner_client.get(at("review", attempt))
    text = text_of(response)
    assert "2 questions are still open." in text
    assert "What do you use first? The right one Change question 1" in text
    assert "What do you manage? Open Answer question 2" in text
    address = unescape(re.findall(r'href="([^"]*question=2)"', response.content.decode())[0])
    assert address == at("attempt", attempt, "?view=one&question=2")
    assert not Event.objects.exists()


def test_attempt_with_every_question_answered_leads_to_the_review(
    learner_client: Client, attempt: Attempt, answers: Answers
) -> None:
    save_answers(attempt=attempt, responses=answers(attempt, 1, 2, 3), language="en", now=NOW)
    assert learner_client.get(at("attempt", attempt))["Location"] == at("review", attempt)
    assert "Every question is answered." in text_of(learner_client.get(at("review", attempt)))


def test_hand_in_twice_leads_to_one_result(learner_client: Client, attempt: Attempt) -> None:
    responses = [learner_client.post(at("review", attempt)) for _ in range(2)]
    assert [response["Location"] for response in responses] == [at("result", attempt)] * 2
    assert Event.objects.filter(kind=Event.Kind.QUIZ_FINISHED).count() == 1


def test_retry_with_the_same_key_leads_to_the_same_result(learner_client: Client, attempt: Attempt) -> None:
    key = str(uuid.uuid4())
    places = [learner_client.post(at("review", attempt), {"key": key})["Location"] for _ in range(2)]
    assert places == [at("result", attempt)] * 2


def test_another_key_leads_to_the_same_result_with_a_notice(learner_client: Client, attempt: Attempt) -> None:
    first, second = (learner_client.post(at("review", attempt), {"key": str(uuid.uuid4())}) for _ in range(2))
    assert (first["Location"], second["Location"]) == (at("result", attempt), at("result", attempt, "?earlier"))
    notice = "This attempt was handed in before, in another window. This is its result."
    assert notice in text_of(learner_client.get(second["Location"]))
    assert notice not in text_of(learner_client.get(first["Location"]))
