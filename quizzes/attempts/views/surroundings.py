"""What stands around each page of an attempt: whose it is, the lesson that the quiz ends, the time left, addresses."""

from math import ceil
from typing import Any
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmuseums.delivery.languages import source_language
from openmuseums.learners.outline import OutlineChapter, get_outline
from quizzes.models import Attempt, QuizPage

ALL, ONE = "all", "one"


def own_attempt(rows: models.Q, attempt_id: UUID) -> Attempt:
    """Return an attempt of the person's own; another's is not found, as if there were none."""
    return get_object_or_404(
        Attempt.objects.select_related("version", "learner", "result__version").filter(rows), pk=attempt_id
    )


def surroundings(quiz_key: UUID) -> dict[str, Any]:
    """Return the lesson that a quiz ends, and title and address of the quiz for a reader of the active language.

    `quiz_lang` is the code of the title's language where it is another.
    """
    outline = get_outline()
    chapter: OutlineChapter | None = outline.chapter_of(quiz_key) if outline else None
    quiz = chapter.quiz if chapter else None
    title, lang = (quiz.title, quiz.language) if quiz else _title_of_quiz(quiz_key)
    return {
        "outline": outline,
        "chapter": chapter,
        "quiz_url": quiz.url if quiz else "",
        "quiz_title": title,
        "quiz_lang": lang,
    }


def time_left(own: Attempt) -> dict[str, Any]:
    """Return the minutes and the seconds that are left, rounded up, so that a script which counts on is never early."""
    if own.due_at is None:
        return {}
    seconds = max(0, ceil((own.due_at - timezone.now()).total_seconds()))
    return {"seconds_left": seconds, "minutes_left": -(-seconds // 60)}


def address_of_quiz(quiz_key: UUID) -> str:
    """Return where a quiz stands for a reader of the active language; empty where it does not."""
    outline = get_outline()
    quiz = outline.step(quiz_key) if outline else None
    return quiz.url if quiz else ""


def address_of_attempt(attempt: Attempt, *, view: str, number: int, question_id: str = "") -> str:
    """Return where an attempt goes on: at a step, or at a question among all of them."""
    query: dict[str, str | int] = {"view": ALL} if view == ALL else {"view": ONE, "question": number}
    anchor = f"#question-{question_id}" if question_id else ""
    return f"{reverse('quizzes:attempt', args=[attempt.pk])}?{urlencode(query)}{anchor}"


def address_of_result(attempt: Attempt) -> str:
    """Return where the result of an attempt is shown."""
    return reverse("quizzes:result", args=[attempt.pk])


def active_language() -> str:
    """Return the code of the language that the reader is spoken to in."""
    return get_language() or ""


def _title_of_quiz(quiz_key: UUID) -> tuple[str, str]:
    """Return the title of a quiz that the course does not have any longer, and its language as `quiz_lang`."""
    language, source = active_language(), source_language()
    pages = QuizPage.objects.filter(translation_key=quiz_key, locale__language_code__in={language, source})
    titles = dict(pages.values_list("locale__language_code", "title"))
    if language in titles:
        return titles[language], ""
    return (titles[source], source) if titles else (_("Quiz"), "")
