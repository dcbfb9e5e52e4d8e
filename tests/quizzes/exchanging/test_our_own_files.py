"""A quiz in a file of our own: all of it comes back, here and elsewhere, and nothing is taken on trust."""

import json
import uuid
from typing import Any

import pytest
from wagtail_localize.models import StringTranslation

from openmuseums.people.models import User
from quizzes.exchanging.exporting import export_quiz
from quizzes.exchanging.importing import (
    NotImportedError,
    Offer,
    draft_of,
    import_questions,
    plan_import,
    raw_questions,
)
from quizzes.exchanging.plans import Plan
from quizzes.exchanging.wording import told_fault, told_loss
from quizzes.models import QuizPage
from tests.factories import NOW, FixtureCourse, block, make_translation, make_user, single_choice


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    return course.quizzes["marketing"]


def take(quiz: QuizPage, data: bytes, user: User | None = None, **more: Any) -> Plan:
    return import_questions(quiz=quiz, offer=Offer(data, **more), user=user, now=NOW)


def content(quiz: QuizPage) -> dict[str, Any]:
    """Return what a quiz's file says."""
    return json.loads(export_quiz(quiz, format="json").data)


def written(found: dict[str, Any]) -> bytes:
    return json.dumps(found, indent=1, ensure_ascii=False).encode()


def faults(quiz: QuizPage, found: dict[str, Any]) -> list[str]:
    return [told_fault(fault) for fault in plan_import(quiz, written(found)).faults]


def texts(quiz: QuizPage) -> list[tuple[str, str]]:
    """Return what is kept of a quiz in Dutch, by path."""
    rows = StringTranslation.objects.filter(locale__language_code="nl", context__object_id=quiz.translation_key)
    return list(rows.order_by("context__path").values_list("context__path", "data"))


def test_settings_texts_and_order_come_back(quiz: QuizPage) -> None:
    draft = draft_of(quiz)
    draft.introduction, draft.pass_mark, draft.minutes_allowed = "<p>Think <b>first</b>.</p>", 80, 30
    draft.save_revision()
    data = export_quiz(quiz, format="json").data
    before = raw_questions(draft_of(quiz))
    draft = draft_of(quiz)
    draft.introduction, draft.pass_mark, draft.minutes_allowed = "", 60, None
    draft.questions = list(reversed(before))
    draft.save_revision()
    plan = take(quiz, data)
    assert (plan.changed, len(plan.same), plan.losses) == ([], 3, [])
    draft = draft_of(quiz)
    assert (draft.introduction, draft.pass_mark, draft.minutes_allowed) == ("<p>Think <b>first</b>.</p>", 80, 30)
    assert [child["id"] for child in raw_questions(draft)] == [child["id"] for child in before]


def test_question_that_was_deleted_comes_back_under_its_id_with_its_translations(quiz: QuizPage) -> None:
    make_translation(quiz, "nl")
    data = export_quiz(quiz, format="json").data
    before, translated = raw_questions(draft_of(quiz)), texts(quiz)
    draft = draft_of(quiz)
    draft.questions = before[:1]
    draft.save_revision()
    StringTranslation.objects.all().delete()
    plan = take(quiz, data)
    assert (len(plan.added), len(plan.same), plan.faults, plan.losses) == (2, 1, [], [])
    assert [child["id"] for child in raw_questions(draft_of(quiz))] == [child["id"] for child in before]
    assert texts(quiz) == translated
    make_translation(quiz, "nl")


def test_another_quiz_gets_questions_with_ids_of_its_own(course: FixtureCourse, quiz: QuizPage) -> None:
    make_translation(quiz, "nl")
    other = course.quizzes["e-commerce"]
    found = content(quiz)
    plan = take(other, written(found))
    assert (len(plan.added), plan.faults) == (3, [])
    assert [told_loss(loss) for loss in plan.losses] == [
        "title",
        "translations (nl: Quiz: Digital marketing foundations)",
    ]
    raw = raw_questions(draft_of(other))[3:]
    assert [child["id"] for child in raw] == [
        str(uuid.uuid5(other.translation_key, question["id"])) for question in found["questions"]
    ]
    ids = {item["id"] for child in raw for item in child["value"]["choices"]}
    assert ids.isdisjoint(item["id"] for question in found["questions"] for item in question["value"]["choices"])
    assert (f"questions.{raw[0]['id']}.prompt", "What do you use first? [nl]") in texts(other)
    again = take(other, written(found))
    assert (again.added, again.changed, len(again.same)) == ([], [], 3)


