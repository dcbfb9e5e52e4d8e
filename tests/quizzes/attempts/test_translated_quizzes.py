"""A quiz in two languages: asked in words of the reader's, graded as the source says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from openmuseums.delivery.versions import OUTLINE, renew
from openmuseums.learners.models import Learner
from quizzes.attempts.taking import save_answers, start_attempt, submit_attempt
from quizzes.models import Attempt, QuizPage, QuizVersion
from quizzes.scoring import Parts
from tests.answers import result_of, sent, whole
from tests.factories import NOW, FixtureCourse, make_translation

Answers = Callable[..., dict[str, Parts]]
Republish = Callable[..., QuizPage]
RawQuestions = Callable[[QuizPage], list[dict[str, Any]]]
Translate = Callable[..., QuizPage]

WORDS = {
    "What do you use first?": "Wat gebruikt u het eerst?",
    "What do you manage?": "Wat beheert u?",
    "The right one": "De juiste",
    "Because of what the unit says.": "Omdat de eenheid het zegt.",
}


@pytest.fixture
def dutch(settings: Settings, course: FixtureCourse) -> Locale:
    """Return Dutch, which the site has beside English in these tests."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("nl", "Dutch")]
    return Locale.objects.get_or_create(language_code="nl")[0]


@pytest.fixture
def translate(dutch: Locale, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Translate:
    """Return what translates a quiz, and the pages above it, into Dutch as translators do, and publishes it."""

    def translate(quiz: QuizPage, words: dict[str, str] = WORDS) -> QuizPage:
        source_pages = [*quiz.get_ancestors().filter(depth__gt=1).specific(), QuizPage.objects.get(pk=quiz.pk)]
        for page in source_pages:
            source, _ = TranslationSource.update_or_create_from_instance(page)
            entry, _ = Translation.objects.get_or_create(source=source, target_locale=dutch)
            for segment in source.stringsegment_set.select_related("string", "context"):
                # What has no Dutch words is the same in Dutch, the translators say.
                text = words.get(segment.string.data, segment.string.data)
                StringTranslation.objects.update_or_create(
                    translation_of=segment.string,
                    locale=dutch,
                    context=segment.context,
                    defaults={"data": text},
                )
            with django_capture_on_commit_callbacks(execute=True):
                entry.save_target(publish=True)
        return QuizPage.objects.get(translation_key=quiz.translation_key, locale=dutch)

    return translate


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner) -> Attempt:
    return start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)


