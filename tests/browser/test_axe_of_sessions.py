"""axe finds nothing in the public calendar, on its sessions' pages, and where sessions for everybody are made."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page

from openmuseums.demo.offers import make_offers
from openmuseums.organisations.belonging import join
from openmuseums.trainers.calendars.choosing import public_sessions
from tests.browser.examining import Turn, faults_in_turn, turns
from tests.factories import FixtureCourse, make_trainer, make_translation
from tests.journeys.test_second_factor import carry
from tests.trainers.making import make_museum


@pytest.mark.parametrize("turn", turns())
def test_axe_finds_nothing_in_the_calendar(course: FixtureCourse, page: Page, base_url: str, turn: Turn) -> None:
    if turn.language != "en":
        make_translation(course.course, turn.language)
    trainer, museum = make_trainer(), make_museum()
    join(account=trainer, organisation=museum, role="trainer", now=timezone.now())
    make_offers(organisation=museum, trainer=trainer, now=timezone.now())
    sessions = list(public_sessions())
    names = " ".join([museum.name, *(f"{session.title} {session.place}" for session in sessions)])
    with translation.override(turn.language):
        public = [
            reverse("calendars:calendar"),
            reverse("calendars:year", args=[sessions[0].starts_at.year]),
            f"{reverse('calendars:calendar')}?language=el",
            *(reverse("calendars:session", args=[session.pk]) for session in sessions),
        ]
        own = [
            reverse("trainers:public-sessions"),
            reverse("trainers:public-session-add"),
            reverse("trainers:public-session", args=[sessions[0].pk]),
            reverse("trainers:public-session-cancel", args=[sessions[1].pk]),
        ]
    found = faults_in_turn(page, turn, public, names=names)
    carry(page, base_url, trainer)
    found |= faults_in_turn(page, turn, own, names=names)
    assert found == {}
