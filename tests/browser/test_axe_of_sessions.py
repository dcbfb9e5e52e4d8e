"""axe finds nothing in the public calendar, on its sessions' pages, and where sessions for everybody are made."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from openmuseums.demo.offers import make_offers
from openmuseums.organisations.belonging import join
from openmuseums.trainers.calendars.choosing import public_sessions
from tests.browser.examining import SHOWINGS, faults_of
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS
from tests.factories import FixtureCourse, make_trainer
from tests.journeys.test_second_factor import carry
from tests.trainers.making import make_museum


@pytest.mark.parametrize("turn", range(len(SHOWINGS)))
def test_axe_finds_nothing_in_the_calendar(course: FixtureCourse, page: Page, base_url: str, turn: int) -> None:
    width, theme = SHOWINGS[turn]
    trainer, museum = make_trainer(), make_museum()
    join(account=trainer, organisation=museum, role="trainer", now=timezone.now())
    make_offers(organisation=museum, trainer=trainer, now=timezone.now())
    sessions = list(public_sessions())
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 2400})
    public = [
        reverse("calendars:calendar"),
        reverse("calendars:year", args=[sessions[0].starts_at.year]),
        f"{reverse('calendars:calendar')}?language=el",
        *(reverse("calendars:session", args=[session.pk]) for session in sessions[:2]),
    ]
    own = [
        reverse("trainers:public-sessions"),
        reverse("trainers:public-session-add"),
        reverse("trainers:public-session", args=[sessions[0].pk]),
        reverse("trainers:public-session-cancel", args=[sessions[1].pk]),
    ]
    found = {}
    for address in public:
        found[address] = _faults(page, address)
    carry(page, base_url, trainer)
    for address in own:
        found[address] = _faults(page, address)
    assert {address: faults for address, faults in found.items() if faults} == {}


def _faults(page: Page, address: str) -> list[str]:
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    return [*faults_of(page), *too_wide(page)]
