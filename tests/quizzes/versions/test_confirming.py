"""Questions whose right answers changed: asked in the source's words until a language publishes again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from openmuseums.learners.models import Learner
from openmuseums.segments.editions import making_from_source
from quizzes.attempts.showing import shown_steps
from quizzes.attempts.taking import start_attempt, submit_attempt
from quizzes.models import Attempt, BankPage, QuizPage
from quizzes.versions.freezing import newest_version
from tests.factories import NOW, FixtureCourse, make_bank, make_translation

Republish = Callable[..., QuizPage]


@pytest.fixture
def dutch(quiz: QuizPage) -> QuizPage:
    """Return the Dutch quiz."""
    Locale.objects.get_or_create(language_code="nl")
    return QuizPage.objects.get(pk=make_translation(quiz, "nl").pk)


def with_right(page: Any, *right: int) -> list[dict[str, Any]]:
    """Return the stored questions of a page; of the first, the choices with these numbers are right."""
    questions: list[dict[str, Any]] = type(page).objects.get(pk=page.pk).questions.get_prep_value()
    for number, choice in enumerate(questions[0]["value"]["choices"]):
        choice["value"]["right"] = number in right
    return questions


def change_key(page: Any, right: int = 1) -> None:
    changed = type(page).objects.get(pk=page.pk)
    changed.questions = with_right(page, right)
    changed.save_revision().publish()


def prompts(quiz: QuizPage, language: str = "nl") -> list[str]:
    """Return the questions of the newest version in a language, those in the source's words by the code before them."""
    version = newest_version(quiz.translation_key)
    assert version
    texts = version.texts.filter(language=language).order_by("number").last()
    source = version.texts.filter(language="en").order_by("number").last()
    assert source
    own = texts.texts if texts else {}
    return [
        own[question.id]["prompt"] if question.id in own else f"en: {source.texts[question.id]['prompt']}"
        for question in version.questions
    ]


ALL = ["What do you use first? [nl]", "What do you manage? [nl]", "What do you make? [nl]"]
WITHOUT_FIRST = ["en: What do you use first?", *ALL[1:]]


def test_question_with_another_key_is_asked_in_the_words_of_the_source(quiz: QuizPage, dutch: QuizPage) -> None:
    assert prompts(quiz) == ALL
    change_key(quiz)
    assert prompts(quiz) == WITHOUT_FIRST


def test_next_publication_of_the_language_confirms(quiz: QuizPage, dutch: QuizPage) -> None:
    change_key(quiz)
    make_translation(QuizPage.objects.get(pk=quiz.pk), "nl")
    assert prompts(quiz) == ALL


def test_older_draft_that_is_published_late_confirms_nothing(quiz: QuizPage, dutch: QuizPage) -> None:
    draft = dutch.save_revision()
    change_key(quiz)
    draft.publish()
    assert prompts(quiz) == WITHOUT_FIRST
    with making_from_source():
        newer = QuizPage.objects.get(pk=dutch.pk).save_revision()
    newer.publish()
    assert prompts(quiz) == ALL


def test_key_that_is_taken_back_is_confirmed(quiz: QuizPage, dutch: QuizPage) -> None:
    change_key(quiz)
    change_key(quiz, right=0)
    assert prompts(quiz) == ALL


def test_other_change_confirms_nothing(quiz: QuizPage, dutch: QuizPage, republish: Republish) -> None:
    change_key(quiz)
    republish(quiz, pass_mark=70)
    assert prompts(quiz) == WITHOUT_FIRST


def test_other_words_leave_the_language_its_own(quiz: QuizPage, dutch: QuizPage, republish: Republish) -> None:
    questions = with_right(quiz, 0)
    questions[0]["value"]["prompt"] = "What do you use at first?"
    republish(quiz, questions=questions)
    assert prompts(quiz) == ALL


def test_each_language_confirms_by_itself(quiz: QuizPage, dutch: QuizPage) -> None:
    Locale.objects.get_or_create(language_code="el")
    make_translation(quiz, "el")
    change_key(quiz)
    make_translation(QuizPage.objects.get(pk=quiz.pk), "el")
    assert (prompts(quiz), prompts(quiz, "el")[0]) == (WITHOUT_FIRST, "What do you use first? [el]")


def test_bank_is_confirmed_like_a_quiz(course: FixtureCourse, quiz: QuizPage, republish: Republish) -> None:
    bank = make_bank(course.lessons[0])
    republish(quiz, draws_from_bank=True)
    Locale.objects.get_or_create(language_code="nl")
    make_translation(QuizPage.objects.get(pk=quiz.pk), "nl")
    make_translation(bank, "nl")
    known = [*ALL, "What does the bank use? [nl]", "What does the bank understand? [nl]"]
    assert prompts(quiz) == known
    change_key(bank)
    assert prompts(quiz) == [*ALL, "en: What does the bank use?", known[-1]]
    make_translation(BankPage.objects.get(pk=bank.pk), "nl")
    assert prompts(quiz) == known


def shown(attempt: Attempt, language: str) -> list[tuple[str, str]]:
    steps = shown_steps(Attempt.objects.get(pk=attempt.pk), given={}, language=language)
    return [(word.text, word.lang) for step in steps for word in [step.questions[0].words["prompt"]]]


def test_open_attempt_keeps_what_it_was_asked_in_and_a_new_one_is_asked_the_original(
    quiz: QuizPage, dutch: QuizPage, learner: Learner
) -> None:
    before = start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=NOW)
    change_key(quiz)
    assert shown(before, "nl") == [(prompt, "") for prompt in ALL]
    submit_attempt(attempt_id=before.pk, learner=learner, now=NOW)
    after = start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=NOW)
    assert shown(before, "nl") == [(prompt, "") for prompt in ALL]
    first = ("What do you use first?", "en")
    assert shown(after, "nl") == [first, *((prompt, "") for prompt in ALL[1:])]
    make_translation(QuizPage.objects.get(pk=quiz.pk), "nl")
    assert shown(after, "nl") == [(prompt, "") for prompt in ALL]


def test_learner_is_asked_the_question_with_its_language(
    quiz: QuizPage, dutch: QuizPage, learner: Learner, learner_client: Client
) -> None:
    make_translation(quiz.get_parent().get_parent().specific, "nl")
    change_key(quiz)
    attempt = start_attempt(learner=learner, quiz_key=quiz.quiz_key, now=NOW)
    with translation.override("nl"):
        address = reverse("quizzes:attempt", args=[attempt.pk])
    html = learner_client.get(address).content.decode()
    assert '<legend lang="en">What do you use first?</legend>' in html
    assert "What do you use first? [nl]" not in html
