"""The same course at a telephone's width: nothing is cut off and every target can be hit."""

from playwright.sync_api import Locator, Page, expect

from openmuseums.people.models import User
from tests.factories import FixtureCourse
from tests.journeys.steps import expect_no_wide_page, expect_title, sign_in

# Links within a sentence are exempt from WCAG 2.5.8, as are controls of the browser's own.
SMALL_TARGETS = """() => [
    ...document.querySelectorAll("main button, main summary, main .button, header a, nav a, label.choice"),
  ]
  .filter((found) => found.checkVisibility())
  .map((found) => [found.innerText.trim(), found.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([text, box]) => `${text} (${box.width} x ${box.height})`)"""


def tap(page: Page, target: Locator) -> None:
    """Tap what leads to another page, and wait for it."""
    with page.expect_navigation():
        target.tap()


def look(page: Page) -> None:
    """See that the page fits and that its targets are large enough."""
    expect_no_wide_page(page)
    assert page.evaluate(SMALL_TARGETS) == []


def test_learner_goes_the_whole_way_on_a_phone(course: FixtureCourse, user: User, phone: Page) -> None:
    phone.goto("/en/")
    look(phone)
    tap(phone, phone.get_by_role("main").get_by_role("link", name="Begin"))
    expect_title(phone, "The course")
    look(phone)
    tap(phone, phone.get_by_role("main").get_by_role("link", name="Digital marketing foundations").first)
    expect_title(phone, "Digital marketing foundations")
    look(phone)
    tap(phone, phone.get_by_role("main").get_by_role("link", name="The digital strategy").first)
    expect_title(phone, "The digital strategy")
    look(phone)
    tap(phone, phone.get_by_role("link", name="Begin, to mark what you have read"))
    look(phone)
    with phone.expect_navigation():
        sign_in(phone, str(user.email))
    tap(phone, phone.get_by_role("button", name="Mark as read"))
    look(phone)
    phone.goto("/en/open-museums/marketing/quiz/")
    look(phone)
    tap(phone, phone.get_by_role("button", name="Start the quiz"))
    look(phone)
    phone.get_by_text("The right one").tap()
    tap(phone, phone.get_by_role("button", name="Save and review"))
    look(phone)
    tap(phone, phone.get_by_role("button", name="Hand in"))
    expect(phone.get_by_text("You have 1 of 4 points.")).to_be_visible()
    look(phone)
    phone.goto("/en/my-learning/")
    expect(phone.get_by_text("1 of 5 units read.")).to_be_visible()
    look(phone)


def test_unit_fits_a_screen_of_320_pixels(course: FixtureCourse, phone: Page) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    phone.goto("/en/open-museums/marketing/digital-strategy/")
    expect_no_wide_page(phone)
