"""The shipped course as readers see it: nine pages in five languages at two widths, kept as pictures to look at."""

import itertools
import os
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as django_settings
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Page as WagtailPage

from openmuseums.people.models import User
from tests.browser.examining import SHOWINGS, faults_of
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS as AXE_WIDTHS
from tests.browser.harness import Record, sign_in
from tests.packs import SHIPPED, have_loaded, load_and_keep

SCREENS = Path(os.environ.get("OPENMUSEUMS_SCREENS", django_settings.PROJECT_DIR / "var" / "screens"))
LANGUAGES = [code for code, _name in django_settings.LANGUAGES]
WIDTHS = (360, 1280)
PAGES = {
    "home": "",
    "course": "open-museums/",
    "lesson": "open-museums/marketing/",
    "unit": "open-museums/marketing/channels-and-media/",
    "quiz": "open-museums/marketing/quiz/",
    "notes": "open-museums/e-commerce/facilitator-notes/",
    "glossary": "open-museums/glossary/",
    "search": "search/?q=museo",
    "my-learning": "my-learning/",
}
# Templates besides, each looked at by axe in one language after the other.
OTHERS = (
    "open-museums/first-steps/",
    "open-museums/first-steps/online-safety/",
    "about/",
    "contact/",
    "accessibility/",
    "privacy/",
    "terms/",
    "licences/",
    "not-there/",
)
LONGER = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (text.parentElement.closest("script, style, svg")) continue;
    text.data = text.data.replace(/[^\\s\\d]+/g, (word) => word + word.slice(0, Math.ceil(word.length * 0.4)));
  }
}"""


# Made by the site for whoever asks, and no page of the course.
OWN = {"search/?q=museo", "my-learning/"}


def is_in(language: str, path: str) -> bool:
    """Return whether a page stands there in a language itself."""
    pages = WagtailPage.objects.live().filter(locale__language_code=language, url_path__endswith=f"/{path}")
    return path in OWN or pages.exists()


@pytest.fixture
def shipped_course(transactional_db: None, settings: LazySettings, tmp_path: Path) -> None:
    """Load the course that the project ships, in all its languages."""
    settings.MEDIA_ROOT = tmp_path
    load_and_keep(SHIPPED)


@pytest.mark.xdist_group("shipped course")
def test_pages_fit_and_axe_finds_nothing_in_every_language(
    shipped_course: None,
    user: User,
    context: BrowserContext,
    page: Page,
    live_server: LiveServer,
    record: Record,
) -> None:
    sign_in(context, live_server, user)
    SCREENS.mkdir(parents=True, exist_ok=True)
    wide, foreign = [], []
    for language in LANGUAGES:
        for name, path in PAGES.items():
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(f"/{language}/{path}")
                page.screenshot(path=SCREENS / f"{name}-{language}-{width}.png", full_page=True)
                if too_wide(page):
                    wide.append((name, language, width))
            # A page that waits for its translator shows the source's words, and says so.
            is_marked = page.locator("main[lang]").count() == 1
            if page.locator("html").get_attribute("lang") != language or is_marked == is_in(language, path):
                foreign.append((name, language))
    assert wide == []
    assert foreign == []

    record.expected_errors = {"404 (Not Found)"}
    addresses = [f"/{language}/{path}" for language in LANGUAGES for path in PAGES.values()]
    addresses += [f"/{LANGUAGES[turn % len(LANGUAGES)]}/{path}" for turn, path in enumerate(OTHERS)]
    faults = {}
    for turn, address in enumerate(addresses):
        width, theme = SHOWINGS[turn % len(SHOWINGS)]
        page.set_viewport_size(AXE_WIDTHS[width])
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.goto(address)
        if found := faults_of(page):
            faults[address, width, theme] = found
    assert faults == {}


@pytest.mark.xdist_group("shipped course")
def test_words_that_are_four_tenths_longer_break_no_layout(
    transactional_db: None, settings: LazySettings, tmp_path: Path, page: Page, record: Record
) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    have_loaded(SHIPPED)
    wide = []
    for width, (name, path) in itertools.product(WIDTHS, PAGES.items()):
        page.set_viewport_size({"width": width, "height": 900})
        if name != "my-learning":
            page.goto(f"/en/{path}")
            before = re.sub(r"\s+", " ", page.inner_text("main"))
            page.evaluate(LONGER)
            assert len(re.sub(r"\s+", " ", page.inner_text("main"))) > 1.3 * len(before)
            if too_wide(page):
                wide.append((name, width))
    assert wide == []
