"""axe finds nothing on the pages of groups, trainers' and learners', and nothing there runs off the screen."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from openmuseums.trainers.models import Cohort, Participation
from tests.browser.examining import SHOWINGS, faults_of
from tests.browser.fitting import too_wide
from tests.browser.harness import WIDTHS
from tests.demo.made import demo_group
from tests.factories import FixtureCourse, make_trainer
from tests.journeys.test_second_factor import carry

OF_A_COHORT = (
    "cohort", "change", "rule", "staff", "hand-over", "archive", "people", "sessions", "session-add", "calendar",
    "invitations", "announcements", "announce", "lists",
)  # fmt: skip
OF_A_SESSION = (
    "session",
    "session-change",
    "session-cancel",
    "attendance",
    "attendance-code",
    "attendance-sheet",
    "scans",
)
OF_A_PARTICIPATION = ("group", "share", "leave")
OF_NOBODY = ("groups:mine", "groups:join", "groups:claim", "groups:attend", "groups:calendar", "calendars:calendar")


def trainers_pages(cohort: Cohort) -> Iterator[str]:
    session, person = cohort.sessions.earliest("starts_at"), cohort.participations.earliest("id")
    yield reverse("trainers:cohorts")
    yield reverse("trainers:new")
    yield reverse("trainers:public-sessions")
    yield from (reverse(f"trainers:{name}", args=[cohort.key]) for name in OF_A_COHORT)
    yield from (reverse(f"trainers:{name}", args=[cohort.key, session.pk]) for name in OF_A_SESSION)
    yield reverse("trainers:person", args=[cohort.key, person.pk])
    yield reverse("verify:list")


def learners_pages(participation: Participation) -> Iterator[str]:
    yield from (reverse(name) for name in OF_NOBODY)
    yield from (reverse(f"groups:{name}", args=[participation.pk]) for name in OF_A_PARTICIPATION)


@pytest.mark.parametrize("turn", range(len(SHOWINGS)))
def test_axe_finds_nothing_on_pages_of_groups(course: FixtureCourse, page: Page, base_url: str, turn: int) -> None:
    width, theme = SHOWINGS[turn]
    trainer = make_trainer()
    cohort = demo_group(trainer)
    learner = cohort.participations.filter(status="joined").latest("progress")
    assert learner.account is not None
    page.emulate_media(color_scheme=theme)
    found = {}
    for person, pages in ((trainer, trainers_pages(cohort)), (learner.account, learners_pages(learner))):
        carry(page, base_url, person)
        # Each page is looked at in one showing; which one, its place in the row says.
        for address in list(pages)[turn :: len(SHOWINGS)]:
            page.set_viewport_size({"width": WIDTHS[width]["width"], "height": 2400})
            response = page.goto(address)
            assert response is not None
            assert response.status == 200, address
            found[address] = [*faults_of(page), *too_wide(page)]
    assert {address: faults for address, faults in found.items() if faults} == {}
