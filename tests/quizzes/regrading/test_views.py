"""The page where a quiz is graded again, and what a learner is told of it."""

import re

import pytest
from django.urls import reverse

from quizzes.models import Attempt, Result
from tests.factories import make_administrator, make_editor, make_translation, signed_in
from tests.quizzes.regrading.rekeying import REASON, again, finish, rekey


@pytest.fixture
def administrator(course):
    return signed_in(make_administrator())


@pytest.fixture
def falling(quiz, learner):
    """Return a quiz one attempt at which falls below the mark when it is graded again."""
    finish(learner, quiz, right=[1, 3])
    return rekey(quiz, 1)


def address(quiz, *numbers):
    query = "&".join(f"version={number}" for number in numbers)
    return f"{reverse('quizzes_admin:regrade', args=[quiz.pk])}?{query}".removesuffix("?")


def words(response):
    main = response.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_page_says_what_it_would_do_and_does_nothing(administrator, falling):
    text = words(administrator.get(address(falling)))
    assert re.search(r"Version 1 of [\w ]+: 1 attempt", text)
    assert "1 attempt of 1 gets another result." in text
    assert "0 people pass by it." in text
    assert "1 person falls below the pass mark and stays passed, unless you decide otherwise." in text
    assert "Take the pass away from 1 person" in text
    assert Result.objects.count() == 1


def test_it_is_done_with_the_reason_and_the_pass_stays(administrator, falling):
    response = administrator.post(address(falling, 1), {"reason": REASON, "losses": "1"}, follow=True)
    assert response.redirect_chain == [(address(falling, 1), 302)]
    assert [str(message).strip() for message in response.context["messages"]] == ["1 attempt has another result."]
    held = Attempt.objects.get().result
    assert (held.reason, held.passed, held.by) == (REASON, True, response.wsgi_request.user)
    assert "Nothing: every result is as the newest version has it." in words(response)
    assert "Take the pass away from 1 person" in words(response)


def test_pass_is_taken_away_where_that_was_ticked(administrator, falling):
    administrator.post(address(falling, 1), {"reason": REASON, "losses": "1", "takes_passes": "on"})
    assert Attempt.objects.get().result.passed is False


def test_pass_is_not_taken_from_others_than_were_told(administrator, falling):
    response = administrator.post(address(falling, 1), {"reason": REASON, "losses": "0", "takes_passes": "on"})
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Result.objects.count() == 1


def test_without_a_reason_nothing_is_done(administrator, falling):
    response = administrator.post(address(falling, 1), {"reason": " ", "losses": "1"})
    assert response.status_code == 422
    assert "This field is required." in words(response)
    assert Result.objects.count() == 1


def test_version_that_there_is_not_is_not_looked_at(administrator, falling):
    assert "1 attempt of 1 gets another result." in words(administrator.get(address(falling, 7)))


def test_quiz_that_nobody_took_has_nothing_to_grade(administrator, quiz):
    assert "Nobody has handed in anything yet." in words(administrator.get(address(quiz)))


def test_who_may_not_publish_the_quiz_is_refused(falling):
    response = signed_in(make_editor()).get(address(falling), headers={"x-requested-with": "XMLHttpRequest"})
    assert response.status_code == 403


def test_translation_is_not_graded(administrator, quiz):
    assert administrator.get(address(make_translation(quiz, "nl"))).status_code == 404


def test_way_to_the_page_stands_in_the_quiz_s_menu(administrator, quiz):
    edit = administrator.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk])).content.decode()
    assert address(quiz) in edit


def test_history_of_the_quiz_says_so(administrator, falling):
    administrator.post(address(falling, 1), {"reason": REASON, "losses": "1"})
    history = words(administrator.get(reverse("wagtailadmin_pages:history", args=[falling.pk])))
    assert "Graded again: 1 attempt" in history
    assert REASON in history


# The learner


def test_learner_is_told_that_it_was_graded_again_and_why(learner_client, falling):
    again(falling)
    attempt = Attempt.objects.get()
    text = words(learner_client.get(reverse("quizzes:result", args=[attempt.pk])))
    assert f"Graded again 2 November 2026 : 3 of 4 points, Passed 3 November 2026 : 2 of 4 points, Passed {REASON}" in (
        text
    )
    assert "You keep your pass." in text


def test_learner_sees_the_right_answers_of_now(learner_client, falling):
    again(falling)
    attempt = Attempt.objects.get()
    html = learner_client.get(reverse("quizzes:result", args=[attempt.pk])).content.decode()
    verdicts = re.findall(r'class="verdict verdict--(\w+)">', html)
    assert verdicts == ["wrong", "wrong", "right"]


def test_result_that_was_graded_once_says_nothing_of_it(learner_client, quiz, learner):
    attempt = finish(learner, quiz, right=[1, 3])
    assert "Graded again" not in words(learner_client.get(reverse("quizzes:result", args=[attempt.pk])))
