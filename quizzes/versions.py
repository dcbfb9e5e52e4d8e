"""Freezing of quizzes: what was asked, what was right, and in which words, as it was when it was published."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

from quizzes.models import QuizPage, QuizTexts, QuizVersion
from quizzes.scoring import Choice, Question, write_structure


def newest_version(quiz_key: UUID) -> QuizVersion | None:
    """Return the version that a new attempt is asked, or None where the quiz was never published."""
    return QuizVersion.objects.filter(quiz_key=quiz_key).order_by("number").last()


def question_of(child: Any) -> Question:
    """Return a question block of a stream without its words.

    child: a child of the `questions` of a quiz or of the body of a unit, as read from the database.
    Raises ValueError where the block or one of its choices was stored without an id.
    """
    value = child.value
    # A list gives an item without an id a new one at each reading, which no later answer would match.
    if not child.id or not all(bound.original_id for bound in value["choices"].bound_blocks):
        raise ValueError("A question or one of its choices was stored without an id.")
    return Question(
        id=child.id,
        kind=child.block_type,
        facet=value["facet"],
        topic=value["topic"],
        points=value["points"],
        choices=tuple(Choice(choice_id, right) for choice_id, right in child.block.structure_of(value)),
    )


@transaction.atomic
def freeze_version(*, quiz: QuizPage, now: dt.datetime) -> QuizVersion:
    """Keep the published source quiz as a version, and return that version.

    A new one is made only where structure or pass mark changed; its texts are taken from every language that is live.
    Otherwise the version stays and changed texts of the source are added to it.
    """
    _lock(quiz.translation_key)
    # Read again: what counts is what was stored, ids and all, and not what the caller holds.
    quiz = QuizPage.objects.select_related("locale").get(pk=quiz.pk)
    questions = [question_of(child) for child in quiz.questions]
    if len({question.id for question in questions}) != len(questions):
        raise ValueError("Two questions of this quiz have the same id.")
    structure = write_structure(questions)
    digest = _digest({"pass_mark": quiz.pass_mark, "questions": structure})
    version = newest_version(quiz.translation_key)
    if version is None or version.digest != digest:
        version = QuizVersion.objects.create(
            quiz_key=quiz.translation_key,
            number=version.number + 1 if version else 1,
            digest=digest,
            structure=structure,
            pass_mark=quiz.pass_mark,
            created_at=now,
        )
        for translation in _live_translations(quiz):
            _add_texts(version, translation, now)
    _add_texts(version, quiz, now)
    return version


@transaction.atomic
def freeze_translation(*, quiz: QuizPage, now: dt.datetime) -> QuizTexts | None:
    """Add the texts of a published translation to the newest version of its source, and return them.

    Returns None where the source was never published: its own publication will collect them.
    """
    _lock(quiz.translation_key)
    version = newest_version(quiz.translation_key)
    if version is None:
        return None
    return _add_texts(version, QuizPage.objects.select_related("locale").get(pk=quiz.pk), now)


def _lock(quiz_key: UUID) -> None:
    # Two publications of one quiz, in whatever languages, take their turns; PostgreSQL needs telling.
    list(
        Page.objects.select_for_update(no_key=True)
        .filter(translation_key=quiz_key)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _live_translations(quiz: QuizPage) -> Iterable[QuizPage]:
    return (
        QuizPage.objects.live()
        .filter(translation_key=quiz.translation_key, alias_of__isnull=True)
        .exclude(pk=quiz.pk)
        .select_related("locale")
    )


def _add_texts(version: QuizVersion, quiz: QuizPage, now: dt.datetime) -> QuizTexts:
    language = quiz.locale.language_code
    known = {question.id: question.choice_ids for question in version.questions}
    # A translation may lag behind its source: what the version does not ask is left out.
    texts = {
        child.id: _without_unknown(child.block.texts_of(child.value), known[child.id])
        for child in quiz.questions
        if child.id in known
    }
    digest = _digest(texts)
    newest = version.texts.filter(language=language).order_by("number").last()
    if newest is not None and newest.digest == digest:
        return newest
    return QuizTexts.objects.create(
        version=version,
        language=language,
        number=newest.number + 1 if newest else 1,
        digest=digest,
        texts=texts,
        created_at=now,
    )


def _without_unknown(texts: dict[str, Any], choice_ids: frozenset[str]) -> dict[str, Any]:
    choices = {choice_id: words for choice_id, words in texts["choices"].items() if choice_id in choice_ids}
    return {**texts, "choices": choices}


def _digest(value: Any) -> str:
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
