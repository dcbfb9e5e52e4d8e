"""Every kind of question as a self-check of a unit: answered in place, and translated."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from lessons.models import UnitPage
from openmuseums.editorial.checks import Level
from openmuseums.learners.models import AnswerState
from openmuseums.segments.units import units_of
from quizzes.blocks.registry import CHECK_BLOCKS
from quizzes.checks import check_question
from quizzes.questions.registry import KINDS
from quizzes.scoring import Parts
from tests.answers import sent
from tests.factories import FixtureCourse, in_language, make_translation, make_unit
from tests.kinds import WITHOUT_FILES, asked, elements_in, example

CHECKS = [kind for kind in WITHOUT_FILES if kind in CHECK_BLOCKS and KINDS[kind].IS_GRADED]


@pytest.fixture
def body() -> list[dict[str, Any]]:
    """Return a graded question of each kind."""
    return [example(kind) for kind in CHECKS]


@pytest.fixture
def unit(course: FixtureCourse, body: list[dict[str, Any]]) -> UnitPage:
    """Return a unit that asks them."""
    return make_unit(course.lessons[0], "audiences", body=body)


def model_of(stored: dict[str, Any]) -> Parts:
    question, words = asked(stored)
    return KINDS[question.kind].model_answer(question, words)


def send(client: Client, unit: UnitPage, block_id: str, parts: Parts) -> None:
    with translation.override(unit.locale.language_code):
        address = reverse("lessons:self-check", args=[unit.translation_key, block_id])
    assert client.post(address, sent({block_id: parts})).status_code == 303


def fields_in(client: Client, unit: UnitPage) -> set[tuple[str, str]]:
    """Return the names and values that the forms of a unit's page offer."""
    found = set()
    name = ""
    for tag, attributes in elements_in(client.get(unit.url).content.decode()):
        name = attributes.get("name", name)
        if tag in {"input", "option", "textarea"} and name.startswith("question-"):
            found.add((name, attributes.get("value", "")))
    return found


def test_every_kind_is_answered_and_graded_in_a_unit(
    unit: UnitPage, body: list[dict[str, Any]], learner_client: Client
) -> None:
    assert "<select" not in Client().get(unit.url).content.decode()
    for stored in body:
        send(learner_client, unit, stored["id"], model_of(stored))
    html = learner_client.get(unit.url).content.decode()
    assert (html.count("verdict--right"), html.count("verdict--wrong")) == (len(body), 0)
    assert set(AnswerState.objects.values_list("item_id", "right")) == {(stored["id"], True) for stored in body}


@pytest.mark.parametrize("kind", ["matching", "ordering", "fill_in"])
def test_part_of_an_answer_is_kept_and_is_not_right(course: FixtureCourse, learner_client: Client, kind: str) -> None:
    stored = example(kind)
    if kind == "fill_in":
        gap = stored["value"]["gaps"][0]
        stored["value"] |= {"text": "[[1]] [[2]]", "gaps": [gap, example(kind)["value"]["gaps"][0]]}
    unit = make_unit(course.lessons[0], "audiences", body=[stored])
    part, values = next(iter(model_of(stored).items()))
    send(learner_client, unit, stored["id"], {part: values})
    html = learner_client.get(unit.url).content.decode()
    assert (html.count("verdict--wrong"), html.count("choice--right"), html.count("choice--wrong")) == (1, 1, 0)
    assert AnswerState.objects.get().chosen == [f"{part}\t{values[0]}"]


def test_translation_offers_the_same_and_is_graded_the_same(
    unit: UnitPage, body: list[dict[str, Any]], learner_client: Client, settings: Settings
) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("nl", "Dutch")]
    dutch = make_translation(unit, "nl")
    assert fields_in(learner_client, dutch) == fields_in(learner_client, unit)
    parted = [stored for stored in body if stored["type"] in {"matching", "ordering", "fill_in", "true_false"}]
    for stored in parted:
        send(learner_client, dutch, stored["id"], model_of(stored))
    html = learner_client.get(dutch.url).content.decode()
    assert (html.count("verdict--right"), html.count("verdict--wrong")) == (len(parted), 0)
    # What was answered in one language stands there in the other.
    assert learner_client.get(unit.url).content.decode().count("verdict--right") == len(parted)


def test_translators_get_the_words_of_a_question_and_nothing_else(course: FixtureCourse) -> None:
    kinds = ["true_false", "matching", "ordering", "fill_in"]
    unit = make_unit(course.lessons[0], "audiences", body=[example(kind) for kind in kinds])
    found = [each.place.field_path for each in units_of(unit) if each.path.startswith("body.")]
    assert sorted(set(found)) == [
        "body.fill_in.gaps.item.choices.item.feedback",
        "body.fill_in.gaps.item.choices.item.text",
        "body.fill_in.prompt",
        "body.fill_in.text",
        "body.matching.distractors.item.text",
        "body.matching.pairs.item.answer",
        "body.matching.pairs.item.feedback",
        "body.matching.pairs.item.prompt",
        "body.matching.prompt",
        "body.ordering.items.item.text",
        "body.ordering.prompt",
        "body.true_false.feedback_false",
        "body.true_false.feedback_true",
        "body.true_false.prompt",
    ]


def test_translation_that_lost_a_gap_is_told_of(course: FixtureCourse, settings: Settings) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("nl", "Dutch")]
    stored = example("fill_in")
    unit = make_unit(course.lessons[0], "audiences", body=[stored])
    texts = {stored["value"]["text"]: "Wat het museum zegt zijn eigen media."}
    dutch = make_translation(unit, "nl", texts, publish=False)
    draft = dutch.get_latest_revision_as_object()
    assert draft.title == in_language(unit.title, "nl")
    findings = check_question("fill_in", draft.body[0].value, "body", draft.body[0].id)
    assert [finding.code for finding in findings if finding.level is Level.ERROR] == ["gaps-unlike-text"]


def test_unit_is_shown_whatever_its_address_says_was_typed(unit: UnitPage, learner_client: Client) -> None:
    for block in unit.body:
        for fault in block.block.fault_messages:
            query = {"unanswered": block.id, "fault": fault, "typed": "<i>x\ty"}
            response = learner_client.get(unit.url, query)
            html = response.content.decode()
            assert (response.status_code, html.count('class="error"'), html.count("<i>x")) == (200, 1, 0), (
                block.block_type
            )
