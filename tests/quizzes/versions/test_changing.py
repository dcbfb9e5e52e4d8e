"""What a change of questions counts as, in a quiz and in a unit."""

import pytest

from lessons.models import UnitPage
from openmuseums.editorial.asking import question_about
from openmuseums.editorial.changes import floor_of
from openmuseums.editorial.kinds import ChangeKind
from openmuseums.editorial.models import Publication
from openmuseums.editorial.recording import choose_kind
from quizzes.attempts.taking import start_attempt, submit_attempt
from quizzes.models import QuizPage
from tests.factories import NOW, make_visitor, single_choice

EDITORIAL, MEANING, ANSWER_KEY = ChangeKind


def floor(page, **fields):
    """Return what a change of fields counts as at least."""
    changed = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(changed, name, value)
    return floor_of(type(page).objects.get(pk=page.pk), changed)


def with_choice(question, number, **fields):
    """Return a question with a choice changed."""
    choices = [
        {**item, "value": {**item["value"], **fields}} if position == number else item
        for position, item in enumerate(question["value"]["choices"])
    ]
    return {**question, "value": {**question["value"], "choices": choices}}


def test_other_right_answer_is_a_change_of_the_key(quiz, raw_questions):
    first, *others = raw_questions(quiz)
    moved = with_choice(with_choice(first, 0, right=False), 1, right=True)
    assert floor(quiz, questions=[moved, *others]) is ANSWER_KEY


def test_other_points_are_a_change_of_the_key(quiz, raw_questions):
    first, *others = raw_questions(quiz)
    first = {**first, "value": {**first["value"], "points": 3}}
    assert floor(quiz, questions=[first, *others]) is ANSWER_KEY


def test_other_words_of_a_choice_are_no_change_of_the_key(quiz, raw_questions):
    first, *others = raw_questions(quiz)
    assert floor(quiz, questions=[with_choice(first, 1, text="A wrong one, really"), *others]) is None


@pytest.mark.parametrize("change", ["add", "remove", "reorder", "pass mark"])
def test_other_structure_is_a_change_of_meaning(quiz, raw_questions, change):
    first, *others = raw_questions(quiz)
    fields = {
        "add": {"questions": [first, *others, single_choice("And then?")]},
        "remove": {"questions": others},
        "reorder": {"questions": [*others, first]},
        "pass mark": {"pass_mark": 80},
    }
    assert floor(quiz, **fields[change]) is MEANING


def test_right_answer_of_a_self_check_is_a_key_too(course):
    unit = course.units["digital-strategy"]
    body = unit.body.get_prep_value()
    check = with_choice(with_choice(body[-1], 0, right=False), 1, right=True)
    assert floor(unit, body=[*body[:-1], check]) is ANSWER_KEY


def test_publication_of_another_key_is_one_whatever_was_chosen(quiz, raw_questions):
    first, *others = raw_questions(quiz)
    page = QuizPage.objects.get(pk=quiz.pk)
    page.questions = [with_choice(with_choice(first, 0, right=False), 1, right=True), *others]
    revision = page.save_revision()
    choose_kind(revision=revision, kind=EDITORIAL, user=None, now=NOW)
    revision.publish()
    newest = Publication.objects.newest(quiz.translation_key)
    assert (newest.kind, newest.chosen) == ("answer-key", "editorial")


def test_dialog_says_whom_another_key_touches(quiz, raw_questions):
    passed, under_way = make_visitor(), make_visitor()
    done = start_attempt(learner=passed, quiz_key=quiz.quiz_key, now=NOW)
    submit_attempt(attempt_id=done.pk, learner=passed, now=NOW)
    start_attempt(learner=under_way, quiz_key=quiz.quiz_key, now=NOW)
    first, *others = raw_questions(quiz)
    page = QuizPage.objects.get(pk=quiz.pk)
    page.questions = [with_choice(with_choice(first, 0, right=False), 1, right=True), *others]
    assert question_about(page).touched == ["1 open attempt. It is finished as it was begun."]
    passed.quizzes.update(passed_at=NOW)
    assert question_about(page).touched == [
        "1 open attempt. It is finished as it was begun.",
        "1 person has passed.",
    ]


def test_unit_offers_the_answer_key_and_touches_nobody(course):
    unit = UnitPage.objects.get(pk=course.units["digital-strategy"].pk)
    unit.lead = "Another one."
    asked = question_about(unit)
    assert ([offer.kind for offer in asked.offers], asked.touched) == ([EDITORIAL, MEANING, ANSWER_KEY], [])
