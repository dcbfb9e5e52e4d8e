"""Answers that are explained at once, after which they stand."""

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


@pytest.fixture
def explained(quiz: QuizPage, learner: Learner, settle_rules: SettleRules) -> Attempt:
    settle_rules(feedback="at-once")
    return begin(quiz, learner)


@pytest.mark.parametrize("view", ["one&question=1", "all"])
def test_check_saves_explains_and_leads_back_to_the_question(
    learner_client: Client, explained: Attempt, answers: Answers, view: str
) -> None:
    first = explained.asked[0]
    address = at("attempt", explained, f"?view={view}")
    assert f'name="go" value="check:{first}"' in learner_client.get(address).content.decode()
    response = learner_client.post(address, {**sent(answers(explained, wrong=(1,))), "go": f"check:{first}"})
    assert response["Location"] == f"{address}#question-{first}"
    page = learner_client.get(address)
    assert "Not right 0 of 1 point What do you use first?" in text_of(page)
    assert "Because of what the unit says." in text_of(page)
    html = page.content.decode()
    assert f'name="question-{first}"' not in html
    assert f'name="before-{first}"' not in html
    assert f"check:{first}" not in html


def test_check_without_an_answer_says_so(learner_client: Client, explained: Attempt) -> None:
    first = explained.asked[0]
    response = learner_client.post(at("attempt", explained, "?view=one&question=1"), {"go": f"check:{first}"})
    assert response.status_code == 422
    assert f'<a href="#question-{first}">Question 1: Answer the whole question before you check it.</a>' in (
        response.content.decode()
    )


def test_other_answer_from_an_old_tab_is_refused_and_the_explained_one_shown(
    learner_client: Client, explained: Attempt, answers: Answers
) -> None:
    save(explained, answers(explained, wrong=(1,)), explained.asked[0])
    response = learner_client.post(at("attempt", explained, "?view=all"), sent(answers(explained, 1, 2)))
    assert response.status_code == 422
    text = text_of(response)
    assert "Question 1: The answer has been explained, so it stands." in text
    assert "Not right 0 of 1 point The answer has been explained, so it stands. What do you use first?" in text
    assert response.content.decode().count(" checked>") == 1
    assert parts_in(explained) == answers(explained, wrong=(1,))


def test_review_links_to_see_what_has_been_explained(
    learner_client: Client, explained: Attempt, answers: Answers
) -> None:
    save(explained, answers(explained, 1), explained.asked[0])
    text = text_of(learner_client.get(at("review", explained)))
    assert "See question 1" in text
    assert "Change question 1" not in text


def test_nothing_is_offered_to_check_where_the_quiz_explains_later(learner_client: Client, attempt: Attempt) -> None:
    assert "check:" not in learner_client.get(at("attempt", attempt, "?view=all")).content.decode()
