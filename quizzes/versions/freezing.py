"""Freezing of quizzes: what was asked, what was right, and in which words, as it was when it was published.

A version holds a quiz together with what it draws from the bank of its lesson.
"""

import datetime as dt
import hashlib
import json
from typing import Any
from uuid import UUID

from django.db import transaction

from openmuseums.delivery.languages import source_language
from openmuseums.segments.lagging import lag_of
from quizzes.blocks.registry import questions_in
from quizzes.models import BankPage, QuestionsPage, QuizPage, QuizTexts, QuizVersion
from quizzes.models.questions import lock_lesson
from quizzes.running.rules import write_rules
from quizzes.scoring import write_structure
from quizzes.words import without_unknown


def newest_version(quiz_key: UUID) -> QuizVersion | None:
    """Return the version that a new attempt is asked, or None where the quiz was never published."""
    return QuizVersion.objects.filter(quiz_key=quiz_key).order_by("number").last()


@transaction.atomic
def freeze_version(*, quiz: QuizPage, now: dt.datetime) -> QuizVersion:
    """Keep the published source quiz, with the lesson's bank where it draws from it, and return that version.

    A new one is made only where structure or rules changed; its texts are taken from every language that is live.
    Otherwise the version stays and changed texts of the source are added to it.
    Raises ValueError where two questions have the same id; the checks of both pages say so before.
    """
    lock_lesson(quiz)
    # Read again: what counts is what was stored, ids and all, and not what the caller holds.
    quiz = QuizPage.objects.select_related("locale").get(pk=quiz.pk)
    pages = quiz.asked_pages()
    questions = [question for page in pages for question, _texts in questions_in(page.questions, page=_key(page))]
    if len({question.id for question in questions}) != len(questions):
        raise ValueError("Two questions of this quiz, or of it and its bank, have the same id.")
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
    _add_texts(version, quiz.locale.language_code, pages, now)
    if is_new:
        _add_translations(version, now)
    return version


@transaction.atomic
def freeze_translation(*, quiz: QuizPage, now: dt.datetime) -> QuizTexts | None:
    """Add the texts of a published translation to the newest version of its source, and return them.

    Returns None where the source was never published: its own publication will collect them.
    """
    lock_lesson(quiz)
    version = newest_version(quiz.translation_key)
    if version is None:
        return None
    language = quiz.locale.language_code
    return _add_texts(version, language, _translated_pages(version).get(language, []), now)


def freeze_lesson(*, lesson: str, now: dt.datetime) -> None:
    """Freeze anew the quizzes of a lesson that are published, after what they may draw from has changed.

    lesson: the path of its source page. A version of a quiz that does not draw from the bank stays as it is.
    """
    for quiz in QuizPage.below(lesson).filter(live=True):
        newest = newest_version(quiz.translation_key)
        if quiz.draws_from_bank or (newest and newest.page_keys != {str(quiz.translation_key)}):
            freeze_version(quiz=quiz, now=now)


@transaction.atomic
def freeze_bank_translation(*, bank: BankPage, now: dt.datetime) -> None:
    """Add the texts of a published translation of a bank to the newest version of each quiz that draws from it."""
    lock_lesson(bank)
    source = BankPage.objects.filter(translation_key=bank.translation_key, alias_of=None)
    source_bank = source.filter(locale__language_code=source_language()).first()
    for quiz in QuizPage.beside(source_bank) if source_bank else ():
        version = newest_version(quiz.translation_key)
        if version is not None and _key(bank) in version.page_keys:
            language = bank.locale.language_code
            _add_texts(version, language, _translated_pages(version).get(language, []), now)


def _add_translations(version: QuizVersion, now: dt.datetime) -> None:
    for language, pages in sorted(_translated_pages(version).items()):
        _add_texts(version, language, pages, now)


def _translated_pages(version: QuizVersion) -> dict[str, list[QuestionsPage]]:
    """Return the live translations of the pages that a version was made of, by language."""
    found: dict[str, list[QuestionsPage]] = {}
    for model in (QuizPage, BankPage):
        pages = model.objects.live().filter(translation_key__in=version.page_keys, alias_of=None)
        for page in pages.exclude(locale__language_code=source_language()).select_related("locale"):
            found.setdefault(page.locale.language_code, []).append(page)
    return found


def _add_texts(version: QuizVersion, language: str, pages: list[QuestionsPage], now: dt.datetime) -> QuizTexts:
    texts = {question.id: words for page in pages for question, words in questions_in(page.questions, page=_key(page))}
    if language == source_language():
        texts = {question.id: texts.get(question.id, {}) for question in version.questions}
    else:
        # A translation may lag behind its source: what the version does not ask is left out.
        source = _newest_texts(version, source_language())
        unconfirmed = _unconfirmed(pages)
        known = {question_id: words for question_id, words in texts.items() if question_id not in unconfirmed}
        texts = without_unknown(known, source.texts if source else {})
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


def _unconfirmed(pages: list[QuestionsPage]) -> frozenset[str]:
    """Return the ids of questions whose right answers changed since the live translations of pages were made.

    They are asked in the source's words until the language publishes again: words that say what was right before may
    contradict what is right now. What the language accepted as typed goes with them, for it answered to the old key.
    """
    return frozenset().union(*(lag.unconfirmed for page in pages if (lag := lag_of(page)) is not None))


def _newest_texts(version: QuizVersion, language: str) -> QuizTexts | None:
    return version.texts.filter(language=language).order_by("number").last()


def _key(page: QuestionsPage) -> str:
    return str(page.translation_key)


def _digest(value: Any) -> str:
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
