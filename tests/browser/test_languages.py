"""Axe finds nothing where languages meet: the open switcher, and the source's page in another language's frame."""

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from openmuseums.people.models import User
from tests.browser.examining import faults_of
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS, sign_in
from tests.factories import FixtureCourse, make_translation

NARROW = {"width": 360, "height": 740}


@pytest.fixture
def meeting(course: FixtureCourse) -> FixtureCourse:
    """Return the course, public in five languages, of which none but the source has its units."""
    for language in ("nl", "el", "it", "es"):
        make_translation(course.course, language)
    return course


@pytest.mark.parametrize("width", ["narrow", "desktop"])
@pytest.mark.parametrize("kept", [False, True], ids=["public", "kept"])
@pytest.mark.parametrize(
    "path",
    ["/el/open-museums/marketing/digital-strategy/", "/el/open-museums/marketing/", "/nl/open-museums/marketing/quiz/"],
)
def test_axe_finds_nothing_where_languages_meet(
    meeting: FixtureCourse,
    user: User,
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    path: str,
    kept: bool,
    width: str,
) -> None:
    if kept:
        sign_in(context, live_server, user)
    page.set_viewport_size({"narrow": NARROW, **WIDTHS}[width])
    page.emulate_media(reduced_motion="reduce")
    page.goto(path)
    page.locator("details.languages summary").click()
    assert too_wide(page) == []
    targets = page.locator("details.languages a")
    boxes = [box for box in (target.bounding_box() for target in targets.all()) if box]
    assert len(boxes) == 5
    assert [box for box in boxes if min(box["width"], box["height"]) < 24] == []
    assert faults_of(page) == []
