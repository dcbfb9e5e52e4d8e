"""Steps that several journeys take."""

from playwright.sync_api import Page, expect

from tests.browser.fitting import too_wide
from tests.factories import PASSWORD

MOST_TABS = 120
FOCUSED = """() => {
  const found = document.activeElement;
  const label = found.labels && found.labels.length ? found.labels[0].innerText : "";
  return (found.getAttribute("aria-label") || label || found.innerText || "").replace(/\\s+/g, " ").trim();
}"""
SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const here = document.activeElement;
  const labelled = here.labels && here.labels.length && here.labels[0].contains(top);
  return !!top && (here.contains(top) || top.contains(here) || labelled);
}"""

# A box to tick is outlined together with its words.
OUTLINED = """() => {
  const here = document.activeElement;
  const outlined = (it) => it && getComputedStyle(it).outlineStyle !== "none" &&
    parseFloat(getComputedStyle(it).outlineWidth) >= 2;
  return here.matches(":focus-visible") && (outlined(here) || outlined(here.closest("label")));
}"""


def sign_in(page: Page, name: str) -> None:
    """Sign in with a password, in whatever language, from the page that a link to begin or to sign in leads to."""
    entry = page.locator('main a[href*="/account/sign-in/?"]')
    if entry.count():
        entry.click()
    page.locator('main a[href*="/account/sign-in/password/"]').click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called `name` has the focus, and see that it is outlined and nothing covers it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(name):
            assert page.evaluate(SEEN), f"“{name}” has the focus and is covered"
            assert page.evaluate(OUTLINED), f"“{name}” has the focus, and nothing shows it"
            return
    raise AssertionError(f"“{name}” cannot be reached with the Tab key")


def follow(page: Page, name: str) -> None:
    """Reach a link or button with the Tab key and press it with Enter."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def expect_no_wide_page(page: Page) -> None:
    """See that the page needs no scrolling sideways."""
    found = too_wide(page)
    assert found == [], f"{page.url} is too wide: {found}"


def expect_title(page: Page, text: str) -> None:
    """See that the page's one first heading says this."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