def ids_of(quiz: QuizPage) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Return the ids of questions and choices in order, and which are right."""
    return [(child.id, child.block.structure_of(child.value)) for child in quiz.questions]


def in_dutch(client: Client, name: str, attempt: Attempt, query: str = "") -> str:
    with translation.override("nl"):
        address = reverse(f"quizzes:{name}", args=[attempt.pk])
    assert address.startswith("/nl/")
    return client.get(address + query).content.decode()


def test_translation_has_the_ids_of_its_source(quiz: QuizPage, translate: Translate) -> None:
    dutch_quiz = translate(quiz)
    assert dutch_quiz.live
    assert dutch_quiz.questions[0].value["prompt"] == "Wat gebruikt u het eerst?"
    assert ids_of(dutch_quiz) == ids_of(QuizPage.objects.get(pk=quiz.pk))
    assert (dutch_quiz.slug, dutch_quiz.key, dutch_quiz.pass_mark) == (quiz.slug, quiz.key, quiz.pass_mark)


def test_translation_adds_its_texts_to_the_version_of_its_source(quiz: QuizPage, translate: Translate) -> None:
    translate(quiz)
    version = QuizVersion.objects.get(quiz_key=quiz.translation_key)
    assert sorted(version.texts.values_list("language", "number")) == [("en", 1), ("nl", 1)]
    translate(quiz)
    assert version.texts.count() == 2
    translate(quiz, WORDS | {"What do you manage?": "Wat beheert u dan?"})
    assert sorted(version.texts.values_list("language", "number")) == [("en", 1), ("nl", 1), ("nl", 2)]


def test_new_version_takes_the_words_of_translations_along(
    quiz: QuizPage, translate: Translate, republish: Republish, raw_questions: RawQuestions
) -> None:
    translate(quiz)
    questions = raw_questions(quiz)
    republish(quiz, questions=questions[:2])
    newest = QuizVersion.objects.filter(quiz_key=quiz.translation_key).order_by("number").last()
    assert newest is not None
    assert newest.number == 2
    assert set(newest.texts.get(language="nl").texts) == {question["id"] for question in questions[:2]}


def test_graded_alike_in_both_languages_even_where_the_translation_lags(
    quiz: QuizPage,
    learner: Learner,
    translate: Translate,
    republish: Republish,
    raw_questions: RawQuestions,
    answers: Answers,
) -> None:
    dutch_quiz = translate(quiz)
    questions = raw_questions(quiz)
    first, second = questions[0]["value"]["choices"][:2]
    first["value"]["right"], second["value"]["right"] = False, True
    republish(quiz, questions=questions)
    assert ids_of(QuizPage.objects.get(pk=dutch_quiz.pk)) != ids_of(QuizPage.objects.get(pk=quiz.pk))

    for language in ("en", "nl"):
        attempt = start_attempt(learner=learner, quiz_key=dutch_quiz.translation_key, now=NOW)
        made = answers(attempt, 1, 2, 3)
        assert made[questions[0]["id"]] == whole(second["id"])
        save_answers(attempt=attempt, responses=made, language=language, now=NOW)
        done = submit_attempt(attempt_id=attempt.pk, learner=learner, now=NOW)
        assert result_of(done) == (4, 4, True)


def test_attempt_begun_in_one_language_goes_on_in_the_other(
    learner_client: Client, quiz: QuizPage, attempt: Attempt, translate: Translate, answers: Answers
) -> None:
    translate(quiz)
    learner_client.post(
        reverse("quizzes:attempt", args=[attempt.pk]) + "?view=one&question=1",
        sent(answers(attempt, 1)),
    )
    html = in_dutch(learner_client, "attempt", attempt, "?view=one&question=1")
    assert "<legend>Wat gebruikt u het eerst?</legend>" in html
    assert html.count(" checked>") == 1
    with translation.override("nl"):
        address = reverse("quizzes:attempt", args=[attempt.pk])
    learner_client.post(address + "?view=one&question=2", sent(answers(attempt, 2)))
    languages = dict(attempt.answers.values_list("question_id", "language"))
    assert languages == dict(zip(answers(attempt, 1, 2), ["en", "nl"], strict=True))


def test_what_is_not_translated_is_shown_in_the_source_and_says_so(
    learner_client: Client, quiz: QuizPage, attempt: Attempt, translate: Translate
) -> None:
    translate(quiz)
    html = in_dutch(learner_client, "attempt", attempt, "?view=all")
    assert '<legend lang="en">What do you make?</legend>' in html
    assert "<legend>Wat beheert u?</legend>" in html
    assert '<span lang="en">A wrong one</span>' in html
    assert "<span>De juiste</span>" in html


def test_result_is_told_in_the_readers_language(
    learner_client: Client, quiz: QuizPage, attempt: Attempt, translate: Translate, answers: Answers
) -> None:
    translate(quiz)
    save_answers(attempt=attempt, responses=answers(attempt, 1), language="en", now=NOW)
    submit_attempt(attempt_id=attempt.pk, learner=attempt.learner, now=NOW)
    html = in_dutch(learner_client, "result", attempt)
    assert '<p class="prompt">Wat gebruikt u het eerst?</p>' in html
    assert '<p class="feedback">Omdat de eenheid het zegt.</p>' in html
    assert '<p class="feedback" lang="en">General.</p>' in html


def test_attempt_without_a_translation_is_in_the_source_language(
    learner_client: Client, course: FixtureCourse, attempt: Attempt, dutch: Locale
) -> None:
    make_translation(course.course, "nl")
    html = in_dutch(learner_client, "attempt", attempt, "?view=one&question=1")
    assert '<html lang="nl">' in html
    assert '<h1 lang="en">Quiz: Digital marketing foundations</h1>' in html
    assert '<legend lang="en">What do you use first?</legend>' in html


def test_attempt_at_a_quiz_that_is_gone_is_named_in_words_of_a_language_that_has_them(
    learner_client: Client, course: FixtureCourse, attempt: Attempt, quiz: QuizPage, translate: Translate
) -> None:
    make_translation(course.course, "nl")
    QuizPage.objects.filter(pk=quiz.pk).update(live=False)
    renew(OUTLINE)
    assert f'<h1 lang="en">{quiz.title}</h1>' in in_dutch(learner_client, "attempt", attempt)
    QuizPage.objects.filter(pk=quiz.pk).update(live=True)
    translate(quiz, {quiz.title: "Toets"})
    QuizPage.objects.filter(translation_key=quiz.translation_key).update(live=False)
    renew(OUTLINE)
    assert "<h1>Toets</h1>" in in_dutch(learner_client, "attempt", attempt)
