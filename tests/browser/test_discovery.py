"""That what pages say to programs does not offend the policy, and is read by nobody as a script."""

from playwright.sync_api import Page

from tests.browser.harness import Record
from tests.factories import FixtureCourse


def test_structured_data_is_no_breach_of_the_policy(course: FixtureCourse, page: Page, record: Record) -> None:
    page.goto(course.units["digital-strategy"].url)
    data = page.locator('script[type="application/ld+json"]')
    assert page.evaluate("text => JSON.parse(text)['@type']", data.text_content()) == "LearningResource"
    assert record.breaches == []
