"""A quiz and its bank published at once: each waits for the other."""

import pytest
from wagtail.models import Locale

from quizzes.models import BankPage, QuizPage, QuizVersion
from quizzes.versions.freezing import newest_version
from tests.factories import FixtureCourse, make_bank, make_translation, single_choice
from tests.together import run_together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_version_holds_quiz_and_bank_that_are_published_at_once(course: FixtureCourse) -> None:
    Locale.objects.get_or_create(language_code="nl")
    bank = make_bank(course.lessons[0])
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    quiz.draws_from_bank = True
    quiz.save_revision().publish()
    dutch = make_translation(bank, "nl")

    def publish_quiz(pass_mark: int) -> None:
        page = QuizPage.objects.get(pk=quiz.pk)
        page.pass_mark = pass_mark
        page.save_revision().publish()

    def publish_bank(prompt: str) -> None:
        page = BankPage.objects.get(pk=bank.pk)
        page.questions = [*page.questions.get_prep_value(), single_choice(prompt)]
        page.save_revision().publish()

    def publish_translation() -> None:
        BankPage.objects.get(pk=dutch.pk).get_latest_revision().publish()

    for number in range(3):
        run_together([
            lambda number=number: publish_quiz(70 + number),
            lambda number=number: publish_bank(f"Added {number}?"),
            publish_translation,
        ])  # fmt: skip
        newest = newest_version(quiz.translation_key)
        assert newest is not None
        there = [child.id for page in (quiz, bank) for child in type(page).objects.get(pk=page.pk).questions]
        assert ([question.id for question in newest.questions], newest.pass_mark) == (there, 70 + number)
        assert sorted(newest.texts.values_list("language", "number")) == [("en", 1), ("nl", 1)]
    numbers = QuizVersion.objects.filter(quiz_key=quiz.translation_key).order_by("number")
    assert list(numbers.values_list("number", flat=True)) == list(range(1, 9))
