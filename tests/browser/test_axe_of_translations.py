"""axe finds nothing on a translated page whose original changed, nor on the page that says what each language has."""

import itertools

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from lessons.models import UnitPage
from openmuseums.people.models import User
from tests.browser.examining import SHOWINGS, faults_of
from tests.browser.fitting import too_wide
from tests.browser.harness import PHONE, WIDTHS, Record, sign_in
from tests.factories import FixtureCourse, make_course_in

ADDRESSES = {"behind": "/nl/open-museums/marketing/digital-strategy/", "coverage": "/nl/translations/"}
NARROW = 360


@pytest.fixture
def behind(course: FixtureCourse) -> None:
    """Have a Dutch unit be behind, with a self-check whose right answer changed, and Dutch lack another unit."""
    make_course_in(course, "nl", without=(course.units["channels-and-media"],))
    unit = UnitPage.objects.get(pk=course.units["digital-strategy"].pk)
    body = unit.body.get_prep_value()
    for choice in body[-1]["value"]["choices"]:
        choice["value"]["right"] = choice is body[-1]["value"]["choices"][1]
    unit.body, unit.lead = body, "Another lead, which says in 2 hours what was said in 3."
    unit.save_revision().publish()


def cases() -> list[object]:
    """Return each page in every state and showing; all but one of each are for the night."""
    made = []
    for turn, (name, kept) in enumerate(itertools.product(ADDRESSES, (False, True))):
        for place, (width, theme) in enumerate(SHOWINGS):
            marks = [] if place == turn % len(SHOWINGS) else [pytest.mark.nightly]
            made.append(pytest.param(name, kept, width, theme, marks=marks))
    return made


@pytest.mark.parametrize(("name", "kept", "width", "theme"), cases())
def test_axe_finds_nothing_in_what_is_told_of_translations(
    behind: None,
    user: User,
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    record: Record,
    name: str,
    kept: bool,
    width: str,
    theme: str,
) -> None:
    if kept:
        sign_in(context, live_server, user)
    page.set_viewport_size(WIDTHS[width])
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto(ADDRESSES[name])
    for summary in page.locator("main .notice--behind summary, main .coverage summary").all():
        if summary.evaluate("summary => !summary.parentElement.open"):
            summary.click()
    assert page.locator("main .notice--behind .changed, main .coverage-lines").first.is_visible()
    assert faults_of(page) == []


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_nothing_is_wider_than_a_narrow_phone_and_all_is_read_without_scripts(
    behind: None, page_without_scripts: Page, address: str
) -> None:
    page = page_without_scripts
    page.set_viewport_size({**PHONE, "width": NARROW})
    page.goto(address)
    page.locator("main .notice--behind summary, main .coverage summary").first.click()
    assert too_wide(page) == []
