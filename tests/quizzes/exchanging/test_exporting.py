"""Quizzes in files: what they hold of it, and what is told that they do not."""

from typing import Any

import pytest

from quizzes.exchanging.exporting import export_quiz, page_in
from quizzes.exchanging.importing import Offer, draft_of, import_questions, plan_import, raw_questions
from quizzes.exchanging.wording import told_loss
from quizzes.formats.gift_reading import read_gift
from quizzes.formats.moodle_reading import read_moodle_xml
from quizzes.models import QuizPage
from tests.factories import NOW, FixtureCourse, block, item, make_translation, single_choice

COMMON = {"facet": "use", "topic": "swot", "points": 1, "feedback": "In general."}


def every_kind() -> list[dict[str, Any]]:
    """Return a question of each kind that files of other programs know, as stored."""
    return [
        single_choice("Which is first?", facet="use"),
        block("true_false", {"prompt": "It is open.", "answer": "false", "feedback_true": "It is not.", **COMMON}),
        block(
            "matching",
            {
                "prompt": "What goes with what?",
                "pairs": [
                    item({"prompt": "Object", "answer": "Record"}),
                    item({"prompt": "Visitor", "answer": "Ticket"}),
                ],
                "distractors": [item({"text": "Left over"})],
                **COMMON,
            },
        ),
        block(
            "numeric",
            {
                "prompt": "How many?",
                "values": [item({"number": "3.5", "tolerance": "0.5", "share": 100, "feedback": "Yes."})],
                "feedback_other": "No.",
                **COMMON,
            },
        ),
        block(
            "short_answer",
            {
                "prompt": "Who?",
                "answers": [
                    item({"accepted": "The town\nThe citizens", "share": 100, "feedback": "Yes."}),
                    item({"accepted": "The king", "share": 50, "feedback": ""}),
                ],
                "accents_matter": True,
                "feedback_other": "No.",
                **COMMON,
            },
        ),
        block("reflection", {"prompt": "What will you change?", "facet": "make", "topic": "swot", "feedback": "Well."}),
    ]


def ordering(**fields: Any) -> dict[str, Any]:
    steps = [item({"text": text}) for text in ("First", "Second", "Third")]
    return block("ordering", {"prompt": "In which order?", "items": steps, "scoring": "neighbours", **COMMON, **fields})


def quiz_of(course: FixtureCourse, *questions: dict[str, Any]) -> QuizPage:
    """Return a quiz whose draft asks these questions."""
    quiz = course.quizzes["marketing"]
    draft = draft_of(quiz)
    draft.questions = list(questions)
    draft.save_revision()
    return quiz


def losses(quiz: QuizPage, format_name: str) -> list[str]:
    return [told_loss(loss) for loss in export_quiz(quiz, format=format_name).losses]


def without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [without_ids(each) for each in value]
    if isinstance(value, dict):
        return {name: without_ids(each) for name, each in value.items() if name != "id"}
    return value


@pytest.mark.parametrize(
    ("format_name", "questions"), [("gift", every_kind()), ("moodlexml", [*every_kind(), ordering()])]
)
def test_what_is_carried_comes_back_into_an_empty_quiz(
    course: FixtureCourse, format_name: str, questions: list[dict[str, Any]]
) -> None:
    quiz, other = quiz_of(course, *questions), course.quizzes["e-commerce"]
    draft = draft_of(other)
    draft.questions = []
    draft.title = quiz.title
    draft.save_revision()
    export = export_quiz(quiz, format=format_name)
    assert export.losses == []
    plan = import_questions(quiz=other, offer=Offer(export.data), user=None, now=NOW)
    assert (len(plan.added), plan.losses, plan.unfinished) == (len(questions), [], [])
    assert without_ids(raw_questions(draft_of(other))) == without_ids(stored(quiz))
    again = plan_import(quiz, export.data)
    assert (again.added, again.changed, again.losses) == ([], [], [])


