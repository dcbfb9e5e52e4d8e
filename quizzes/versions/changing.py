"""What a change of questions counts as, and whom a change of their right answers touches."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import ngettext
from wagtail.models import Page

from openmuseums.editorial.changes import register_floor, register_touched
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.learners.models import QuizState
from openmuseums.segments.editions import register_answer_keys
from quizzes.blocks.question import unidentified
from quizzes.blocks.registry import QUESTION_BLOCKS, questions_of
from quizzes.models import Attempt, BankPage, QuestionsPage, QuizPage
from quizzes.questions.registry import key_of
from quizzes.scoring import Question


def floor_of_streams(old: Iterable[Any] | None, new: Iterable[Any]) -> ChangeKind | None:
    """Return ANSWER_KEY where right answers, points or accepted answers of a question changed that stands in both.

    old, new: streams of blocks, questions among them. A question that came or went changes the structure, and no key.
    """
    before = {question.id: key_of(question) for question in _questions(old or ())}
    after = {question.id: key_of(question) for question in _questions(new)}
    changed = any(before[question_id] != after[question_id] for question_id in before.keys() & after.keys())
    return ChangeKind.ANSWER_KEY if changed else None


def floor_of_questions(old: Page | None, new: Page) -> ChangeKind | None:
    """Return the same for the `questions` of two versions of a page."""
    return floor_of_streams(old.questions if old else None, new.questions)


def answer_keys_of_stream(stream: Iterable[Any]) -> dict[str, str]:
    """Return a digest of what is right in each question of a stream of blocks, by the ids of the questions."""
    return {question.id: _digest(key_of(question)) for question in _questions(stream)}


def answer_keys_of_questions(page: Page) -> dict[str, str]:
    """Return the same for the `questions` of a page."""
    return answer_keys_of_stream(page.questions)


def touched_by_quiz(page: QuizPage) -> Iterator[str]:
    """Yield how many attempts are open and how many people passed, in sentences."""
    yield from _touched([page.quiz_key])


def touched_by_bank(page: BankPage) -> Iterator[str]:
    """Yield the same of the quizzes that draw from a bank."""
    yield from _touched([quiz.quiz_key for quiz in QuizPage.beside(page) if quiz.draws_from_bank])


def _touched(quiz_keys: Collection[UUID]) -> Iterator[str]:
    open_attempts = Attempt.objects.filter(quiz_key__in=quiz_keys, submitted_at=None, is_practice=False).count()
    passed = (
        QuizState.objects.filter(quiz_key__in=quiz_keys, passed_at__isnull=False).values("learner").distinct().count()
    )
    if open_attempts:
        yield ngettext(
            "%(count)d open attempt. It is finished as it was begun.",
            "%(count)d open attempts. They are finished as they were begun.",
            open_attempts,
        ) % {"count": open_attempts}
    if passed:
        yield ngettext("%(count)d person has passed.", "%(count)d people have passed.", passed) % {"count": passed}


def register_changes() -> None:
    """Have the kinds of change, and the editions of sources, know quizzes and banks."""
    register_floor(QuestionsPage, floor_of_questions)
    register_answer_keys(QuestionsPage, answer_keys_of_questions)
    register_touched(QuizPage, touched_by_quiz)
    register_touched(BankPage, touched_by_bank)


def _questions(stream: Iterable[Any]) -> Iterator[Question]:
    for child in stream:
        # What has no id yet is new, and in no version before.
        if child.block_type in QUESTION_BLOCKS and child.id and not unidentified(child.value):
            yield from (question for question, _texts in questions_of(child, page=""))


def _digest(key: Any) -> str:
    canonical = json.dumps(key, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
