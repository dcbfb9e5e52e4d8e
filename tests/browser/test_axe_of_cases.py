"""axe finds nothing on pages with a country's case, on the case itself, the index and a partner's page."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Locale

from openmuseums.translation.partners.making import make_partner_page
from tests.browser.examining import faults_of
from tests.browser.fitting import too_wide
from tests.factories import FixtureCourse, block, make_course_in
from tests.lessons.test_local_cases import UNIT, add_place, make_case


@pytest.fixture
def told(course: FixtureCourse) -> FixtureCourse:
    """Return the course in Dutch and Greek, with a case in English and in Dutch, and a Dutch partner."""
    for code in ("nl", "el"):
        Locale.objects.get_or_create(language_code=code)
    add_place(course)
    for code in ("nl", "el"):
        make_course_in(course, code)
    make_case("en", "A museum that began with a page", slug="alpha")
    make_case("nl", "Een museum dat met een bladzijde begon", slug="beta")
    partner = make_partner_page(locale=Locale.objects.get(language_code="nl"), name="Een partner", country="NL")
    partner.about, partner.email = "<p>Wij helpen musea.</p>", "cursus@partner.example"
    helper = {
        "organisation": "Het loket",
        "what_for": "Vragen over subsidies en digitalisering.",
        "email": "loket@partner.example",
        "address": "https://loket.example/",
    }
    partner.helpers = [block("helper", helper)]
    partner.save_revision().publish()
    return course


@pytest.mark.parametrize(
    ("path", "width"),
    [
        (f"/el/{UNIT}", 360),
        ("/nl/cases/beta/", 1300),
        ("/el/cases/alpha/", 360),
        ("/nl/cases/", 1300),
        ("/nl/partner/", 360),
    ],
)
def test_axe_finds_nothing_on_cases_and_partners(
    told: FixtureCourse, page: Page, live_server: LiveServer, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}{path}")
    for disclosure in page.locator("main details > summary").all():
        disclosure.click()
    assert too_wide(page) == []
    assert faults_of(page) == []
