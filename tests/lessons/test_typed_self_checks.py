"""Self-checks whose answers are typed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from lessons.models import UnitPage
from openmuseums.learners.models import Event
from tests.factories import FixtureCourse, make_translation, make_unit
from tests.kinds import elements_in, example

WORDS = example(
    "short_answer",
    prompt="What comes first?",
    answers=[{"accepted": "mission", "share": 100, "feedback": "Always."}],
    feedback_other="Read again.",
)
NUMBER = example(
    "numeric",
    prompt="How many?",
    values=[{"number": "1.5", "tolerance": "0", "relative": False, "share": 100, "feedback": "Counted well."}],
)


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    """Return a unit with a question that is answered in words, and one with a number."""
    return make_unit(course.lessons[0], "audiences", body=[WORDS, NUMBER])


@pytest.fixture
def check(unit: UnitPage, learner_client: Client) -> Callable[..., str]:
    """Return what answers a question of the unit in a language, and returns the page that it leads to."""

    def check(question_id: str, typed: str, language: str = "en") -> str:
        with translation.override(language):
            address = reverse("lessons:self-check", args=[unit.translation_key, question_id])
        response = learner_client.post(address, {f"question-{question_id}": typed})
        assert response.status_code == 303
        return response.headers["Location"]

    return check


def body(client: Client, address: str) -> str:
    return client.get(address.partition("#")[0]).content.decode()


def test_typed_answer_is_graded_and_shown_again(check: Callable[..., str], learner_client: Client) -> None:
    html = body(learner_client, check(WORDS["id"], "The mission"))
    assert [html.count(text) for text in ("verdict--wrong", "Read again.", "<b>The mission</b>")] == [1, 1, 1]
    html = body(learner_client, check(WORDS["id"], " MISSION "))
    assert [html.count(text) for text in ("verdict--right", "Always.", "<b>MISSION</b>")] == [1, 1, 1]


@pytest.mark.parametrize(("typed", "code"), [("1,500", "with-point"), ("a few", "not-a-number")])
def test_number_that_cannot_be_read_is_refused_with_the_reason(
    check: Callable[..., str], learner_client: Client, unit: UnitPage, typed: str, code: str
) -> None:
    place = check(NUMBER["id"], typed)
    query = urlencode({"unanswered": NUMBER["id"], "fault": code, "typed": typed})
    assert place == f"{unit.url}?{query}#check-{NUMBER['id']}"
    html = body(learner_client, place)
    assert html.count('class="error"') == 1
    assert ("can be misread" in html, "is not a number" in html) == (code == "with-point", code == "not-a-number")
    assert not Event.objects.exists()


def test_number_that_was_refused_stands_in_its_field_to_be_mended(
    check: Callable[..., str], learner_client: Client, unit: UnitPage
) -> None:
    place = check(NUMBER["id"], '1,500 "or" <so>')
    (field,) = fields_of(body(learner_client, place))
    assert (field["value"], field["aria-invalid"], field["form"]) == (
        '1,500 "or" <so>', "true", f"check-{NUMBER['id']}"
    )  # fmt: skip
    assert body(learner_client, place).count(f'id="{field["aria-describedby"]}"') == 1
    # It is for who sent it, and kept nowhere.
    assert [field["value"] for field in fields_of(body(learner_client, unit.url))] == [""]
    longer = check(NUMBER["id"], "1" * 5000)
    assert "typed" not in longer


def fields_of(html: str) -> list[dict[str, str]]:
    """Return the fields of the question that asks for a number."""
    return [found for _tag, found in elements_in(html) if found.get("id") == f"answer-{NUMBER['id']}"]


def test_fault_that_there_is_none_of_says_only_that_an_answer_is_missing(
    unit: UnitPage, learner_client: Client
) -> None:
    html = body(learner_client, f"{unit.url}?unanswered={NUMBER['id']}&fault=<script>")
    assert html.count("Give an answer first.") == 1


def test_answer_keeps_the_language_it_was_typed_in(
    check: Callable[..., str], learner_client: Client, unit: UnitPage, course: FixtureCourse
) -> None:
    greek = make_translation(unit, "el", {"mission": "αποστολή"})
    check(WORDS["id"], "ΑΠΟΣΤΟΛΗ", "el")
    check(NUMBER["id"], "1,5", "el")
    assert [event.chosen for event in Event.objects.filter(kind="question-answered").order_by("pk")] == [
        ["ΑΠΟΣΤΟΛΗ", "@\tel"],
        ["1,5", "@\tel"],
    ]
    for page, mark in ((greek, ""), (unit, ' lang="el"')):
        html = body(learner_client, page.url)
        assert html.count("verdict--right") == 2
        assert [html.count(f"<b{mark}>{typed}</b>") for typed in ("ΑΠΟΣΤΟΛΗ", "1,5")] == [1, 1]


def test_public_unit_shows_questions_without_fields(unit: UnitPage, client: Client) -> None:
    html = body(client, unit.url)
    assert [html.count(text) for text in ("What comes first?", "How many?", "Always.")] == [1, 1, 0]
    assert not [found for _tag, found in elements_in(html) if found.get("id", "").startswith("answer-")]
