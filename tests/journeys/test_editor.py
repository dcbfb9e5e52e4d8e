"""An editor writes a unit; a check stops it; it is mended, approved and read."""

import pytest
from playwright.sync_api import Browser, Page, expect

from lessons.models import UnitPage
from openmuseums.people.models import User
from tests.browser.harness import Record, recorded
from tests.factories import FixtureCourse, make_administrator, make_editor, signed_in


@pytest.fixture
def editor(course: FixtureCourse) -> User:
    """Return a course editor, who may write and submit."""
    return make_editor(username="editor", email="editor@example.org")


@pytest.fixture
def moderator(db: None) -> User:
    """Return an administrator, who approves what editors submit."""
    return make_administrator(username="moderator", email="moderator@example.org")


def open_admin(page: Page, base_url: str, person: User, address: str) -> None:
    """Go to a page of the admin as somebody who has signed in, a second factor given."""
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": base_url} for name, cookie in signed_in(person).cookies.items()]
    )
    page.goto(address)


def choose_action(page: Page, name: str) -> None:
    """Choose one of the actions at the foot of the edit form, and wait for what comes of it."""
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    with page.expect_navigation():
        page.locator("footer").get_by_role("button", name=name, exact=True).click()


def test_editor_writes_a_unit_that_is_stopped_mended_approved_and_read(
    course: FixtureCourse, editor: User, moderator: User, page: Page, browser: Browser, base_url: str, record: Record
) -> None:
    lesson = course.lessons[0]
    open_admin(page, base_url, editor, f"/admin/pages/add/lessons/unitpage/{lesson.pk}/")
    page.get_by_role("textbox", name="Title*").fill("Audiences")
    page.locator("#id_lead").fill("Whom you want to reach.")
    page.get_by_role("checkbox", name="Understand").check()
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Heading", exact=True).click()
    page.locator("[name='body-0-value-text']").fill("Who comes")
    page.locator("[name='body-0-value-level']").select_option("h3")
    page.get_by_role("tab", name="Promote").click()
    page.locator("#id_key").fill("audiences")
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("tab", name="Content")).to_contain_text("2 errors")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("iframe[src*='in_preview_panel']")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Audiences")
    edit = page.url
    choose_action(page, "Submit to Moderators approval")

    context = recorded(browser.new_context(base_url=base_url, viewport={"width": 1280, "height": 900}), record)
    desk = context.new_page()
    open_admin(desk, base_url, moderator, edit)
    choose_action(desk, "Approve and Publish")
    expect(desk.get_by_text("was not published")).to_be_visible()
    assert UnitPage.objects.get(key="audiences").live is False

    desk.get_by_role("button", name="Add outcome").click()
    desk.locator("[name='outcomes-0-text']").fill("Name three groups of visitors.")
    desk.locator("[name='body-0-value-level']").select_option("h2")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Save draft").click()
    expect(desk.get_by_text("There is nothing to mend.")).to_be_visible()
    choose_action(desk, "Approve and Publish")
    context.close()

    page.goto("/en/open-museums/marketing/")
    page.get_by_role("main").get_by_role("link", name="Audiences").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Audiences")
    expect(page.get_by_text("Name three groups of visitors.")).to_be_visible()
