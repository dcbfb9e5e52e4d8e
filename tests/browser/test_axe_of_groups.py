"""axe finds nothing on the pages of groups, trainers' and learners', in any language; nothing runs off the screen."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from playwright.sync_api import Page

from openmuseums.trainers.announcing.acts import Said, announce
from openmuseums.trainers.following.seeking import Sought
from openmuseums.trainers.lists.exporting import ask_for
from openmuseums.trainers.lists.making import Asked
from openmuseums.trainers.models import Cohort, Export, Invitation, Participation
from tests.browser.examining import Turn, faults_in_turn, turns
from tests.demo.made import demo_group
from tests.factories import FixtureCourse, make_trainer, make_translation
from tests.journeys.test_second_factor import carry
from tests.trainers.making import make_invitation, make_place

OF_A_COHORT = (
    "cohort", "change", "rule", "staff", "hand-over", "archive", "people", "sessions", "session-add", "calendar",
    "invitations", "announcements", "announce", "lists", "places",
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
# All that the demo's group did was recorded by then.
AS_OF = "2026-11-01T02:00"
OF_A_PARTICIPATION = ("group", "share", "leave")
OF_NOBODY = ("groups:mine", "groups:join", "groups:claim", "groups:attend", "groups:calendar", "calendars:calendar")


@pytest.fixture
def cohort(course: FixtureCourse, settings: LazySettings, tmp_path: Path, turn: Turn) -> Cohort:
    """Return the demo's group, in which something was announced, a list was made, and a place is kept.

    The language is public; of the course it has the course page alone.
    """
    if turn.language != "en":
        make_translation(course.course, turn.language)
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.SIGNING_KEY_FILE = tmp_path / "signing-key.pem"
    trainer = make_trainer(name="Ann")
    cohort, now = demo_group(trainer), timezone.now()
    said = [Said(language, "Session", "Session") for language in cohort.languages]
    announce(cohort=cohort, sought=Sought(), said=said, by=trainer, token="t", now=now)
    columns = ("pseudonym", "museum", "criteria", "completed")
    as_of = now - dt.timedelta(minutes=5)
    ask_for(asked=Asked(cohort, as_of, columns, "csv", "en"), by=trainer, now=now)
    make_invitation(cohort)
    make_place(cohort, trainer)
    return cohort


def trainers_pages(cohort: Cohort) -> Iterator[str]:
    session, person = cohort.sessions.earliest("starts_at"), cohort.participations.earliest("id")
    yield reverse("trainers:cohorts")
    yield reverse("trainers:new")
    yield reverse("trainers:public-sessions")
    yield from (reverse(f"trainers:{name}", args=[cohort.key]) for name in OF_A_COHORT)
    yield from (reverse(f"trainers:{name}", args=[cohort.key, session.pk]) for name in OF_A_SESSION)
    yield reverse("trainers:person", args=[cohort.key, person.pk])
    yield reverse("trainers:person", args=[cohort.key, furthest(cohort).pk])
    yield reverse("trainers:list", args=[cohort.key, Export.objects.get().pk])
    yield reverse("verify:list")
    yield f"{reverse('trainers:people', args=[cohort.key])}?is_idle=on"
    wanted = {"preset": "auditor", "file_format": "csv", "locale": get_language(), "as_of": AS_OF}
    yield f"{reverse('trainers:lists', args=[cohort.key])}?{urlencode(wanted)}"


def learners_pages(participation: Participation) -> Iterator[str]:
    yield from (reverse(name) for name in OF_NOBODY)
    yield from (reverse(f"groups:{name}", args=[participation.pk]) for name in OF_A_PARTICIPATION)
    yield reverse("groups:invitation", args=[Invitation.objects.get().token])


def furthest(cohort: Cohort) -> Participation:
    return cohort.participations.filter(status="joined").latest("progress", "pk")


def names_in(cohort: Cohort) -> str:
    """Return what people and things are called in a group; lists call what a rule asks for the same everywhere."""
    people = cohort.participations.values_list("name", "email", "museum", "account__email")
    sessions = cohort.sessions.values_list("title", "place", "address", "code")
    rows = [*people, *sessions, *cohort.staff.values_list("account__name", "account__email")]
    keys = cohort.rule_in_force().criteria.values_list("key", flat=True)
    known = [*keys, cohort.name, cohort.join_code, cohort.organisation.name]
    return " ".join([*known, *(str(field) for row in rows for field in row)])


@pytest.mark.parametrize("turn", turns())
def test_axe_finds_nothing_on_pages_of_groups(cohort: Cohort, page: Page, base_url: str, turn: Turn) -> None:
    trainer, learner = cohort.staff.get().account, furthest(cohort).account
    assert learner is not None
    found = {}
    for person, pages in ((trainer, trainers_pages), (learner, learners_pages)):
        carry(page, base_url, person)
        with translation.override(turn.language):
            addresses = list(pages(cohort if person == trainer else furthest(cohort)))
        found |= faults_in_turn(page, turn, addresses, names=names_in(cohort))
    assert found == {}
