"""A unit of two pages, from its first page to the next unit: with scripts, without, and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from openmuseums.people.models import User
from tests.factories import FixtureCourse, make_continuation, make_course_with
from tests.journeys.steps import expect_no_wide_page, expect_title, sign_in


@pytest.fixture
def course(db: None) -> FixtureCourse:
    """Return the fixture course, whose first unit of the first lesson has a second page."""
    return make_course_with("a split unit to read", split)


def split(course: FixtureCourse) -> None:
    make_continuation(course.units["digital-strategy"])


def test_reader_marks_both_parts_and_the_unit_counts_once(course: FixtureCourse, user: User, page: Page) -> None:
    go(page, user)


def test_reader_marks_both_parts_without_scripts(course: FixtureCourse, user: User, page_without_scripts: Page) -> None:
    go(page_without_scripts, user)


def test_reader_marks_both_parts_on_a_phone(course: FixtureCourse, user: User, phone: Page) -> None:
    go(phone, user)


def go(page: Page, user: User) -> None:
    """Go from the lesson through both parts of the unit and on to the next one."""
    page.goto("/en/open-museums/marketing/")
    expect(page.get_by_text("2 parts")).to_be_visible()
    page.get_by_role("link", name="The digital strategy").first.click()
    expect_title(page, "The digital strategy")
    expect(page.get_by_text("Part 1 of 2").first).to_be_visible()
    page.get_by_role("link", name="Begin, to mark what you have read").click()
    sign_in(page, str(user.email))
    expect_title(page, "The digital strategy")

    page.get_by_role("button", name="Mark this part as read").click()
    expect(page.get_by_text("You have marked this part as read")).to_be_visible()
    expect_no_wide_page(page)
    page.get_by_role("main").get_by_role("link", name="Part 2 of 2").click()
    expect_title(page, "The digital strategy, part 2")
    expect_no_wide_page(page)
    page.get_by_label("The right one").check()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_role("status")).to_contain_text("That is right.")
    page.goto("/en/my-learning/")
    expect(page.get_by_text("0 of 5 units read.")).to_be_visible()
    page.goto("/en/open-museums/marketing/")
    expect(page.get_by_text("1 of 2 parts read")).to_be_visible()
    page.goto("/en/open-museums/marketing/digital-strategy/part-2/")
    page.get_by_role("button", name="Mark this part as read").click()
    expect(page.get_by_text("You have marked this unit as read")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Part 1 of 2").click()
    expect(page.get_by_text("You have marked this unit as read")).to_be_visible()
    page.get_by_role("link", name="Next The digital strategy, part 2").click()
    page.get_by_role("link", name="Next Channels and media").click()
    expect_title(page, "Channels and media")
    page.goto("/en/my-learning/")
    expect(page.get_by_text("1 of 5 units read.")).to_be_visible()
