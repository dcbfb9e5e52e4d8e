"""The log says who did what to a group, in numbers and keys; whom it was about it does not say."""

import json

import pytest
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from openmuseums.trainers.announcing.acts import Said, announce
from openmuseums.trainers.following.seeking import Sought
from openmuseums.trainers.inviting.acts import invite, renew, withdraw
from openmuseums.trainers.inviting.planning import Guest
from openmuseums.trainers.models import Announcement, Invitation, Participation
from openmuseums.trainers.placing.acts import add_account, keep_places, new_code, rename, take_away
from tests.factories import NOW, make_trainer
from tests.trainers.making import make_cohort, take_part

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Ann Example", "ann@example.org"


@pytest.fixture
def trainer():
    return make_trainer()


@pytest.fixture
def cohort(trainer):
    made = make_cohort(trainer)
    ModelLogEntry.objects.all().delete()
    return made


def logged(cohort, by):
    """Return what the log says, in the order in which it was done; all of it by one person, of one group."""
    entries = list(ModelLogEntry.objects.order_by("pk"))
    assert {(entry.object_id, entry.user) for entry in entries} == {(str(cohort.pk), by)}
    said = json.dumps([entry.data for entry in entries])
    assert [word for word in (NAME, ADDRESS, "Anna") if word in said] == []
    names = dict(registry.get_choices())
    return [(str(names[entry.action]), entry.data) for entry in entries]


def test_log_says_how_many_were_invited_and_which_invitation_was_withdrawn(cohort, trainer):
    guests = [Guest(ADDRESS, NAME), Guest("bo@example.org")]
    for _time in range(2):
        invite(cohort=cohort, guests=guests, by=trainer, now=NOW)
    row = Invitation.objects.get(email=ADDRESS)
    for _time in range(2):
        withdraw(cohort=cohort, invitation_id=row.pk, by=trainer, now=NOW)
    for _time in range(2):
        renew(cohort=cohort, invitation_id=row.pk, by=trainer)
    assert logged(cohort, trainer) == [
        ("Invite people", {"count": 2}),
        ("Withdraw an invitation", {"invitation": row.pk}),
        ("Let an invitation hold again", {"invitation": row.pk}),
    ]


def test_log_says_to_how_many_something_was_told_and_not_what(cohort, trainer):
    take_part(cohort)
    said = [Said("en", NAME, f"Write to {ADDRESS}.")]
    for _time in range(2):
        announce(cohort=cohort, sought=Sought(), said=said, by=trainer, token="t", now=NOW)
    told = {"announcement": Announcement.objects.get().pk, "people": 1, "letters": 0}
    assert logged(cohort, trainer) == [("Tell a group something", told)]


def test_log_says_what_was_done_with_a_place_and_not_whose_it_is(cohort, trainer):
    keep_places(cohort=cohort, names=[NAME], with_accounts=False, by=trainer, now=NOW)
    place = Participation.objects.get()
    for name in ("Anna", "Anna"):
        rename(cohort=cohort, place_id=place.pk, name=name, by=trainer, now=NOW)
    add_account(cohort=cohort, place_id=place.pk, by=trainer, now=NOW)
    new_code(cohort=cohort, place_id=place.pk, by=trainer, now=NOW)
    take_away(cohort=cohort, place_id=place.pk, by=trainer, now=NOW)
    which = {"place": str(place.pk)}
    assert logged(cohort, trainer) == [
        ("Add people by name", {"count": 1, "with_accounts": False}),
        ("Change the name of a place", which),
        ("Make an account for a place", which),
        ("Give a place a new code", which),
        ("Give a place a new code", which),
        ("Keep a place no longer", which),
    ]
