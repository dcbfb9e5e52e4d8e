"""axe finds nothing: each page in each state, width and theme taken in turn, and all of them at night."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from openmuseums.people.models import User
from tests.browser.harness import WIDTHS, Record
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
SHOWINGS = list(itertools.product(WIDTHS, ("light", "dark")))
# Nothing is excluded: every rule of WCAG that axe knows, and its best practices.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def cases() -> list[object]:
    """Return every page in every showing; all but one showing a page are for the night."""
    made = []
    for turn, (name, path, kept) in enumerate(PAGES):
        for place, (width, theme) in enumerate(SHOWINGS):
            marks = [] if place == turn % len(SHOWINGS) else [pytest.mark.nightly]
            state = "kept" if kept else "public"
            made.append(pytest.param(path, kept, width, theme, id=f"{name}-{state}-{width}-{theme}", marks=marks))
    return made


def sign_in(context: BrowserContext, live_server: LiveServer, user: User) -> None:
    """Give a browser the session of an account."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])


def show_whole(page: Page) -> None:
    """Make the window as high as the page.

    The bar with the way on stays at the foot of the window, and axe would measure what happens to lie half beneath it.
    That nothing with the focus is ever covered is what the journey with the keyboard sees.
    """
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": page.evaluate("document.documentElement.scrollHeight")})


def faults_of(page: Page) -> list[str]:
    """Return what axe finds in a page: the rule and the element."""
    show_whole(page)
    report = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in report.response["violations"]
        for node in violation["nodes"]
    ]


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
    report = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    found = {violation["id"] for violation in report.response["violations"]}
    assert {"html-has-lang", "document-title", "image-alt", "color-contrast"} <= found
