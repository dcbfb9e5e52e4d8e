"""What on a page runs off the screen: looked for in all that scrolls, for Wagtail's admin scrolls inside `main`."""

from playwright.sync_api import Page

# `main` and what it stands in, down to the document: one of them scrolls. What is made to be scrolled within, such as a
# wide table, may be as wide as it likes.
_TOO_WIDE = """() => {
  const frames = [];
  for (let it = document.querySelector("main") ?? document.body; it; it = it.parentElement) frames.push(it);
  const lets = (it) =>
    it && !frames.includes(it) && (scrolls(getComputedStyle(it).overflowX, it.clientWidth) || lets(it.parentElement));
  // Words for screen readers alone stand in a box of one pixel.
  const scrolls = (overflow, width) => /auto|scroll/.test(overflow) || (overflow !== "visible" && width <= 1);
  const cut = [...frames[0].querySelectorAll("*")].filter((it) =>
    it.checkVisibility() && it.getBoundingClientRect().right > innerWidth + 1 && !lets(it.parentElement));
  const wide = frames.filter((it) => it.scrollWidth > it.clientWidth);
  return [...cut, ...wide].map((it) => it.outerHTML.slice(0, 120));
}"""


def too_wide(page: Page) -> list[str]:
    """Return the beginnings of what ends beyond the window's edge, and of what would have to be scrolled sideways."""
    page.wait_for_load_state()
    found: list[str] = page.evaluate(_TOO_WIDE)
    return found
