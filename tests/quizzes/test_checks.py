"""Content checks of quizzes."""

from collections.abc import Iterable
from typing import Any

import pytest

from openmuseums.editorial.checks import Finding, Level
from openmuseums.editorial.gate import NotFitToPublish
from quizzes.checks import check_question, check_quiz
from quizzes.models import QuizPage
from tests.factories import choice, multiple_choice, single_choice

pytestmark = pytest.mark.django_db


def codes(findings: Iterable[Finding]) -> list[tuple[str, str, str, str]]:
    return [(finding.level.value, finding.code, finding.field, finding.block_id) for finding in findings]


def findings(question: dict[str, Any], **value: Any) -> list[tuple[str, str]]:
    """Return level and code of what is found in a question with some of its values changed."""
    question["value"].update(value)
    child = QuizPage(questions=[question]).questions[0]
    found = list(check_question(child.block_type, child.value, "body", child.id))
    assert {(finding.field, finding.block_id) for finding in found} <= {("body", question["id"])}
    return [(finding.level.value, finding.code) for finding in found]


def test_sound_question_has_no_findings() -> None:
    assert findings(single_choice()) == []
    assert findings(multiple_choice()) == []


@pytest.mark.parametrize(("right", "is_wrong"), [(0, True), (1, False), (2, True), (3, True)])
def test_single_choice_has_exactly_one_right_choice(right: int, is_wrong: bool) -> None:
    choices = [choice(f"Choice {place}", right=place < right) for place in range(3)]
    expected = [("error", "wrong-number-of-right-choices")] if is_wrong else []
    assert findings(single_choice(), choices=choices) == expected


@pytest.mark.parametrize(("right", "is_wrong"), [(0, True), (1, False), (2, False), (3, False)])
def test_multiple_choice_has_at_least_one_right_choice(right: int, is_wrong: bool) -> None:
    choices = [choice(f"Choice {place}", right=place < right) for place in range(3)]
    expected = [("error", "wrong-number-of-right-choices")] if is_wrong else []
    assert findings(multiple_choice(), choices=choices) == expected


@pytest.mark.parametrize("double", ["The mission", "  the MISSION ", "The mission."])
def test_doubled_choices_are_found(double: str) -> None:
    choices = [choice("The mission", right=True), choice(double, right=False)]
    assert findings(single_choice(), choices=choices) == [("error", "doubled-choice")]


def test_choice_that_repeats_the_question_is_found() -> None:
    choices = [choice("Which one?", right=True), choice("This one", right=False)]
    assert findings(single_choice("Which one?"), choices=choices) == [("error", "choice-repeats-question")]


def test_choice_without_feedback_is_remarked_once() -> None:
    choices = [choice("a", right=True, feedback=""), choice("b", right=False, feedback="  ")]
    assert findings(single_choice(), choices=choices) == [("remark", "choice-without-feedback")]


def test_quiz_without_questions_is_found() -> None:
    assert codes(check_quiz(QuizPage(title="Empty", slug="quiz", key="marketing"))) == [
        ("error", "quiz-without-question", "questions", "")
    ]


def test_facets_that_are_not_tested_are_remarked() -> None:
    page = QuizPage(questions=[single_choice(facet="use"), single_choice(facet="make")])
    (finding,) = check_quiz(page)
    assert (finding.level, finding.code) == (Level.REMARK, "facets-missing")
    assert str(finding.message).startswith("No question tests: Manage and Understand.")


def test_quiz_with_all_facets_has_no_findings() -> None:
    facets = ["use", "manage", "make", "understand"]
    assert list(check_quiz(QuizPage(questions=[single_choice(facet=facet) for facet in facets]))) == []


def test_quiz_with_two_right_answers_cannot_be_published(quiz: QuizPage) -> None:
    page = QuizPage.objects.get(pk=quiz.pk)
    raw = [dict(question) for question in page.questions.get_prep_value()]
    raw[0]["value"]["choices"][1]["value"]["right"] = True
    page.questions = raw
    revision = page.save_revision()
    with pytest.raises(NotFitToPublish):
        revision.publish()
    assert not QuizPage.objects.get(pk=quiz.pk).questions[0].value["choices"][1]["right"]
