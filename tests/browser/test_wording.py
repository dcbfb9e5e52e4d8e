"""Words of another language are found on a Greek page, and nothing else is."""

import pytest
from playwright.sync_api import Page

from tests.browser.wording import left_over


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Όλα τα μουσεία</p>", []),
        ("<p>Όλα <b>the museums</b></p>", ["the museums"]),
        ('<button aria-label="Close">Κλείσιμο</button>', ["Close"]),
        ('<p>Στα ελληνικά: <span lang="en">in English</span></p>', []),
        ('<section lang="en"><p lang="el">Not Greek</p></section>', ["Not Greek"]),
        ("<p>Anna: anna@example.org, https://example.org/here, 12AB-CDEF (Europe/Athens), CSV</p>", []),
    ],
)
def test_left_over_is_what_is_neither_greek_nor_a_name(page: Page, text: str, found: list[str]) -> None:
    page.set_content(f'<html lang="el"><head><title>Μουσείο</title></head><body>{text}</body></html>')
    assert left_over(page, "el", names="Anna") == found
    assert left_over(page, "nl") == []
