"""Questions copied at once to one bank: each waits for the other."""

import pytest

from quizzes.copying.copies import copy_questions
from quizzes.models import BankPage, QuizPage
from tests.factories import FixtureCourse, make_bank, make_editor
from tests.together import run_together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_questions_that_are_copied_at_once_are_all_there(course: FixtureCourse) -> None:
    bank = make_bank(course.lessons[0])
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    editor = make_editor()
    ids = [child.id for child in quiz.questions]

    def copy(chosen: str) -> None:
        copy_questions(source=quiz, ids=[chosen], target=bank, user=editor)

    run_together([lambda chosen=chosen: copy(chosen) for chosen in ids * 2])
    draft = BankPage.objects.get(pk=bank.pk).get_latest_revision_as_object()
    assert len(draft.questions) == 2 + 2 * len(ids)
