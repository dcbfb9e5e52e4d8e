"""axe finds nothing where teams are listed and set up, and nothing there runs off the screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from openmuseums.translation.teams.setting_up import set_up_team
from tests.browser.examining import faults_of_ours
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS, Record
from tests.factories import NOW, FixtureCourse, make_administrator, make_user
from tests.journeys.test_second_factor import carry


@pytest.mark.parametrize(("state", "width"), [("list", "phone"), ("list", "desktop"), ("faults", "phone")])
def test_axe_finds_nothing_in_teams(
    course: FixtureCourse, page: Page, base_url: str, record: Record, state: str, width: str
) -> None:
    record.expected_errors.add("422")
    team = set_up_team(language="el", country="GR", name="Το μουσείο της πόλης", now=NOW)
    make_user(name="Άννα").groups.add(team.translators)
    carry(page, base_url, make_administrator())
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 2400})
    page.goto(reverse("translation_admin:teams"))
    if state == "faults":
        page.get_by_role("link", name="Set up a team – Nederlands").click()
        with page.expect_navigation():
            page.get_by_role("button", name="Set up").click()
        assert page.get_by_label("Language").input_value() == "nl"
    else:
        assert page.get_by_role("link", name="Άννα").count() == 1
    assert faults_of_ours(page) == []
    assert too_wide(page) == []
