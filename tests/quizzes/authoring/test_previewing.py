"""Previews of quizzes and banks: each kind in each state, drafts among them, and nothing is written."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from quizzes.authoring.previewing import ANSWERED, BEGUN, MODES, PAPER, RIGHT, WRONG, preview_of
from quizzes.blocks.registry import QUESTION_BLOCKS, block_of
from quizzes.models import Answer, Attempt, BankPage, QuizPage, QuizVersion
from quizzes.questions.registry import KINDS
from tests.factories import FixtureCourse, block, make_bank, make_translation, make_user, signed_in, single_choice
from tests.files import make_picture

SCENARIO = {
    "title": "A quiet Tuesday",
    "prompt": "Hardly anybody comes in.",
    "image": None,
    "alt_text": "",
    "questions": [single_choice("What do you ask first?")],
}


def every_kind() -> list[dict[str, Any]]:
    """Return a question of every kind, as stored: those that the blocks preview with."""
    found = []
    for kind in QUESTION_BLOCKS:
        chooser = block_of(kind)
        raw = chooser.get_prep_value(chooser.get_preview_value())
        if "image" in raw:
            raw["image"] = make_picture().pk
        found.append(block(kind, SCENARIO if kind == "scenario" else raw))
    return found


def shown(page: Any, mode: str) -> str:
    response = page.make_preview_request(preview_mode=mode)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("mode", [mode for mode, _name in MODES])
def test_every_kind_is_shown_in_every_state(course: FixtureCourse, mode: str) -> None:
    page = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    page.questions = every_kind()
    html = shown(page, mode)
    answerable = [kind for kind in QUESTION_BLOCKS if KINDS[kind].TAKES_ANSWER]
    assert html.count('<section class="question"') == len(answerable) + 1  # one stands under the scenario
    assert "is not finished" not in html
    assert ("<input" in html) == (mode in {BEGUN, ANSWERED})
    assert "<form" not in html.partition("<main")[2].partition("</main>")[0]
    assert not Attempt.objects.exists()
    assert not Answer.objects.exists()


@pytest.mark.django_db
def test_result_says_what_the_made_up_answers_are_worth() -> None:
    stream = QuizPage(questions=every_kind()).questions
    previews = {mode: preview_of([stream], mode=mode, language="en", pass_mark=60) for mode, _name in MODES}
    assert {mode for mode, preview in previews.items() if preview.result} == {RIGHT, WRONG}
    right, wrong = previews[RIGHT].result, previews[WRONG].result
    assert right
    assert wrong
    assert (right.points, right.passed) == (right.points_possible, True)
    assert (wrong.points, wrong.passed) == (0, False)
    assert {preview.shown_as for mode, preview in previews.items() if mode == PAPER} == {"read"}


def test_quiz_page_itself_is_previewed_first(course: FixtureCourse) -> None:
    page = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    assert page.default_preview_mode == ""
    assert "Start the quiz" in shown(page, "")


def test_preview_shows_the_draft_and_freezes_nothing(course: FixtureCourse) -> None:
    page = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    page.questions = [single_choice("Not published yet?")]
    page.save_revision()
    html = shown(page.get_latest_revision_as_object(), BEGUN)
    assert re.findall(r"<legend>(.*?)</legend>", html) == ["Not published yet?"]
    assert QuizVersion.objects.filter(quiz_key=page.translation_key).count() == 1


def test_question_that_is_typed_but_not_saved_has_no_id_and_is_shown(course: FixtureCourse) -> None:
    page = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    page.questions = [("single_choice", block_of("single_choice").get_preview_value())]
    assert page.questions[0].id is None
    assert shown(page, RIGHT).count("choice--right") == 1


def test_question_that_is_not_finished_is_named(course: FixtureCourse) -> None:
    page = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    unfinished = single_choice("No choice is right?")
    unfinished["value"]["choices"][0]["value"]["right"] = False
    page.questions = [single_choice("Finished?"), unfinished]
    html = shown(page, BEGUN)
    assert "A question (Single choice) is not finished, so it cannot be shown." in html
    assert re.findall(r"<legend>(.*?)</legend>", html) == ["Finished?"]


def test_preview_holds_what_is_drawn_from_the_bank(course: FixtureCourse) -> None:
    make_bank(course.lessons[0])
    page = QuizPage.objects.get(pk=course.quizzes["marketing"].pk)
    assert shown(page, PAPER).count('<section class="question"') == 3
    page.draws_from_bank = True
    assert shown(page, PAPER).count('<section class="question"') == 5


def test_translation_is_previewed_in_its_own_language(course: FixtureCourse) -> None:
    Locale.objects.get_or_create(language_code="nl")
    bank = make_bank(course.lessons[0])
    dutch = make_translation(bank, "nl")
    html = shown(dutch, BEGUN)
    assert '<html lang="nl">' in html
    assert "<legend>What does the bank use? [nl]</legend>" in html


def test_editor_previews_a_bank(course: FixtureCourse) -> None:
    bank = make_bank(course.lessons[0])
    assert BankPage.objects.get(pk=bank.pk).default_preview_mode == BEGUN
    browser: Client = signed_in(make_user(username="admin", is_superuser=True))
    response = browser.get(reverse("wagtailadmin_pages:view_draft", args=[bank.pk]))
    assert response.status_code == 200
    assert "What does the bank use?" in response.content.decode()
    assert "'unsafe" not in response["Content-Security-Policy"]


def test_bank_is_not_passed_with_nothing_right(course: FixtureCourse) -> None:
    of_bank = shown(make_bank(course.lessons[0]), WRONG)
    assert ("0 of " in of_bank, "Passed" in of_bank) == (True, False)
    assert "Not passed yet" in shown(course.quizzes["marketing"], WRONG)
