"""The page with the figures of a quiz, as an editor sees it on a desktop and on a phone."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from quizzes.models import QuizVersion
from tests.browser.examining import faults_of_ours
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS, Record
from tests.factories import FixtureCourse, make_editor
from tests.journeys.test_second_factor import carry
from tests.quizzes.figures.keeping import keep_attempts, right_choices, wrong_choice

SCREENS = os.environ.get("OPENMUSEUMS_SCREENS", "")


def answer(version: QuizVersion, count: int, language: str) -> None:
    one, two, three = (question.id for question in version.questions)
    keep_attempts(
        version,
        [
            {
                one: right_choices(version, 1) if place % 3 else wrong_choice(version, 1, place % 2),
                two: right_choices(version, 2) if place % 6 > 1 else wrong_choice(version, 2, place % 2),
                three: right_choices(version, 3) if place % 4 else wrong_choice(version, 3),
            }
            for place in range(count)
        ],
        language=language,
    )


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_figures_are_fit_to_be_read(
    course: FixtureCourse, page: Page, base_url: str, record: Record, width: str
) -> None:
    quiz = course.quizzes["marketing"]
    version = QuizVersion.objects.get(quiz_key=quiz.quiz_key)
    for language, count in {"en": 90, "nl": 45, "el": 30}.items():
        answer(version, count, language)
    carry(page, base_url, make_editor())
    # As high as the page, so that all of it is looked at.
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 3000})
    page.goto(reverse("quizzes_admin:figures", args=[quiz.pk]))
    assert page.locator(".om-plot circle").count() == 3
    if SCREENS:
        page.screenshot(path=Path(SCREENS) / f"figures-{width}.png", full_page=True)
    assert too_wide(page) == []
    assert faults_of_ours(page) == []
