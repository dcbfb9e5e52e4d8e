"""Opens pages that hold hostile texts, and tells all that these did there."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Dialog, Page

from tests.browser.harness import Record
from tests.hostile.payloads import HARM

# What is wider than the window: nothing, however long a word is.
TOO_WIDE = """() => {
  if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return [];
  const scrolls = (it) => it && (getComputedStyle(it).overflowX !== "visible" || scrolls(it.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !scrolls(it.parentElement))
    .map((it) => it.outerHTML.slice(0, 80));
}"""
WORDS = """() => [document.documentElement.textContent,
  ...[...document.querySelectorAll("input, textarea")].map((field) => field.value)].join(" ")"""
Show = Callable[..., None]


@pytest.fixture
def show(page: Page, record: Record) -> Iterator[Show]:
    """Return what opens an address, and fail at the end with all that hostile texts did there."""
    dialogs: list[str] = []
    faults: list[tuple[str, object]] = []

    def shut(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    def show_address(address: str, *, holds: str = "<script data-hostile>", is_admin: bool = False) -> None:
        answer = page.goto(address)
        assert answer is not None
        seen = {
            "status": answer.status if answer.status != 200 else None,
            # What is looked at is what holds the texts.
            "nothing hostile": holds not in page.evaluate(WORDS),
            "harm": page.evaluate(HARM),
            "dialogs": [*dialogs],
            "breaches": [*record.breaches],
            "headings": page.get_by_role("heading", level=1).count() != 1,
            "too wide": [] if is_admin else page.evaluate(TOO_WIDE),
        }
        faults.extend((address, {what: found}) for what, found in seen.items() if found)
        dialogs.clear()
        record.errors.clear()

    page.on("dialog", shut)
    yield show_address
    assert faults == [], faults
