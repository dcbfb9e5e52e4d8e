"""That the site opens in a real browser, at both widths, and asks nobody else for anything."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS, Passkeys, Record
from tests.factories import FixtureCourse


@pytest.mark.parametrize("width", WIDTHS)
def test_home_opens_without_a_wide_page_or_a_foreign_request(
    course: FixtureCourse, page: Page, record: Record, width: str
) -> None:
    page.set_viewport_size(WIDTHS[width])
    response = page.goto("/en/")
    assert response is not None
    assert response.status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert too_wide(page) == []
    assert any(address.endswith(".css") for address in record.addresses), "the look did not come along"


def test_home_opens_on_a_phone(course: FixtureCourse, phone: Page) -> None:
    phone.goto("/en/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert too_wide(phone) == []


def test_home_opens_with_scripts_off(course: FixtureCourse, page_without_scripts: Page) -> None:
    page_without_scripts.goto("/en/")
    expect(page_without_scripts.get_by_role("heading", level=1)).to_be_visible()


def test_page_that_asks_another_host_is_stopped_and_recorded(course: FixtureCourse, page: Page, record: Record) -> None:
    page.goto("/en/")
    page.evaluate("fetch('http://example.org/').catch(() => null)")
    # The policy stops it before it leaves, and the console says so.
    assert record.foreign == []
    assert [error for error in record.breaches if "example.org" in error and "Content Security Policy" in error]
    record.errors.clear()


def test_record_of_a_breach_of_the_policy_cannot_be_expected_away() -> None:
    record = Record(own_host="127.0.0.1:8000", addresses=["http://127.0.0.1:8000/en/", "https://example.org/x.js"])
    record.errors = ["Refused to apply inline style: Content Security Policy", "Failed to load resource: 404"]
    record.expected_errors = {"404", "Refused"}
    assert record.foreign == ["https://example.org/x.js"]
    assert record.breaches == ["Refused to apply inline style: Content Security Policy"]


def test_page_keeps_a_passkey_and_signs_with_it(course: FixtureCourse, page: Page, passkeys: Passkeys) -> None:
    page.goto("/en/")
    made = page.evaluate(
        """async () => {
          const bytes = (text) => new TextEncoder().encode(text);
          const key = await navigator.credentials.create({publicKey: {
            challenge: bytes("a challenge"), rp: {id: "localhost", name: "Open Museums"},
            user: {id: bytes("7"), name: "7", displayName: "7"}, pubKeyCredParams: [{type: "public-key", alg: -7}],
            authenticatorSelection: {residentKey: "required", userVerification: "required"}}});
          const signed = await navigator.credentials.get({publicKey: {challenge: bytes("another"), rpId: "localhost"}});
          return [key.id, signed.id];
        }"""
    )
    assert made[0] == made[1]
    assert [kept["rpId"] for kept in passkeys.kept] == ["localhost"]
    passkeys.lose()
    assert passkeys.kept == []
