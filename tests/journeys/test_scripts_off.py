"""Everything a learner does, with scripts off."""

from playwright.sync_api import Page, expect

from openmuseums.people.models import User
from tests.factories import FixtureCourse
from tests.journeys.steps import expect_title, sign_in


def test_learner_reads_tests_herself_and_sees_where_she_stands_without_scripts(
    course: FixtureCourse, user: User, page_without_scripts: Page
) -> None:
    page = page_without_scripts
    page.goto("/en/open-museums/marketing/digital-strategy/")
    page.get_by_role("link", name="Begin, to mark what you have read").click()
    sign_in(page, str(user.email))
    expect_title(page, "The digital strategy")

    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_have_text("Give an answer first.")
    page.get_by_label("A wrong one").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_contain_text("Not quite.")
    page.get_by_label("The right one").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_contain_text("That is right.")
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("You have marked this unit as read")).to_be_visible()
    page.get_by_role("button", name="Take that back").click()
    page.get_by_role("button", name="Mark as read").click()

    page.goto("/en/open-museums/marketing/quiz/")
    page.get_by_role("button", name="Start the quiz").click()
    page.get_by_role("button", name="Save and show all on one page").click()
    page.get_by_label("The right one").nth(0).check()
    page.get_by_label("The right one").nth(1).check()
    page.get_by_role("button", name="Save and review").click()
    expect(page.get_by_text("1 question is still open.")).to_be_visible()
    page.get_by_role("link", name="Answer question 3").click()
    page.get_by_label("One of them").check()
    page.get_by_label("The other").check()
    page.get_by_role("button", name="Save and review").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("You have 4 of 4 points.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("You have 4 of 4 points.")).to_be_visible()

    page.get_by_role("link", name="My learning").click()
    expect(page.get_by_text("1 of 5 units read.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
