"""Freezing of quizzes: what was asked, what was right, and in which words, as it was when it was published."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.models import Page

from openmuseums.delivery.languages import source_language
from quizzes.blocks.registry import questions_in
from quizzes.models import QuizPage, QuizTexts, QuizVersion
from quizzes.rules import write_rules
from quizzes.scoring import write_structure
from quizzes.words import without_unknown


def newest_version(quiz_key: UUID) -> QuizVersion | None:
    """Return the version that a new attempt is asked, or None where the quiz was never published."""
    return QuizVersion.objects.filter(quiz_key=quiz_key).order_by("number").last()


@transaction.atomic
def freeze_version(*, quiz: QuizPage, now: dt.datetime) -> QuizVersion:
    """Keep the published source quiz as a version, and return that version.

    A new one is made only where structure or rules changed; its texts are taken from every language that is live.
    Otherwise the version stays and changed texts of the source are added to it.
    """
    _lock(quiz.translation_key)
    # Read again: what counts is what was stored, ids and all, and not what the caller holds.
    quiz = QuizPage.objects.select_related("locale").get(pk=quiz.pk)
    questions = [question for question, _texts in questions_in(quiz.questions, page=str(quiz.translation_key))]
    if len({question.id for question in questions}) != len(questions):
        raise ValueError("Two questions of this quiz have the same id.")
    structure, rules = write_structure(questions), write_rules(quiz.rules)
    digest = _digest({"rules": rules, "questions": structure})
    version = newest_version(quiz.translation_key)
    is_new = version is None or version.digest != digest
    if version is None or is_new:
        version = QuizVersion.objects.create(
            quiz_key=quiz.translation_key,
            number=version.number + 1 if version else 1,
            digest=digest,
            structure=structure,
            pass_mark=quiz.pass_mark,
            rules=rules,
            created_at=now,
        )
    # The source first: what a translation has more than it is left out.
    _add_texts(version, quiz, now)
    for translation in _live_translations(quiz) if is_new else ():
        _add_texts(version, translation, now)
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
    texts = {question.id: words for question, words in questions_in(quiz.questions, page=str(quiz.translation_key))}
    if language == source_language():
        texts = {question.id: texts.get(question.id, {}) for question in version.questions}
    else:
        # A translation may lag behind its source: what the version does not ask is left out.
        source = _newest_texts(version, source_language())
        texts = without_unknown(texts, source.texts if source else {})
    digest = _digest(texts)
    newest = _newest_texts(version, language)
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


def _newest_texts(version: QuizVersion, language: str) -> QuizTexts | None:
    return version.texts.filter(language=language).order_by("number").last()


def _digest(value: Any) -> str:
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
