"""A quiz that asks every kind of question there is, made from what their blocks preview, and answers to it.

A new kind is in it by itself, and with it in the tests of the browser.
"""

from collections.abc import Iterator
from typing import Any

from openmuseums.uploads.renditions import make_renditions
from quizzes.authoring.sample_answers import right_answer, wrong_answer
from quizzes.blocks.registry import QUESTION_BLOCKS
from quizzes.models import Attempt, QuizPage
from quizzes.scoring import Parts
from quizzes.versions.texts import texts_of_version
from tests.factories import FixtureCourse
from tests.files import make_picture, picture_bytes
from tests.kinds import WITHOUT_FILES, example


def make_quiz_of_every_kind(course: FixtureCourse, **fields: Any) -> QuizPage:
    """Have the quiz of the first lesson ask a question of every kind, and publish it. fields: its settings."""
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    quiz.questions = [stored_question(kind) for kind in QUESTION_BLOCKS]
    for name, value in fields.items():
        setattr(quiz, name, value)
    quiz.save_revision().publish()
    return QuizPage.objects.get(pk=quiz.pk)


def stored_question(kind: str) -> dict[str, Any]:
    """Return a question of a kind as it is stored, with a picture where it needs one."""
    if kind in WITHOUT_FILES:
        return example(kind)
    picture = make_picture(content=picture_bytes(800, 600))
    make_renditions([picture])
    return example(kind, image=picture.pk)


def right_answers(attempt: Attempt, language: str = "en") -> dict[str, Parts]:
    """Return an answer to each question of an attempt that is worth all points, or says something, by its id."""
    return dict(_answers(attempt, language, right_answer))


def wrong_answers(attempt: Attempt, language: str = "en") -> dict[str, Parts]:
    """Return an answer to each question of an attempt that is worth none, by its id."""
    return dict(_answers(attempt, language, wrong_answer))


def _answers(attempt: Attempt, language: str, make: Any) -> Iterator[tuple[str, Parts]]:
    texts = texts_of_version(attempt.version, {language})
    for question in attempt.answerable:
        yield question.id, make(question, texts.of(question.id, language))
