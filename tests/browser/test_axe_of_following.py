"""axe finds nothing where one is told what becomes of translations, before pages are moved, deleted, unpublished."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.examining import faults_of_ours
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS, Record
from tests.factories import FixtureCourse, make_administrator, make_course_in
from tests.journeys.test_second_factor import carry

NARROW = {**WIDTHS["phone"], "width": 360}


@pytest.mark.parametrize(
    ("act", "many", "width"),
    [
        ("delete", False, "phone"),
        ("delete", True, "desktop"),
        ("move", False, "phone"),
        ("move", True, "phone"),
        ("unpublish", False, "desktop"),
        ("unpublish", True, "phone"),
    ],
)
def test_axe_finds_nothing_in_warnings(
    course: FixtureCourse, page: Page, base_url: str, record: Record, act: str, many: bool, width: str
) -> None:
    make_course_in(course, "nl")
    unit, other = course.units["digital-strategy"], course.units["channels-and-media"]
    carry(page, base_url, make_administrator())
    page.set_viewport_size(NARROW if width == "phone" else WIDTHS[width])
    if many:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
        page.goto(f"{address}?id={unit.pk}&id={other.pk}")
    elif act == "move":
        page.goto(reverse("wagtailadmin_pages:move_confirm", args=[unit.pk, course.lessons[1].pk]))
    else:
        page.goto(reverse(f"wagtailadmin_pages:{act}", args=[unit.pk]))
    told = page.get_by_text("Dutch: 2 pages, 2 public" if many else "Dutch: 1 page, 1 public")
    # What lies on its mark, such as the button of the menu, would be found there.
    assert told.evaluate("""(it) => {
      const {left, top, height} = it.getBoundingClientRect();
      return it.parentElement.contains(document.elementFromPoint(left - 16, top + height / 2));
    }""")
    assert faults_of_ours(page) == []
    assert too_wide(page) == []
