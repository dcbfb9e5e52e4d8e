"""Who publishes other right answers hears of attempts that were graded by the ones before."""

from collections.abc import Callable
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page

from openmuseums.learners.models import Learner
from quizzes.models import BankPage, QuizPage
from tests.factories import FixtureCourse, make_bank, make_translation
from tests.quizzes.regrading.rekeying import again, finish, rekey


def told_after_publishing(page: Page) -> list[str]:
    """Return what Wagtail's admin says after somebody published a page there, apart from its own words."""
    request = RequestFactory().get("/admin/")
    request._messages = CookieStorage(request)
    for hook in hooks.get_hooks("after_publish_page"):
        hook(request, page)
    return [str(message) for message in get_messages(request)]


def test_attempts_graded_by_the_right_answers_before_are_told_with_the_way_to_grade_again(
    quiz: QuizPage, learner: Learner
) -> None:
    finish(learner, quiz, right=[1])
    finish(learner, quiz, right=[2])
    (said,) = told_after_publishing(rekey(quiz, 1))
    assert f"{quiz.title}: 2 attempts were graded by the right answers before these." in said
    assert f'href="{reverse("quizzes_admin:regrade", args=[quiz.pk])}"' in said
    again(quiz)
    assert told_after_publishing(QuizPage.objects.get(pk=quiz.pk)) == []


def test_nothing_is_told_where_nobody_has_handed_in(quiz: QuizPage) -> None:
    assert told_after_publishing(rekey(quiz, 1)) == []


def test_nothing_is_told_of_a_change_that_grades_nothing_otherwise(
    quiz: QuizPage, learner: Learner, republish: Callable[..., QuizPage]
) -> None:
    finish(learner, quiz, right=[1])
    assert told_after_publishing(republish(quiz, title="Another title")) == []


def test_nothing_is_told_of_a_translation(quiz: QuizPage, learner: Learner) -> None:
    finish(learner, quiz, right=[1])
    rekey(quiz, 1)
    assert told_after_publishing(make_translation(quiz, "nl")) == []


def test_publishing_a_bank_tells_of_the_quizzes_that_draw_from_it(
    course: FixtureCourse, quiz: QuizPage, learner: Learner, republish: Callable[..., QuizPage]
) -> None:
    bank = make_bank(course.lessons[0])
    republish(quiz, draws_from_bank=True)
    finish(learner, quiz, right=[1])
    questions: list[dict[str, Any]] = [dict(question) for question in bank.questions.get_prep_value()]
    for position, choice in enumerate(questions[0]["value"]["choices"]):
        choice["value"]["right"] = position == 1
    bank.questions = questions
    bank.save_revision().publish()
    (said,) = told_after_publishing(BankPage.objects.get(pk=bank.pk))
    assert f"{quiz.title}: 1 attempt was graded" in said
