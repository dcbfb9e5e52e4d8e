"""An editor publishes a change and is asked what kind of change it is, with the keyboard alone."""

import re

from playwright.sync_api import Page, expect

from lessons.models import UnitPage
from openmuseums.editorial.models import Publication
from tests.browser.harness import Record
from tests.factories import FixtureCourse, make_administrator
from tests.journeys.test_editor import open_admin


def press_publish(page: Page) -> None:
    """Choose to publish at the foot of the form."""
    toggle = page.locator("footer [data-w-dropdown-target=toggle]").last
    toggle.focus()
    page.keyboard.press("Enter")
    button = page.locator("footer").get_by_role("button", name="Publish", exact=True)
    button.focus()
    page.keyboard.press("Enter")


def kinds(unit: UnitPage) -> list[str]:
    """Return the kinds of the publications after the first."""
    return list(Publication.objects.filter(page_key=unit.translation_key).values_list("kind", flat=True)[1:])


def test_editor_is_asked_what_kind_of_change_it_is(
    course: FixtureCourse, page: Page, base_url: str, record: Record
) -> None:
    unit = course.units["digital-strategy"]
    administrator = make_administrator(username="administrator", email="administrator@example.org")
    open_admin(page, base_url, administrator, f"/admin/pages/{unit.pk}/edit/")
    lead = page.locator("#id_lead")
    dialog = page.get_by_role("dialog", name="What kind of change is this?")

    lead.fill("What you get.")
    press_publish(page)
    expect(dialog.get_by_role("radio", name="Meaning")).to_be_checked()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert kinds(unit) == []

    press_publish(page)
    dialog.get_by_role("radio", name="Editorial").press(" ")
    dialog.get_by_role("button", name="Publish").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert kinds(unit) == ["editorial"]

    page.goto(f"/admin/pages/{unit.pk}/edit/")
    lead.fill("The 3 things you get.")
    press_publish(page)
    expect(dialog).to_contain_text("Numbers, links or the structure changed.")
    expect(dialog.get_by_role("radio", name="Editorial")).to_be_disabled()
    with page.expect_navigation():
        dialog.get_by_role("button", name="Publish").click()
    assert kinds(unit) == ["editorial", "meaning"]

    page.goto(f"/admin/pages/{unit.pk}/edit/")
    lead.fill("What you get from it.")
    record.expected_errors.add("net::ERR_FAILED")
    page.route(re.compile("/kind-of-change/"), lambda route: route.abort())
    press_publish(page)
    with page.expect_navigation():
        dialog.get_by_role("button", name="Publish").click()
    assert kinds(unit) == ["editorial", "meaning", "meaning"]
