"""How questions of any kind are answered in a browser: by the names of their fields, with the mouse or by keys."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.journeys.steps import MOST_TABS, SEEN

Sent = Mapping[str, list[str]]

FOCUS = """() => {
  const { name = "", type = "", value = "", checked = false } = document.activeElement;
  return [name, type, value, checked];
}"""


def fill(page: Page, sent: Sent) -> None:
    """Answer what stands on a page. sent: values by the name of the field."""
    for name, values in sent.items():
        field = page.locator(f'[name="{name}"]')
        kind = field.first.evaluate("(field) => field.type")
        if kind in {"radio", "checkbox"}:
            for value in values:
                page.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            field.select_option(values)
        else:
            field.fill(values[0])


def answer_by_keyboard(page: Page, sent: Sent) -> list[str]:
    """Go through a page with the Tab key, answer what is asked, and press the first button; return the fields met.

    Nothing that gets the focus is covered by anything else.
    """
    met = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        name, kind, value, checked = page.evaluate(FOCUS)
        assert page.evaluate(SEEN), f"{name or kind} has the focus and is covered"
        if name in sent:
            _answer(page, kind, value, checked, sent[name])
            met.append(name)
        elif (name, kind) == ("go", "submit"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return met
    raise AssertionError("The button cannot be reached with the Tab key.")


def _answer(page: Page, kind: str, value: str, checked: bool, values: list[str]) -> None:
    if kind == "checkbox":
        if (value in values) != checked:
            page.keyboard.press("Space")
    elif kind in {"radio", "select-one"}:
        # A group of radio buttons is one stop, as a list is; the arrow keys choose within it.
        if kind == "radio" and not checked:
            page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if page.evaluate(FOCUS)[2] == values[0]:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"{values[0]} cannot be chosen with the arrow keys.")
    else:
        page.keyboard.type(values[0])


def fields_of(page: Page) -> list[list[object]]:
    """Return the fields of the questions in the order of the page: name, values to choose from, what stands in them."""
    found: list[list[object]] = page.evaluate(
        """() => [...document.querySelectorAll('main form [name^="question-"]')].map((field) => [
          field.name, field.options ? [...field.options].map((option) => option.value) : [],
          field.type === "radio" || field.type === "checkbox" ? [field.value, field.checked] : field.value,
        ])"""
    )
    return found
