"""That the hostile texts are those that are meant, and that looking for harm finds it."""

import pytest
from django.utils.html import escape
from playwright.sync_api import Page

from tests.hostile.payloads import HARM, PAYLOADS


def test_there_are_forty() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS.values())) == 40


@pytest.mark.parametrize("name", ["script", "picture that fails", "handler of an attribute", "frame", "link that runs"])
def test_harm_is_found_where_a_text_gets_through(page: Page, name: str) -> None:
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.set_content(f'<main><input value="{PAYLOADS[name] if "handler" in name else ""}">{PAYLOADS[name]}</main>')
    assert page.evaluate(HARM) != []


def test_harm_is_not_found_where_texts_are_escaped(page: Page) -> None:
    page.set_content("".join(f'<p title="{escape(text)}">{escape(text)}</p>' for text in PAYLOADS.values()))
    assert page.evaluate(HARM) == []
