"""Pictures that come along with questions, and those that do not get in."""

import base64
from typing import Any

import pytest

from openmuseums.people.models import User
from openmuseums.uploads.models import Picture
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
from quizzes.formats.moodle_reading import read_moodle_xml
from quizzes.models import QuizPage
from tests.factories import NOW, FixtureCourse, block, item, make_user, single_choice
from tests.files import make_picture, picture_bytes
from tests.quizzes.formats.reading import fixture

MOODLE = fixture("moodle_pictures.xml")
SVG = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').decode()


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    return course.quizzes["marketing"]


def hotspot(picture: Picture) -> dict[str, Any]:
    """Return a question about a picture, as stored."""
    area = {"shape": "rectangle", "top": 0, "width": 400, "height": 1000, "feedback": ""}
    areas = [item({"text": "Left", "right": True, "left": 0, **area}), item({"text": "Right", "left": 500, **area})]
    return block(
        "hotspot",
        {
            "prompt": "Where is it?",
            "image": picture.pk,
            "alt_text": "A front.",
            "choices": areas,
            "facet": "use",
            "topic": "swot",
            "points": 1,
            "feedback": "",
        },
    )


def case(picture: Picture) -> dict[str, Any]:
    below = [single_choice("Who comes?", facet="use")]
    return block(
        "scenario",
        {
            "title": "A quiet Tuesday",
            "prompt": "Nobody comes.",
            "image": picture.pk,
            "alt_text": "A door.",
            "questions": below,
        },
    )


def ask(quiz: QuizPage, *questions: dict[str, Any]) -> None:
    draft = draft_of(quiz)
    draft.questions = list(questions)
    draft.save_revision()


def take(quiz: QuizPage, data: bytes, user: User | None = None, **more: Any) -> Plan:
    return import_questions(quiz=quiz, offer=Offer(data, **more), user=user, now=NOW)


def test_picture_beside_a_question_is_kept_once(quiz: QuizPage) -> None:
    plan = take(quiz, MOODLE, good_part=True)
    picture = Picture.objects.get()
    assert (picture.title, picture.width, picture.height, picture.is_attributed) == ("A coin", 4, 3, False)
    assert "“Coin”: pictures, which are kept but not shown with it" in [told_loss(loss) for loss in plan.losses]
    take(quiz, MOODLE, good_part=True)
    assert Picture.objects.get() == picture


def test_dry_run_keeps_no_picture(quiz: QuizPage) -> None:
    plan_import(quiz, MOODLE)
    assert Picture.objects.count() == 0


def test_picture_that_is_none_is_refused_with_its_question(quiz: QuizPage) -> None:
    start, end = MOODLE.index(b'encoding="base64">') + 18, MOODLE.index(b"</file>")
    with pytest.raises(NotImportedError) as refused:
        take(quiz, MOODLE[:start] + SVG.encode() + MOODLE[end:])
    assert "The uploaded file" in told_fault(refused.value.plan.faults[0]) or "image" in told_fault(
        refused.value.plan.faults[0]
    )
    assert Picture.objects.count() == 0


def test_everything_goes_to_another_site_and_back(course: FixtureCourse, quiz: QuizPage) -> None:
    first, second = make_picture(), make_picture(title="A door", content=picture_bytes(50, 40))
    ask(quiz, hotspot(first), case(second))
    before = raw_questions(draft_of(quiz))
    export = export_quiz(quiz, format="json")
    assert (export.name, export.losses) == ("marketing.zip", [])
    assert take(quiz, export.data).same == ["Where is it?", "Nobody comes."]
    ask(quiz, single_choice("Something else?", facet="use"))
    keys = [first.key, second.key]
    Picture.objects.all().delete()
    plan = take(quiz, export.data)
    assert (plan.added, plan.losses) == (["Where is it?", "Nobody comes."], [])
    again = {picture.key: picture for picture in Picture.objects.all()}
    assert sorted(again) == sorted(keys)
    assert [(again[key].title, again[key].credit, again[key].licence) for key in keys] == [
        ("A coin", "The museum", "CC-BY-4.0"),
        ("A door", "The museum", "CC-BY-4.0"),
    ]
    found = raw_questions(draft_of(quiz))[1:]
    assert [child["value"]["image"] for child in found] == [again[key].pk for key in keys]
    assert [child["id"] for child in found] == [child["id"] for child in before]
    assert take(quiz, export.data).changed == []


def test_picture_of_a_case_goes_to_moodle_and_back(quiz: QuizPage) -> None:
    picture = make_picture()
    ask(quiz, case(picture))
    export = export_quiz(quiz, format="moodlexml")
    assert [told_loss(loss) for loss in export.losses] == ["“A quiet Tuesday”: Questions"]
    (sent,) = read_moodle_xml(export.data).items[0].pictures
    assert (sent.data, sent.alt) == (picture_bytes(), "A door.")
    assert take(quiz, export.data).changed == []
    other = base64.b64encode(picture_bytes(60, 50))
    plan = take(quiz, export.data.replace(base64.b64encode(picture_bytes()), other))
    assert (plan.changed, plan.losses) == (["A quiet Tuesday"], [])
    assert raw_questions(draft_of(quiz))[0]["value"]["image"] == Picture.objects.exclude(pk=picture.pk).get().pk


def test_who_may_add_no_picture_brings_none_along(quiz: QuizPage) -> None:
    nobody = make_user(username="nobody")
    with pytest.raises(NotImportedError) as refused:
        take(quiz, MOODLE, nobody, good_part=True)
    assert "no-pictures" in [fault.code for fault in refused.value.plan.faults]
    assert Picture.objects.count() == 0


def test_file_that_names_a_picture_it_lacks_is_refused(quiz: QuizPage) -> None:
    ask(quiz, hotspot(make_picture()))
    data = export_quiz(quiz, format="json").data
    broken = data.replace(b"pictures/a-coin", b"pictures/b-coin", 1)
    with pytest.raises(NotImportedError):
        take(quiz, broken, good_part=True)