def stored(quiz: QuizPage) -> list[dict[str, Any]]:
    """Return a quiz's questions with every field, as a block stores them."""
    return [
        {"type": child.block_type, "value": child.block.get_prep_value(child.value), "id": child.id}
        for child in draft_of(quiz).questions
    ]


def test_what_gift_has_no_place_for_is_told(course: FixtureCourse) -> None:
    question = single_choice("Which is first?", facet="use")
    question["value"] |= {"hint": "Look again.", "points": 3, "arrangement": "as-written", "difficulty": "hard"}
    quiz = quiz_of(course, question, ordering(prompt="Steps?"))
    assert losses(quiz, "gift") == [
        "“Which is first?”: Order of the choices",
        "“Which is first?”: Points",
        "“Which is first?”: Hint",
        "“Steps?”: the whole question: there is no such kind (Ordering)",
    ]
    assert losses(quiz, "moodlexml") == []
    assert losses(quiz, "json") == []


def test_kinds_that_only_we_have_are_told_by_name(course: FixtureCourse) -> None:
    rating = block("self_rating", {"prompt": "I can plan.", "facet": "use", "topic": "swot"})
    case = block(
        "scenario",
        {"title": "A quiet Tuesday", "prompt": "Nobody comes.", "questions": [single_choice("Who?", facet="use")]},
    )
    quiz = quiz_of(course, rating, case)
    assert losses(quiz, "moodlexml") == [
        "“I can plan.”: the whole question: there is no such kind (Self-rating)",
        "“A quiet Tuesday”: Questions",
    ]
    assert [item.prompt for item in read_moodle_xml(export_quiz(quiz, format="moodlexml").data).items] == [
        "Nobody comes.",
        "Who?",
    ]


def test_settings_introduction_and_languages_are_told(course: FixtureCourse) -> None:
    quiz = quiz_of(course, single_choice("Which is first?", facet="use"))
    make_translation(quiz, "nl")
    draft = draft_of(quiz)
    draft.introduction, draft.pass_mark = "<p>Think first.</p>", 80
    draft.save_revision()
    assert losses(quiz, "gift") == ["pass mark", "introduction", "other languages (Dutch)"]
    assert losses(quiz, "json") == []


def test_arrow_that_gift_cannot_escape_is_told(course: FixtureCourse) -> None:
    answers = [item({"accepted": "A -> B", "share": 100, "feedback": ""})]
    question = block("short_answer", {"prompt": "Which way?", "answers": answers, "accents_matter": True, **COMMON})
    assert losses(quiz_of(course, question), "gift") == ["“Which way?”: Answers: Accepted, one a line"]


def test_all_or_nothing_is_told(course: FixtureCourse) -> None:
    choices = [item({"text": text, "right": text != "C", "feedback": ""}) for text in "ABC"]
    question = block("multiple_choice", {"prompt": "Which two?", "choices": choices, "scoring": "", **COMMON})
    assert losses(quiz_of(course, question), "moodlexml") == ["“Which two?”: Points for a part of it"]


def test_translation_is_a_file_of_its_own_that_the_source_refuses(course: FixtureCourse) -> None:
    quiz = course.quizzes["marketing"]
    make_translation(quiz, "nl")
    dutch = page_in(quiz, "nl")
    assert dutch is not None
    export = export_quiz(dutch, format="gift")
    assert (export.name, read_gift(export.data).items[0].prompt) == (
        "marketing-nl.gift",
        "What do you use first? [nl]",
    )
    assert [item.id for item in read_gift(export.data).items] == [child["id"] for child in raw_questions(quiz)]
    assert {fault.code for fault in plan_import(quiz, export.data).faults} == {"other-language"}
    assert page_in(quiz, "el") is None


def test_draft_is_what_is_exported(course: FixtureCourse) -> None:
    quiz = quiz_of(course, single_choice("Only a draft?", facet="use"))
    assert [found.prompt for found in read_gift(export_quiz(quiz, format="gift").data).items] == ["Only a draft?"]
