"""Fixtures of the quizzes' tests."""

import pytest

from openmuseums.learners.models import Learner
from openmuseums.people.models import User
from quizzes.models import QuizPage
from tests.factories import FixtureCourse, make_learner


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    """Return the quiz of the fixture course's first lesson."""
    return course.quizzes["marketing"]


@pytest.fixture
def learner(user: User) -> Learner:
    """Return the learner's record of `user`."""
    return make_learner(user)
