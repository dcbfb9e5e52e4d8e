"""axe finds nothing where a file is taken and drafts are made, and at a desk before there is a draft."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.models import Page as TreePage

from openmuseums.people.models import User
from openmuseums.translation.bundles.exchanging import export_translations
from openmuseums.translation.bundles.files import Format
from tests.browser.examining import faults_of_ours
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS, Record
from tests.factories import FixtureCourse, make_translation
from tests.journeys.test_second_factor import carry
from tests.translation.bundles.sending import po_with
from tests.translation.teams_of_tests import make_team, make_translator


@pytest.fixture
def translator(course: FixtureCourse) -> User:
    return make_translator(make_team(course))


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_axe_finds_nothing_where_drafts_are_made(
    course: FixtureCourse, translator: User, page: Page, base_url: str, record: Record, tmp_path: Path, width: str
) -> None:
    made, locked = course.units["digital-strategy"], course.units["channels-and-media"]
    for unit in (made, locked):
        make_translation(unit, "nl")
    TreePage.objects.filter(translation_key=locked.translation_key, locale__language_code="nl").update(locked=True)
    data = export_translations(course="open-museums", language="nl", format=Format.PO).data
    file = tmp_path / "nl.po"
    file.write_bytes(po_with(po_with(data, made.lead, "Anders."), locked.lead, "Ook anders."))
    carry(page, base_url, translator)
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 2400})
    page.goto(reverse("translation_admin:upload", args=["nl"]))
    page.locator("input[type=file]").set_input_files(file)
    with page.expect_navigation():
        page.get_by_role("button", name="Show what it would do").click()
    page.get_by_label("Make drafts of the pages that are whole").check()
    assert (faults_of_ours(page), too_wide(page)) == ([], [])
    with page.expect_navigation():
        page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_role("link", name=made.title, exact=True)).to_be_visible()
    expect(page.get_by_text("This page is locked")).to_be_visible()
    assert (faults_of_ours(page), too_wide(page)) == ([], [])


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_axe_finds_nothing_at_a_desk_before_the_first_draft(
    course: FixtureCourse, translator: User, page: Page, base_url: str, record: Record, width: str
) -> None:
    unit = course.units["digital-strategy"]
    carry(page, base_url, translator)
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 2400})
    page.goto(reverse("translation_admin:desk", args=["nl", unit.translation_key]))
    assert (faults_of_ours(page), too_wide(page)) == ([], [])
    if width == "desktop":
        shown = page.frame_locator("iframe[name=om-desk-preview]")
        expect(shown.locator("h1 [lang=en]")).to_have_text(unit.title)
        page.locator("textarea").first.fill("De digitale strategie")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.locator("textarea").first.press("Control+Enter")
        expect(shown.locator("h1")).to_contain_text("De digitale strategie")
    page.goto(reverse("translation_admin:desk-preview", args=["nl", unit.translation_key]))
    assert faults_of_ours(page) == []
