"""That what runs off the screen is found, on pages that scroll as a whole and in Wagtail's admin."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.fitting import too_wide
from tests.browser.harness import Record
from tests.factories import FixtureCourse, make_administrator
from tests.journeys.test_second_factor import carry

ADD = """(scrolls) => {
  const frame = document.createElement("div");
  frame.style.overflowX = scrolls ? "auto" : "visible";
  frame.append(Object.assign(document.createElement("div"), {id: "wide", textContent: "wide"}));
  frame.firstChild.style.inlineSize = "150vw";
  document.querySelector(".nice-padding, main").append(frame);
}"""


@pytest.mark.parametrize("place", ["admin", "public"])
def test_what_is_wider_than_the_window_is_found(
    course: FixtureCourse, page: Page, base_url: str, record: Record, place: str
) -> None:
    if place == "admin":
        carry(page, base_url, make_administrator())
    page.goto(reverse("translation_admin:teams") if place == "admin" else "/en/open-museums/")
    assert too_wide(page) == []
    page.evaluate(ADD, True)
    assert too_wide(page) == []
    page.evaluate(ADD, False)
    assert '<div id="wide"' in "".join(too_wide(page))
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    # Here the document itself says nothing.
    assert sideways is (place == "public")
