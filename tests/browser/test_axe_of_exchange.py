"""axe finds nothing where questions come from a file and go into one, and nothing there runs off the screen."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from quizzes.models import QuizPage
from tests.browser.examining import faults_of_ours
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS, Record
from tests.factories import FixtureCourse, make_editor
from tests.journeys.test_second_factor import carry

GOOD = "::Opening hours::[html]Is it <b>open</b>? {T}\n\n// [tag:use] [tag:swot]\nIs it shut? {F}\n"
BAD = "\nHalf {=a\n"
# What is sent, and what the page that answers is known by.
STATES = {
    "empty": ("", "#import"),
    "a plan": (GOOD, "form[action$='accept/']"),
    "faults": (GOOD + BAD, ".help-critical"),
}


@pytest.fixture
def quiz(course: FixtureCourse) -> QuizPage:
    return course.quizzes["marketing"]


def send(page: Page, folder: Path, text: str) -> None:
    """Ask what a file would do."""
    file = folder / "questions.gift"
    file.write_text(text, encoding="utf-8")
    page.get_by_label("File").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Show what it would do").click()


@pytest.mark.parametrize(("state", "width"), [("empty", "phone"), ("a plan", "desktop"), ("faults", "phone")])
def test_axe_finds_nothing_in_import_and_export(
    quiz: QuizPage, page: Page, base_url: str, record: Record, tmp_path: Path, state: str, width: str
) -> None:
    record.expected_errors.add("422")
    carry(page, base_url, make_editor())
    # As high as the page, so that all of it is looked at.
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 2400})
    page.goto(reverse("quizzes_admin:exchange", args=[quiz.pk]) + "?format=gift&language=en")
    text, mark = STATES[state]
    if text:
        send(page, tmp_path, text)
    assert page.locator(mark).count() == 1
    assert quiz.title in page.locator("h1").inner_text()
    assert faults_of_ours(page) == []
    assert too_wide(page) == []
