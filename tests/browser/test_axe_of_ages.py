"""axe finds nothing in the report of what ages, and nothing in it runs off the screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.examining import faults_of_ours
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS, Record
from tests.factories import FixtureCourse, make_editor
from tests.journeys.test_second_factor import carry
from tests.lessons.ageing.making import case, resources, text, unit_with


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_axe_finds_nothing_in_the_report_of_what_ages(
    course: FixtureCourse, page: Page, base_url: str, record: Record, width: str
) -> None:
    unit_with(course, text("It cost ten euros.", "2024-06-30"), case("2024-06-30"), resources(alpha=None, beta=None))
    carry(page, base_url, make_editor())
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 2400})
    page.goto(reverse("lessons_admin:ages"))
    with page.expect_navigation():
        page.get_by_role("row", name="A case").get_by_role("button").click()
    page.goto(reverse("lessons_admin:ages") + "?which=all")
    assert page.locator(".om-ages tbody tr").count() == 4
    assert page.get_by_text("Nothing: it was checked today.").count() == 1
    assert faults_of_ours(page) == []
    assert too_wide(page) == []
