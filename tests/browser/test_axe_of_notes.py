"""axe finds nothing on facilitator notes and on a lesson that leads to them, translated or not; paper has all of it."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from lessons.models import FacilitatorNotesPage
from tests.browser.examining import LANGUAGES, SHOWINGS, Turn, faults_in_turn, turns
from tests.factories import FixtureCourse, make_course_in, make_notes, make_translation, plan_step

NOTES = "open-museums/marketing/facilitator-notes/"
LESSON = "open-museums/marketing/"


@pytest.fixture
def notes(course: FixtureCourse) -> FacilitatorNotesPage:
    """Return the notes of the first lesson, with all ways to go about a step."""
    ways = {"small_group": "One round.", "large_group": "Four tables.", "online": "Rooms of two."}
    return make_notes(course.lessons[0], plan=[plan_step(minutes=60, **ways), plan_step(minutes=60, unit="")])


@pytest.mark.parametrize("turn", turns())
def test_axe_finds_nothing_on_notes_and_their_lesson(
    course: FixtureCourse, notes: FacilitatorNotesPage, page: Page, turn: Turn
) -> None:
    """In Dutch and Italian the notes are translated; in Greek and Spanish the original stands in their frame."""
    if turn.language in {"nl", "it"}:
        make_course_in(course, turn.language)
        make_translation(notes, turn.language)
    elif turn.language != "en":
        make_translation(course.course, turn.language)
    # Both pages in every language, also where others have but a share of theirs.
    showing = turn.showing or SHOWINGS[LANGUAGES.index(turn.language) % len(SHOWINGS)]
    addresses = [f"/{turn.language}/{path}" for path in (NOTES, LESSON)]
    assert faults_in_turn(page, Turn(turn.language, showing), addresses, names=f"{course.course.title} [el]") == {}


def test_paper_has_the_plan_and_no_way_around_the_site(
    notes: FacilitatorNotesPage, page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/en/{NOTES}")
    page.emulate_media(media="print")
    for shown in ("h1", ".steps > li:last-child .plan-parts", ".plan-total", ".plan-foot"):
        assert page.locator(shown).is_visible(), shown
    for hidden in (".site-header", ".breadcrumb", ".no-print"):
        assert not page.locator(hidden).first.is_visible(), hidden
