"""Fixtures of the quizzes' tests."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from openmuseums.learners.models import Learner
from openmuseums.people.models import User
from quizzes.models import Attempt, QuizPage, QuizVersion
from quizzes.running.rules import Rules
from quizzes.scoring import Parts
from tests.answers import whole
from tests.factories import FixtureCourse, make_learner


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    """Return the quiz of the fixture course's first lesson."""
    return course.quizzes["marketing"]


@pytest.fixture
def learner(user: User) -> Learner:
    """Return the learner's record of `user`."""
    return make_learner(user)


@pytest.fixture
def settle_rules(quiz: QuizPage) -> Callable[..., None]:
    """Return what gives the quiz other settings: those that a version keeps, and those that its page tells."""

    def settle_rules(**settings: Any) -> None:
        kept = {name: value for name, value in settings.items() if name in {field.name for field in fields(Rules)}}
        told = {name: value for name, value in settings.items() if name not in kept}
        version = QuizVersion.objects.get(quiz_key=quiz.quiz_key)
        QuizVersion.objects.filter(pk=version.pk).update(rules=version.rules | kept)
        if told:
            QuizPage.objects.filter(pk=quiz.pk).update(**told)

    return settle_rules


@pytest.fixture
def republish() -> Callable[..., QuizPage]:
    """Return what edits a quiz as an editor does, and publishes it."""

    def republish(quiz: QuizPage, **fields: Any) -> QuizPage:
        page = QuizPage.objects.get(pk=quiz.pk)
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish()
        return QuizPage.objects.get(pk=quiz.pk)

    return republish


@pytest.fixture
def raw_questions() -> Callable[[QuizPage], list[dict[str, Any]]]:
    """Return what reads the stored questions of a quiz, to be changed."""
    return lambda quiz: [dict(question) for question in QuizPage.objects.get(pk=quiz.pk).questions.get_prep_value()]


@pytest.fixture
def answers() -> Callable[..., dict[str, Parts]]:
    """Return what makes answers to an attempt: right ones to the questions numbered, wrong ones to `wrong`."""

    def answers(attempt: Attempt, *right: int, wrong: tuple[int, ...] = ()) -> dict[str, Parts]:
        made = {}
        for number, question in enumerate(attempt.version.questions, start=1):
            if number in right:
                made[question.id] = whole(*sorted(question.right_ids))
            if number in wrong:
                made[question.id] = whole(next(choice.id for choice in question.choices if not choice.right))
        return made

    return answers
