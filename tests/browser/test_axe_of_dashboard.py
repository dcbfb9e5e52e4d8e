"""axe finds nothing on the dashboard of translations, in a review and where changes are compared; nothing runs off."""

from typing import Any

import pytest
from playwright.sync_api import Page

from lessons.models import UnitPage
from openmuseums.translation.review.submitting import submit_translation
from tests.browser.examining import faults_of_ours
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS, Record
from tests.factories import FixtureCourse, make_translation
from tests.journeys.test_second_factor import carry
from tests.translation.teams_of_tests import make_reviewer, make_team, make_translator, translate


@pytest.fixture
def reviewer(course: FixtureCourse) -> Any:
    """Return a reviewer of a team that has a page live and behind, one ready, and one that waits for a review."""
    team = make_team(course, above=course.lessons[0])
    behind, waiting = course.units["digital-strategy"], course.units["channels-and-media"]
    make_translation(behind, "nl")
    page = UnitPage.objects.get(pk=behind.pk)
    page.lead = "Something else entirely."
    page.save_revision().publish()
    translate(waiting, "nl")
    submit_translation(page_key=waiting.translation_key, language="nl", person=make_translator(team, name="Ada"))
    translate(course.part, "nl")
    return make_reviewer(team)


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_axe_finds_nothing_where_translations_are_looked_after(
    course: FixtureCourse, reviewer: Any, page: Page, base_url: str, record: Record, width: str
) -> None:
    carry(page, base_url, reviewer)
    behind, waiting = course.units["digital-strategy"], course.units["channels-and-media"]
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 2400})
    for path, mark in (
        ("?language=nl", ".om-ready"),
        ("?language=all", ".om-table"),
        (f"nl/{behind.translation_key}/changes/", ".om-pair ins"),
        (f"nl/{waiting.translation_key}/review/", "textarea[name=comment]"),
    ):
        page.goto(f"/admin/translation/{path}")
        assert page.locator(mark).count() > 0, path
        assert (path, faults_of_ours(page)) == (path, [])
        assert (path, too_wide(page)) == (path, [])
