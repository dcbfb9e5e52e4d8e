"""Content checks of quizzes."""

from collections.abc import Iterable
from typing import Any

import pytest

from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import get_guide
from openmuseums.editorial.checks import Finding, Level
from openmuseums.editorial.gate import NotFitToPublish
from quizzes.checks import check_bank, check_question, check_quiz
from quizzes.models import BankPage, QuizPage
from tests.factories import NOW, FixtureCourse, block, choice, make_bank, multiple_choice, single_choice

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


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"opens_at": NOW, "closes_at": NOW}, [("error", "closes-before-opening", "closes_at")]),
        ({"feedback": "after-closing"}, [("error", "never-closes", "closes_at")]),
        (
            {"feedback": "after-closing", "closes_at": NOW, "allows_practice": True},
            [("remark", "practice-explains-early", "allows_practice")],
        ),
        ({"feedback": "after-closing", "closes_at": NOW}, []),
    ],
)
def test_dates_that_do_not_go_together_are_found(
    settings: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    page = QuizPage(questions=[single_choice(facet=facet) for facet in Facet.values], **settings)
    found = [(finding.level.value, finding.code, finding.field) for finding in check_quiz(page)]
    assert [finding for finding in found if finding[2] != "questions"] == expected


def test_quiz_with_two_right_answers_cannot_be_published(quiz: QuizPage) -> None:
    page = QuizPage.objects.get(pk=quiz.pk)
    raw = [dict(question) for question in page.questions.get_prep_value()]
    raw[0]["value"]["choices"][1]["value"]["right"] = True
    page.questions = raw
    revision = page.save_revision()
    with pytest.raises(NotFitToPublish):
        revision.publish()
    assert not QuizPage.objects.get(pk=quiz.pk).questions[0].value["choices"][1]["right"]


def quiz_of(*questions: dict[str, Any], **fields: Any) -> QuizPage:
    """Return a quiz of a lesson that is not saved, whose questions test every facet."""
    return QuizPage(**{"key": "marketing", "questions": list(questions), **fields})


def whole(count: int, *, right: int = 0, longest: bool = False) -> list[dict[str, Any]]:
    """Return questions of one kind for all facets; right: the place of the right choice; longest: it is that too."""
    found = []
    for number in range(count):
        question = single_choice(f"Question {number}?", facet=list(Facet)[number % 4])
        long = "A right one that goes on and on" if longest else "Right"
        texts = ["First of them", "Second of them", "Third of them"]
        question["value"]["choices"] = [
            choice(long if place == right else text, right=place == right) for place, text in enumerate(texts)
        ]
        found.append(question)
    return found


def remarks(page: QuizPage) -> list[str]:
    return [finding.code for finding in check_quiz(page) if finding.level is Level.REMARK]


def mixed(count: int) -> list[dict[str, Any]]:
    """Return sound questions of two kinds, whose right choices stand in different places."""
    return [*whole(count - 1, right=1), multiple_choice("Another kind?")]


def test_quiz_that_is_sound_has_no_remarks() -> None:
    assert remarks(quiz_of(*mixed(6))) == []


@pytest.mark.parametrize(("count", "found"), [(4, []), (5, ["one-kind-only"])])
def test_one_kind_only_is_remarked_from_five_questions_on(count: int, found: list[str]) -> None:
    assert remarks(quiz_of(*whole(count, right=1))) == found


def test_right_choice_that_is_always_first_is_remarked_unless_choices_are_shuffled() -> None:
    questions = [*whole(5), multiple_choice()]
    assert remarks(quiz_of(*questions)) == ["right-choice-first"]
    assert remarks(quiz_of(*questions, shuffles_choices=True)) == []
    for question in questions[:5]:
        question["value"]["arrangement"] = "as-written"
    assert remarks(quiz_of(*questions, shuffles_choices=True)) == ["right-choice-first"]
    assert remarks(quiz_of(*whole(4), multiple_choice())) == []


def test_right_choice_that_is_always_the_longest_is_remarked() -> None:
    assert remarks(quiz_of(*whole(5, right=1, longest=True), multiple_choice())) == ["right-choice-longest"]
    short = whole(1, right=1)
    assert remarks(quiz_of(*whole(5, right=1, longest=True), *short, multiple_choice())) == []


def test_penalties_in_some_questions_only_are_remarked() -> None:
    questions = [multiple_choice("One?"), multiple_choice("Two?"), *whole(4, right=1)]
    questions[0]["value"]["scoring"] = "penalty"
    assert remarks(quiz_of(*questions)) == ["some-penalties"]
    questions[1]["value"]["scoring"] = "penalty"
    assert remarks(quiz_of(*questions)) == []


@pytest.mark.parametrize(("draws", "found"), [(6, False), (7, True)])
def test_draw_of_more_than_there_is_is_remarked(draws: int, *, found: bool) -> None:
    assert ("draws-more-than-there-is" in remarks(quiz_of(*mixed(6), draws=draws))) == found


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"draws": 8, "draws_each_facet": 2}, []),
        ({"draws": 8, "draws_each_facet": None}, []),
        ({"draws": 7, "draws_each_facet": 2}, [("error", "draws-too-small-for-facets")]),
        ({"draws": 9, "draws_each_facet": 3}, [("remark", "facets-short")]),
        ({"draws": 8, "draws_each_facet": 3}, [("remark", "facets-short"), ("error", "draws-too-small-for-facets")]),
        ({"draws": None, "draws_each_facet": 2}, [("remark", "facets-without-draw")]),
    ],
)
def test_facets_that_cannot_be_held_are_found(settings: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    # Three of use, a scenario's question counted, and two of each other.
    below = block("scenario", {"title": "A case", "prompt": "A case.", "questions": [single_choice(facet="use")]})
    others = [single_choice(f"{facet} {n}?", facet=facet) for facet in Facet.values for n in range(2)]
    page = quiz_of(*others, below, **settings)
    found = [each for each in check_quiz(page) if each.field == "draws_each_facet"]
    assert [(finding.level.value, finding.code) for finding in found] == expected
    if expected[:1] == [("remark", "facets-short")]:
        assert "fewer of: Manage, Make and Understand." in str(found[0].message)


def test_topics_of_the_lesson_without_a_question_are_named_where_questions_are_drawn() -> None:
    assert "topics-missing" not in remarks(quiz_of(*mixed(6)))
    (finding,) = [each for each in check_quiz(quiz_of(*mixed(6), draws=3)) if each.code == "topics-missing"]
    topics = [topic for unit in get_guide().lessons[0].units for topic in unit.topics if topic.key != "swot"]
    assert all(topic.label in str(finding.message) for topic in topics)
    assert get_guide().topics["swot"].label not in str(finding.message)


@pytest.mark.parametrize(
    ("minutes", "draws", "found"), [(3, None, False), (2, None, True), (2, 4, False), (1, 4, True)]
)
def test_too_little_time_is_remarked(minutes: int, draws: int | None, *, found: bool) -> None:
    page = quiz_of(*mixed(6), minutes_allowed=minutes, draws=draws)
    assert ("too-little-time" in remarks(page)) == found


def test_question_that_tells_nobody_why_is_remarked() -> None:
    told = block("true_false", {"prompt": "Is it so?", "answer": "true", "facet": "use", "topic": "swot"})
    assert [(finding.code, finding.block_id) for finding in check_quiz(quiz_of(*mixed(6), told))] == [
        ("no-feedback", told["id"])
    ]
    told["value"]["feedback_false"] = "It is."
    assert remarks(quiz_of(*mixed(6), told)) == []


def test_questions_of_a_scenario_are_checked_at_their_places() -> None:
    inner = single_choice("Which one?", facet="use")
    inner["value"]["choices"] = [choice("a", right=False), choice("b", right=False)]
    case = block("scenario", {"title": "A case", "prompt": "It rains.", "image": None, "questions": [inner]})
    errors = [each for each in check_quiz(quiz_of(*mixed(6), case)) if each.level is Level.ERROR]
    assert codes(errors) == [("error", "wrong-number-of-right-choices", "questions", inner["id"])]


def test_id_that_stands_twice_is_found_also_in_a_scenario() -> None:
    first = single_choice("Which one?")
    case = block("scenario", {"title": "A case", "prompt": "It rains.", "image": None, "questions": [dict(first)]})
    errors = [each for each in check_quiz(quiz_of(*mixed(6), first, case)) if each.level is Level.ERROR]
    assert codes(errors) == [("error", "question-twice", "questions", first["id"])]


def test_quiz_of_a_lesson_whose_bank_is_empty_or_missing_is_remarked(course: FixtureCourse) -> None:
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    quiz.draws_from_bank = True
    assert "bank-without-question" in remarks(quiz)
    make_bank(course.lessons[0])
    assert "bank-without-question" not in remarks(quiz)


def test_quiz_may_ask_questions_of_its_bank_alone(course: FixtureCourse) -> None:
    quiz = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    quiz.questions, quiz.draws_from_bank = [], True
    assert [each.code for each in check_quiz(quiz) if each.level is Level.ERROR] == ["quiz-without-question"]
    make_bank(course.lessons[0])
    (finding,) = check_quiz(quiz)
    assert finding.code == "facets-missing"
    assert "Manage and Make" in str(finding.message)


def test_bank_is_checked_as_a_quiz_is() -> None:
    assert codes(check_bank(BankPage(key="marketing"))) == [("error", "quiz-without-question", "questions", "")]
    twice = single_choice("Which one?")
    found = check_bank(
        BankPage(key="marketing", questions=[twice, {**single_choice("Another one?"), "id": twice["id"]}])
    )
    assert codes(found) == [("error", "question-twice", "questions", twice["id"])]
    assert list(check_bank(BankPage(key="marketing", questions=[single_choice("Which one?")]))) == []
