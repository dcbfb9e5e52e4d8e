"""The digest that tells a change of meaning from a publication without one."""

from lessons.models import UnitPage
from openmuseums.segments.digests import digest_of
from quizzes.models import QuizPage
from tests.factories import FixtureCourse


def test_digest_stays_where_a_page_is_only_published_again(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    before = digest_of(unit)
    UnitPage.objects.get(pk=unit.pk).save_revision().publish()
    assert digest_of(UnitPage.objects.get(pk=unit.pk)) == before


def test_digest_changes_with_a_text(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    before = digest_of(unit)
    unit.lead = "Another lead."
    assert digest_of(unit) != before


def test_digest_changes_with_a_value_that_translations_take_over(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    before = digest_of(unit)
    unit.minutes_to_read += 1
    assert digest_of(unit) != before


def test_digest_changes_with_the_right_answer(course: FixtureCourse) -> None:
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    before = digest_of(quiz)
    choice = quiz.questions[0].value["choices"][1]
    choice["right"] = not choice["right"]
    assert digest_of(quiz) != before


def test_digest_changes_with_the_order_of_outcomes(course: FixtureCourse) -> None:
    unit = course.units["digital-strategy"]
    first = unit.outcomes.get()
    second = type(first)(text="Choose.", sort_order=1, locale=unit.locale)
    unit.outcomes = [first, second]
    before = digest_of(unit)
    first.sort_order, second.sort_order = 1, 0
    unit.outcomes = [second, first]
    assert digest_of(unit) != before
