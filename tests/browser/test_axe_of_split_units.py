"""axe finds nothing on the pages of a unit that has two, nor on the lesson that lists it; they fit on a phone."""

import pytest
from playwright.sync_api import Page

from tests.browser.examining import LANGUAGES, SHOWINGS, Turn, faults_in_turn, turns
from tests.factories import FixtureCourse, make_continuation, make_course_in, make_course_with, make_translation

LESSON = "open-museums/marketing/"
UNIT = f"{LESSON}digital-strategy/"


def split(course: FixtureCourse) -> None:
    course.units["second"] = make_continuation(course.units["digital-strategy"])


@pytest.fixture
def course(db: None) -> FixtureCourse:
    """Return the fixture course, whose first unit of the first lesson has a second page."""
    return make_course_with("a split unit to examine", split)


@pytest.mark.parametrize("turn", turns())
def test_axe_finds_nothing_on_a_unit_of_two_pages(course: FixtureCourse, page: Page, turn: Turn) -> None:
    """In Dutch and Italian both are translated; in Spanish the second is the original, and in Greek both are."""
    if turn.language in {"nl", "it"}:
        make_course_in(course, turn.language)
    elif turn.language != "en":
        make_translation(course.course if turn.language == "el" else course.units["digital-strategy"], turn.language)
    showing = turn.showing or SHOWINGS[LANGUAGES.index(turn.language) % len(SHOWINGS)]
    addresses = [f"/{turn.language}/{path}" for path in (UNIT, f"{UNIT}part-2/", LESSON)]
    assert faults_in_turn(page, Turn(turn.language, showing), addresses, names=f"{course.course.title} [el]") == {}
