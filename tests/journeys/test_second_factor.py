"""Getting in: with a slip on paper and no scripts, past the admin's door, and after a second factor is lost."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from openmuseums.people.models import User
from tests.browser.harness import Record, recorded
from tests.factories import PASSWORD, FixtureCourse, make_editor, make_user, signed_in
from tests.journeys.steps import expect_title

NEW_PASSWORD = "Quiet-labels-are-exact"


def carry(page: Page, base_url: str, person: User) -> None:
    """Put the session of somebody, a second factor given, into a browser."""
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": base_url} for name, cookie in signed_in(person).cookies.items()]
    )


def sign_in_with_password(page: Page, name: str, password: str) -> None:
    """Sign in on the page for passwords."""
    page.get_by_label("E-mail address or user name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def test_slip_is_printed_typed_once_and_followed_by_a_password(
    course: FixtureCourse, page: Page, page_without_scripts: Page, base_url: str, record: Record
) -> None:
    record.expected_errors.add("422")
    admin = make_user(username="admin", is_superuser=True)
    anna = make_user(email=None, username="anna", name="Anna", language="en", password=None)
    carry(page, base_url, admin)
    page.goto(reverse("people_admin:slip", args=[anna.pk]))
    page.get_by_role("button", name="Make a slip").click()
    expect_title(page, "Your way into the course")
    sheet = page.get_by_role("article").inner_text()
    found = re.search(r"\d{4}( \d{4}){4}", sheet)
    assert found

    hers = page_without_scripts
    hers.goto("/en/slip/")
    hers.get_by_label("User name").fill("anna")
    hers.get_by_label("Code").fill(found[0])
    hers.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect_title(hers, "How will you come back?")
    hers.get_by_role("link", name="Set a password").click()
    hers.get_by_label("New password").fill(NEW_PASSWORD)
    hers.get_by_role("main").get_by_role("button").last.click()
    hers.get_by_role("button", name="Sign out").click()

    hers.goto("/en/slip/")
    hers.get_by_label("User name").fill("anna")
    hers.get_by_label("Code").fill(found[0])
    hers.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(hers.get_by_role("alert")).to_contain_text("do not open anything")
    hers.goto(reverse("account_password_login"))
    sign_in_with_password(hers, "anna", NEW_PASSWORD)
    expect(hers.get_by_role("button", name="Sign out")).to_be_visible()


def test_editor_is_stopped_at_the_admins_door_until_an_app_is_set_up(course: FixtureCourse, page: Page) -> None:
    make_editor(username="eleni", email="eleni@example.org")
    page.goto("/admin/")
    page.get_by_role("link", name="Sign in with a password").click()
    sign_in_with_password(page, "eleni", PASSWORD)
    expect_title(page, "One thing more than a password")
    page.goto("/admin/pages/")
    expect_title(page, "One thing more than a password")
    page.get_by_role("link", name="Set up an app").click()
    secret = page.get_by_text(re.compile(r"^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$")).inner_text().replace(" ", "")
    page.get_by_label("The six digits that the app shows").fill(
        format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    )
    page.get_by_role("main").get_by_role("button").last.click()
    page.goto("/admin/")
    expect(page).to_have_title(re.compile("^Dashboard"))


def test_lost_second_factor_is_taken_away_and_set_up_anew(
    course: FixtureCourse, page: Page, browser: Browser, base_url: str, record: Record
) -> None:
    admin, eleni = make_user(username="admin", is_superuser=True), make_editor(username="eleni")
    signed_in(eleni)
    context = recorded(browser.new_context(base_url=base_url), record)
    hers = context.new_page()
    hers.goto(reverse("account_password_login") + "?next=/admin/")
    sign_in_with_password(hers, "eleni", PASSWORD)
    assert hers.url.startswith(f"{base_url}{reverse('mfa_authenticate')}")

    carry(page, base_url, admin)
    page.goto(reverse("people_admin:second-factor", args=[eleni.pk]))
    page.get_by_role("button", name="Take the second factor away").click()
    expect(page.get_by_text("1 passkey or app was taken away")).to_be_visible()
    assert not Authenticator.objects.filter(user=eleni).exists()

    hers.goto(reverse("account_password_login") + "?next=/admin/")
    sign_in_with_password(hers, "eleni", PASSWORD)
    expect_title(hers, "One thing more than a password")
    context.close()
