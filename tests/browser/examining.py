"""What axe finds on a page: a whole page of the site, or what is ours on a page of Wagtail's admin."""

import itertools
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.harness import WIDTHS

SHOWINGS = list(itertools.product(WIDTHS, ("light", "dark")))
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
