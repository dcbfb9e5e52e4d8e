"""A visitor's way: learning without an account on two devices, one account for both, and a device that others use."""

import pytest
from playwright.sync_api import Browser, Page, expect

from openmuseums.learners.models import Learner
from tests.browser.harness import Record, recorded
from tests.factories import FixtureCourse, make_course_in, make_user
from tests.journeys.steps import expect_no_wide_page, expect_title
from tests.journeys.test_signing_in import code_by_mail

ADDRESS = "maria@example.org"
MARKETING = "open-museums/marketing"


def begin(page: Page, language: str, unit: str) -> None:
    """Go from a unit to where a record is begun, and back to the unit."""
    page.goto(f"/{language}/{MARKETING}/{unit}/")
    page.locator(".done a.button").click()
    expect_no_wide_page(page)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".record-line")).to_be_visible()


def mark_read(page: Page) -> None:
    """Mark the unit that is shown as read."""
    with page.expect_navigation():
        page.locator('form[action$="/read/"] button').click()
    expect(page.locator('form[action$="/unread/"]')).to_be_visible()


def begin_quiz(page: Page, language: str) -> str:
    """Begin the quiz, answer its first question, and return the attempt's address."""
    page.goto(f"/{language}/{MARKETING}/quiz/")
    page.locator(".done button").click()
    address = page.url.partition("?")[0]
    page.locator("input[type=radio]").first.check()
    page.locator('button[value="next"]').click()
    return address


def come_in(page: Page, language: str) -> None:
    """Sign in from the line that says whose progress this is, by a code that is sent by mail."""
    page.locator('.record-line a[href*="sign-in"]').click()
    page.locator("#id_email").fill(ADDRESS)
    page.locator("main form button").first.click()
    field = page.locator("#id_code")
    expect(field).to_be_visible()
    field.fill(code_by_mail(ADDRESS))
    page.locator("main form button").first.click()
    page.wait_for_url(f"**/{language}/learning/join/**")


def read_units(page: Page, language: str) -> list[str]:
    """Return the addresses of the units that the course page shows as read, without their language."""
    page.goto(f"/{language}/open-museums/")
    links = page.locator(".unit-lines li:has(.state--read) a")
    return sorted(links.nth(place).get_attribute("href")[4:] for place in range(links.count()))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_visitor_of_two_devices_has_one_account_for_both(
    course: FixtureCourse, browser: Browser, browser_context_args: dict, record: Record, *, scripts: bool
) -> None:
    record.expected_errors.add("422")
    make_course_in(course, "el")
    make_user(email=ADDRESS)

    def device() -> Page:
        options = {**browser_context_args, "java_script_enabled": scripts, "viewport": {"width": 360, "height": 740}}
        return recorded(browser.new_context(**options), record).new_page()

    # At home, in Greek; in the museum, in English.
    home, museum = device(), device()
    begin(home, "el", "digital-strategy")
    mark_read(home)
    begin_quiz(home, "el")
    begin(museum, "en", "channels-and-media")
    mark_read(museum)
    attempt = begin_quiz(museum, "en")

    museum.goto("/en/open-museums/")
    come_in(museum, "en")
    expect_no_wide_page(museum)
    museum.get_by_role("button", name="Add it to my account").click()
    expect(museum.get_by_role("status")).to_contain_text("What was kept on this device is part of your account now.")
    expect(museum.locator(".record-line")).to_have_count(0)
    assert read_units(museum, "en") == [f"{MARKETING}/channels-and-media/"]

    home.goto("/el/open-museums/")
    come_in(home, "el")
    # The quiz is open in both: nothing is done before it is said which one goes on.
    home.locator('button[value="join"]').click()
    expect(home.locator(".error-summary")).to_be_visible()
    expect_no_wide_page(home)
    home.locator("main fieldset input[type=radio]").nth(1).check()
    home.locator('button[value="join"]').click()
    home.wait_for_url("**/el/open-museums/")
    both = [f"{MARKETING}/channels-and-media/", f"{MARKETING}/digital-strategy/"]
    assert (read_units(home, "el"), read_units(museum, "en")) == (both, both)
    home.goto(f"/el/{MARKETING}/quiz/")
    expect(home.locator("table tbody tr")).to_have_count(1)
    home.locator(".done button").click()
    assert home.url.partition("?")[0] == attempt.replace("/en/", "/el/")
    assert [learner.account.email for learner in Learner.objects.all()] == [ADDRESS]
    for page in (home, museum):
        page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_next_person_at_a_shared_computer_starts_afresh(
    course: FixtureCourse, browser: Browser, browser_context_args: dict, record: Record, *, scripts: bool
) -> None:
    context = recorded(browser.new_context(**{**browser_context_args, "java_script_enabled": scripts}), record)
    page = context.new_page()
    begin(page, "en", "digital-strategy")
    mark_read(page)
    page.get_by_role("button", name="Still me: keep it longer").click()
    expect(page.locator('form[action$="/unread/"]')).to_be_visible()

    # Somebody else sits down.
    page.goto("/en/my-learning/")
    expect(page.get_by_text("1 of 5 units read.")).to_be_visible()
    page.get_by_role("link", name="This is not me: start afresh").click()
    expect_title(page, "Start afresh on this device")
    expect(page.get_by_text("1 unit marked as read")).to_be_visible()
    page.get_by_role("link", name="Go back and keep it").click()
    expect_title(page, "My learning")
    page.get_by_role("link", name="This is not me: start afresh").click()
    page.get_by_role("button", name="Erase it and start afresh").click()
    expect_title(page, "Begin")
    assert (Learner.objects.count(), [cookie["name"] for cookie in context.cookies()]) == (0, ["csrftoken"])

    page.get_by_role("button", name="Keep my progress on this device").click()
    expect(page.get_by_text("0 of 5 units read.")).to_be_visible()
    context.close()
