"""What axe finds on a page: a whole page of the site, or what is ours on a page of Wagtail's admin.

Where a page is to be seen in every language, `turns` and `dealt` deal out languages, widths and themes.
"""

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS
from tests.browser.wording import left_over

SHOWINGS = list(itertools.product(WIDTHS, ("light", "dark")))
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# The narrowest telephone, and a window on a desk.
WIDE = {"phone": 360, "desktop": 1300}
# Nothing is excluded: every rule of WCAG that axe knows, and its best practices.
_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


def faults_of(page: Page) -> list[str]:
    """Return what axe finds in a page: the rule and the element."""
    show_whole(page)
    return _told(Axe().run(page, options=_RULES))


def faults_of_ours(page: Page) -> list[str]:
    """Return what axe finds in what is ours on a page of the admin: what stands around it is Wagtail's."""
    return _told(Axe().run(page, context="main", options=_RULES))


class Turn(NamedTuple):
    """A language, and where all pages are looked at in it, in which width and theme."""

    language: str
    showing: tuple[str, str] | None = None


def turns() -> list[object]:
    """Return each language, with its share of the pages, and for the night each language and showing with all pages."""
    shares = [pytest.param(Turn(language), id=language) for language in LANGUAGES]
    whole = [
        pytest.param(Turn(language, showing), id="-".join((language, *showing)), marks=[pytest.mark.nightly])
        for language, showing in itertools.product(LANGUAGES, SHOWINGS)
    ]
    return [*shares, *whole]


def dealt(turn: Turn, addresses: Sequence[str]) -> list[tuple[str, tuple[str, str]]]:
    """Return which of the addresses are looked at in a turn, and how: of five one, the widths and themes in turn."""
    if turn.showing:
        return [(address, turn.showing) for address in addresses]
    first = LANGUAGES.index(turn.language)
    return [
        (addresses[place], SHOWINGS[place % len(SHOWINGS)]) for place in range(first, len(addresses), len(LANGUAGES))
    ]


def faults_in_turn(page: Page, turn: Turn, addresses: Sequence[str], *, names: str = "") -> dict[str, list[str]]:
    """Return by address what is wrong with the pages whose turn it is; those of nothing wrong are left out.

    That is what axe finds, what runs off the screen, and words of another language. names: what people and things are
    called on those pages. An address that no page answers is wrong, too.
    """
    found = {}
    for address, (width, theme) in dealt(turn, addresses):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": WIDE[width], "height": 2400})
        response = page.goto(address)
        faults = [] if response and response.ok else ["nothing is found there"]
        if page.locator("html").get_attribute("lang") != turn.language:
            faults.append("it is in another language")
        faults += [*faults_of(page), *too_wide(page), *left_over(page, turn.language, names=names)]
        if faults:
            found[address] = faults
    return found


def show_whole(page: Page) -> None:
    """Make the window as high as the page.

    The bar with the way on stays at the foot of the window, and axe would measure what happens to lie half beneath it.
    That nothing with the focus is ever covered is what the journey with the keyboard sees.
    """
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": page.evaluate("document.documentElement.scrollHeight")})


def _told(report: Any) -> list[str]:
    return [
        f"{found['id']}: {node['html'][:160]}" for found in report.response["violations"] for node in found["nodes"]
    ]
