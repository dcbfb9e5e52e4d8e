"""Self-checks whose right answers changed: the source's stand in a translation until its language publishes again."""

import datetime as dt
import re
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import UnitPage
from lessons.self_checks import find_check
from tests.factories import NOW, FixtureCourse, make_course_in, make_translation

LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def unit(course: FixtureCourse) -> UnitPage:
    """Return a unit that is there in Dutch as well."""
    make_course_in(course, "nl")
    return UnitPage.objects.get(pk=course.units["digital-strategy"].pk)


def change_key(unit: UnitPage, right: int = 1, **fields: Any) -> None:
    """Publish the unit with another right choice."""
    page = UnitPage.objects.get(pk=unit.pk)
    body = page.body.get_prep_value()
    for number, choice in enumerate(body[-1]["value"]["choices"]):
        choice["value"]["right"] = number == right
    body[-1]["value"] |= fields
    page.body = body
    with patch("django.utils.timezone.now", return_value=LATER):
        page.save_revision().publish()


def check_in(client: Client, unit: UnitPage) -> str:
    """Return the self-check of the Dutch page as HTML."""
    html = client.get(f"/nl{unit.url.removeprefix('/en')}").content.decode()
    question = unit.body.get_prep_value()[-1]["id"]
    found = re.search(rf'<(form|div) class="block question" id="check-{question}".*?</\1>\s*\n', html, re.DOTALL)
    assert found
    return html[found.start() :]


PROMPT = "A self-check of digital-strategy?"


def test_self_check_with_another_key_is_the_source_s_and_says_why(unit: UnitPage, client: Client) -> None:
    assert f"{PROMPT} [nl]" in check_in(client, unit)
    change_key(unit)
    html = check_in(client, unit)
    assert f"{PROMPT} [nl]" not in html
    assert re.search(rf'<div lang="en">.*{re.escape(PROMPT)}<', html, re.DOTALL)
    (since,) = re.findall(r'<p class="small"><time datetime="([^"]+)">', html)
    assert dt.datetime.fromisoformat(since) == LATER
    assert '<span lang="en">English</span>' in html


def test_everything_else_stays_in_the_language_of_the_page(unit: UnitPage, client: Client) -> None:
    change_key(unit)
    response = client.get(f"/nl{unit.url.removeprefix('/en')}")
    assert [part.language for part in response.context["body_parts"]] == ["", "", "", "en"]
    assert response.context["behind"] is None, "the words say what they said"


@pytest.mark.parametrize("way", ["publication", "taken back"])
def test_confirmed_self_check_is_the_language_s_again(unit: UnitPage, client: Client, way: str) -> None:
    change_key(unit)
    assert f"{PROMPT} [nl]" not in check_in(client, unit)
    if way == "publication":
        make_translation(UnitPage.objects.get(pk=unit.pk), "nl")
    else:
        change_key(unit, right=0)
    html = check_in(client, unit)
    assert f"{PROMPT} [nl]" in html
    assert '<p class="small"><time' not in html


def test_later_words_of_the_source_are_seen_at_once(unit: UnitPage, client: Client) -> None:
    change_key(unit)
    check_in(client, unit)
    change_key(unit, prompt="Quite another question?")
    assert "Quite another question?" in check_in(client, unit)


def test_answer_is_taken_and_explained_in_the_language_that_was_asked_in(
    unit: UnitPage, learner_client: Client
) -> None:
    change_key(unit, feedback="Said in general.")
    question = unit.body[3]
    assert find_check(page_key=unit.translation_key, block_id=question.id, language="nl").language == "en"
    right = question.value["choices"].bound_blocks[1].id
    learner_client.post(f"/nl/self-checks/{unit.translation_key}/{question.id}/", {f"question-{question.id}": right})
    html = check_in(learner_client, unit)
    assert "verdict--right" in html
    assert re.search(r'check-result.*<div lang="en">.*Because of what the unit says\.<', html, re.DOTALL)
    assert "Because of what the unit says. [nl]" not in html


def test_self_check_that_is_not_confirmed_asks_once_more(unit: UnitPage, client: Client) -> None:
    asked = []
    for _time in range(2):
        check_in(client, unit)
        with CaptureQueriesContext(connection) as captured:
            check_in(client, unit)
        asked.append(len(captured))
        change_key(unit)
    # Since when: the question itself stands in the shared cache.
    assert asked[1] == asked[0] + 1


def test_preview_shows_what_the_draft_says(unit: UnitPage) -> None:
    change_key(unit)
    dutch = UnitPage.objects.get(translation_key=unit.translation_key, locale__language_code="nl")
    assert f"{PROMPT} [nl]" in dutch.make_preview_request().content.decode()
