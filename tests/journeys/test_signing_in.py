"""Ways in: a code by mail in Greek with scripts off, and a passkey."""

import re

from django.core import mail
from playwright.sync_api import Page, expect

from openmuseums.people.models import User
from tests.browser.harness import Passkeys, Record
from tests.factories import FixtureCourse, make_translation
from tests.journeys.steps import expect_title, sign_in

CODE = re.compile(r"[A-Z]{4}-[A-Z]{4}")


def code_by_mail(address: str) -> str:
    """Return the code of the newest letter to an address."""
    letter = next(message for message in reversed(mail.outbox) if message.to == [address])
    found = CODE.search(letter.body)
    assert found
    return found.group()


def test_newcomer_signs_in_by_a_code_in_greek_without_scripts(
    course: FixtureCourse, page_without_scripts: Page, record: Record
) -> None:
    record.expected_errors.add("422")
    make_translation(course.course, "el")
    page = page_without_scripts
    page.goto("/el/account/sign-in/?next=/el/open-museums/")
    expect(page.locator("[data-passkey-without]")).to_be_visible()
    expect(page.locator("[data-passkey-button]")).to_be_hidden()
    field = page.locator("#id_email")
    field.fill("nobody")
    page.locator("main form button").first.click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_email")).to_have_attribute("autocomplete", "email")
    field.fill("Eleni@example.org")
    page.locator("main form button").first.click()
    assert page.locator("html").get_attribute("lang") == "el"
    expect(page.locator("#id_code")).to_have_attribute("autocomplete", "one-time-code")
    page.locator("#id_code").fill(code_by_mail("eleni@example.org"))
    page.locator("main form button").first.click()
    page.wait_for_url("**/el/open-museums/")
    user = User.objects.get(email="eleni@example.org")
    assert (user.language, user.has_usable_password()) == ("el", False)


def test_person_keeps_a_passkey_and_signs_in_with_it(
    course: FixtureCourse, user: User, page: Page, passkeys: Passkeys
) -> None:
    page.goto("/en/account/sign-in/?next=/en/account/")
    sign_in(page, str(user.email))
    expect_title(page, "Your account")
    page.get_by_role("link", name="Keep a passkey").click()
    page.get_by_label("A name for it").fill("Test phone")
    page.get_by_role("button", name="Keep a passkey").click()
    expect_title(page, "Your recovery codes")
    expect(page.locator("main code")).to_have_count(10)
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("Test phone, since")).to_be_visible()
    assert [key["rpId"] for key in passkeys.kept] == ["localhost"]

    page.get_by_role("button", name="Sign out").click()
    page.goto("/en/account/sign-in/?next=/en/account/")
    passkeys.know_the_owner(False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_have_text("The passkey did not answer. Try again, or choose another way.")
    passkeys.know_the_owner(True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect_title(page, "Your account")

    # The password alone does not open the account any more.
    page.get_by_role("button", name="Sign out").click()
    page.goto("/en/account/sign-in/?next=/en/account/")
    sign_in(page, str(user.email))
    expect_title(page, "One thing more")
    page.get_by_role("button", name="Use your passkey").click()
    expect_title(page, "Your account")
    page.get_by_role("link", name="Take “Test phone” away").click()
    page.get_by_role("button", name="Take it away").click()
    expect_title(page, "Your account")
    expect(page.get_by_text("Test phone, since")).to_have_count(0)
