"""From the home page to a quiz's result with the keyboard alone."""

from playwright.sync_api import Page, expect

from openmuseums.people.models import User
from tests.factories import PASSWORD, FixtureCourse
from tests.journeys.steps import FOCUSED, expect_title, follow, tab_to


def test_learner_reaches_a_quiz_result_with_the_keyboard_alone(course: FixtureCourse, user: User, page: Page) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to the text"
    follow(page, "Begin")
    expect_title(page, "The course")
    follow(page, "The digital strategy")
    expect_title(page, "The digital strategy")

    follow(page, "Begin, to mark what you have read")
    follow(page, "Sign in or make an account")
    follow(page, "Sign in with a password")
    tab_to(page, "E-mail address or user name")
    page.keyboard.type(str(user.email))
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect_title(page, "The digital strategy")

    tab_to(page, "The right one")
    page.keyboard.press("Space")
    follow(page, "Check")
    expect(page.get_by_role("status")).to_contain_text("That is right.")
    follow(page, "Mark as read")
    expect(page.get_by_text("You have marked this unit as read")).to_be_visible()

    follow(page, "Quiz")
    expect_title(page, "Quiz: Digital marketing foundations")
    follow(page, "Start the quiz")
    tab_to(page, "The right one")
    page.keyboard.press("Space")
    follow(page, "Save and go on")
    # A group of radio buttons is one stop; the arrow keys choose within it.
    tab_to(page, "The right one")
    page.keyboard.press("ArrowDown")
    follow(page, "Save and go on")
    tab_to(page, "One of them")
    page.keyboard.press("Space")
    tab_to(page, "The other")
    page.keyboard.press("Space")
    follow(page, "Save and review")
    expect_title(page, "Look your answers over")
    follow(page, "Hand in")
    expect(page.get_by_text("You have 3 of 4 points.")).to_be_visible()
    expect(page.get_by_text("Passed", exact=True)).to_be_visible()
