"""axe finds nothing on facilitator notes and on a lesson that leads to them, translated or not; paper has all of it."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.examining import faults_of
from tests.browser.fitting import too_wide
from tests.factories import FixtureCourse, make_course_in, make_notes, make_translation, plan_step

NOTES = "open-museums/marketing/facilitator-notes/"


@pytest.fixture
def planned(course: FixtureCourse) -> FixtureCourse:
    """Return the course in Dutch and Greek, with notes in English and Greek."""
    for code in ("nl", "el"):
        make_course_in(course, code)
    ways = {"small_group": "One round.", "large_group": "Four tables.", "online": "Rooms of two."}
    notes = make_notes(course.lessons[0], plan=[plan_step(minutes=60, **ways), plan_step(minutes=60, unit="")])
    make_translation(notes, "el")
    return course


@pytest.mark.parametrize(
    ("path", "width"),
    [
        (f"/en/{NOTES}", 1300),
        (f"/el/{NOTES}", 360),
        (f"/nl/{NOTES}", 360),
        ("/nl/open-museums/marketing/", 1300),
    ],
)
def test_axe_finds_nothing_on_notes_and_their_lesson(
    planned: FixtureCourse, page: Page, live_server: LiveServer, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}{path}")
    assert too_wide(page) == []
    assert faults_of(page) == []


def test_paper_has_the_plan_and_no_way_around_the_site(
    planned: FixtureCourse, page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/en/{NOTES}")
    page.emulate_media(media="print")
    for shown in ("h1", ".steps > li:last-child .plan-parts", ".plan-total", ".plan-foot"):
        assert page.locator(shown).is_visible(), shown
    for hidden in (".site-header", ".breadcrumb", ".no-print"):
        assert not page.locator(hidden).first.is_visible(), hidden