def test_whole_scenario_with_unknown_kinds_of_ids_comes_back(quiz: QuizPage) -> None:
    below = [single_choice("Who comes?", facet="use")]
    case = block("scenario", {"title": "Tuesday", "prompt": "Nobody comes.", "questions": below})
    draft = draft_of(quiz)
    draft.questions = [case]
    draft.save_revision()
    data = export_quiz(quiz, format="json").data
    draft.questions = []
    draft.save_revision()
    assert take(quiz, data).added == ["Nobody comes."]
    (found,) = raw_questions(draft_of(quiz))
    assert (found["id"], found["value"]["questions"][0]["id"]) == (case["id"], below[0]["id"])
    assert take(quiz, data).same == ["Nobody comes."]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda found: found["questions"][0].update(type="essay"), "“essay” is not known here."),
        (lambda found: found["questions"][0]["value"].update(colour="red"), "“colour” is not known here."),
        (
            lambda found: found["questions"][0]["value"].update(prompt=["x"]),
            "What stands here has another form than it should.",
        ),
        (
            lambda found: found["questions"][0]["value"].update(points=True),
            "What stands here has another form than it should.",
        ),
        (
            lambda found: found["questions"][0]["value"].update(points=99),
            "Points: Ensure this value is less than or equal to 10.",
        ),
        (
            lambda found: found["questions"][0]["value"].update(facet="nothing"),
            "Facet: Select a valid choice. nothing is not one of the available choices.",
        ),
        (
            lambda found: found["questions"][0]["value"].update(choices=[{"text": "A"}]),
            "What stands here has another form than it should.",
        ),
        (
            lambda found: found["questions"][0]["value"]["choices"][0].update(id="x"),
            "An id is a UUID in small letters.",
        ),
        (lambda found: found["fields"].update(slug="x"), "“slug” is not known here."),
        (
            lambda found: found["fields"].update(pass_mark=101),
            "pass mark: Ensure this value is less than or equal to 100.",
        ),
        (lambda found: found["fields"].update(opens_at=[]), "opens at: "),
        (lambda found: found.update(language="nl"), "This question is in another language (nl) than the quiz."),
    ],
)
def test_what_the_course_cannot_hold_is_a_fault(quiz: QuizPage, change: Any, fault: str) -> None:
    found = content(quiz)
    change(found)
    assert faults(quiz, found)[0].startswith(fault)


def test_fault_stands_where_the_file_has_it(quiz: QuizPage) -> None:
    found = content(quiz)
    found["questions"][1]["value"]["colour"] = "red"
    data = written(found)
    (fault,) = plan_import(quiz, data).faults
    line = data.decode().split("\n")[fault.position.line - 1]
    assert line[fault.position.column - 1 :] == '"red"'


def test_hostile_translation_is_refused(quiz: QuizPage) -> None:
    make_translation(quiz, "nl")
    found = content(quiz)
    found["texts"]["nl"][1]["text"] = "<script>alert(1)</script>"
    assert faults(quiz, found) == ["<script> is not in the source."]
    with pytest.raises(NotImportedError):
        take(quiz, written(found))


def test_language_that_is_not_here_is_told(quiz: QuizPage) -> None:
    found = content(quiz)
    found["texts"] = {"xx": []}
    assert [told_loss(loss) for loss in plan_import(quiz, written(found)).losses] == ["other languages (xx)"]


def test_who_may_not_write_in_a_language_leaves_it_alone(quiz: QuizPage) -> None:
    make_translation(quiz, "nl")
    found = content(quiz)
    found["texts"]["nl"][1]["text"] = "Iets anders"
    before = texts(quiz)
    plan = take(quiz, written(found), make_user(username="editor"))
    assert [told_loss(loss) for loss in plan.losses] == ["other languages (Dutch)"]
    assert texts(quiz) == before
    take(quiz, written(found))
    assert "Iets anders" in [text for _path, text in texts(quiz)]


def test_text_of_the_introduction_is_cleaned(quiz: QuizPage) -> None:
    found = content(quiz)
    found["fields"]["introduction"] = "<p onclick=x>Think</p><script>alert(1)</script>"
    take(quiz, written(found))
    assert draft_of(quiz).introduction == "<p>Think</p>alert(1)"
