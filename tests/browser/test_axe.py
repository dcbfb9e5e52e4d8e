"""axe finds nothing: each page in each state, width and theme taken in turn, and all of them at night."""

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from openmuseums.people.models import User
from tests.browser.examining import SHOWINGS, faults_of
from tests.browser.harness import WIDTHS, Record, sign_in
from tests.factories import FixtureCourse

PUBLIC = {
    "home": "/en/",
    "course": "/en/open-museums/",
    "part": "/en/open-museums/first-steps/",
    "lesson": "/en/open-museums/marketing/",
    "unit": "/en/open-museums/marketing/digital-strategy/",
    "quiz": "/en/open-museums/marketing/quiz/",
    "translations": "/en/translations/",
    "sign-in": "/en/begin/",
    "not-found": "/en/not-there/",
}
KEPT = {name: path for name, path in PUBLIC.items() if name not in {"sign-in"}} | {"my-learning": "/en/my-learning/"}
PAGES = [(name, path, False) for name, path in PUBLIC.items()] + [(name, path, True) for name, path in KEPT.items()]


def cases() -> list[object]:
    """Return every page in every showing; all but one showing a page are for the night."""
    made = []
    for turn, (name, path, kept) in enumerate(PAGES):
        for place, (width, theme) in enumerate(SHOWINGS):
            marks = [] if place == turn % len(SHOWINGS) else [pytest.mark.nightly]
            state = "kept" if kept else "public"
            made.append(pytest.param(path, kept, width, theme, id=f"{name}-{state}-{width}-{theme}", marks=marks))
    return made


@pytest.mark.parametrize(("path", "kept", "width", "theme"), cases())
def test_axe_finds_nothing(
    course: FixtureCourse,
    user: User,
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    record: Record,
    path: str,
    kept: bool,
    width: str,
    theme: str,
) -> None:
    record.expected_errors = {"404 (Not Found)"} if path == PUBLIC["not-found"] else set()
    if kept:
        sign_in(context, live_server, user)
    page.set_viewport_size(WIDTHS[width])
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto(path)
    assert faults_of(page) == []


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.set_content("<main><img src='data:,'><p style='color: #aaa; background: #fff'>Too faint to read</p></main>")
    found = {fault.partition(":")[0] for fault in faults_of(page)}
    assert {"html-has-lang", "document-title", "image-alt", "color-contrast"} <= found
