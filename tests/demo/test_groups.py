"""The demo's group: the same on every machine, and in all states."""

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from django.core.management import call_command

from openmuseums.demo.groups import FIRST, KEY, LAST, is_group_there, make_group
from openmuseums.learners.models import Event
from openmuseums.people.models import User
from openmuseums.trainers.completing.keeping import standing_from_events
from openmuseums.trainers.models import Cohort, CompletionEntry, CriterionEntry, Participation, ParticipationEntry
from tests.factories import FixtureCourse, make_trainer

pytestmark = pytest.mark.django_db
AS_OF = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


@pytest.fixture
def group(course: FixtureCourse) -> Cohort:
    make_group(trainer=make_trainer(email="the-trainer@example.org"))
    return Cohort.objects.get(key=KEY)


def test_there_are_24_people_of_five_countries_in_all_states(group: Cohort) -> None:
    rows = list(Participation.objects.filter(cohort=group))
    countries = sorted({row.country for row in rows})
    assert (len(rows), countries) == (24, ["ES", "GR", "IE", "IT", "NL"])
    assert {row.status for row in rows} == {"joined", "left"}
    complete = [row for row in rows if row.completed_at]
    assert {row.rule.number for row in complete} == {1, 2}
    assert any(row.progress == 0 for row in rows)
    assert any(80 <= row.progress < 100 for row in rows)
    assert CompletionEntry.objects.filter(is_complete=False, because="taken-back").exists()


def test_all_of_it_was_recorded_in_the_autumn_of_2026(group: Cohort) -> None:
    for model in (Event, ParticipationEntry, CriterionEntry, CompletionEntry):
        times = model.objects.values_list("occurred_at", "recorded_at")
        assert [pair for pair in times if not FIRST <= min(pair) <= max(pair) <= LAST] == [], model


def test_it_is_the_same_each_time(group: Cohort) -> None:
    told = [
        (str(row.participation_id), row.change, row.recorded_at.isoformat(), row.name, row.museum)
        for row in ParticipationEntry.objects.order_by("id")
    ]
    done = [
        (str(row.participation_id), row.criterion.key, row.is_met, str(row.done), row.recorded_at.isoformat())
        for row in CriterionEntry.objects.order_by("id").select_related("criterion")
    ]
    digest = hashlib.sha256(repr((told, done)).encode()).hexdigest()
    assert digest == "d0dd24dcaa0530c47899edfdb7b97d63bf0c70f8820170e3064b71ed820456e0"


def test_what_is_kept_of_it_follows_from_its_events(group: Cohort) -> None:
    rows = list(Participation.objects.filter(cohort=group, status="joined"))
    follows = standing_from_events(rows)
    assert {row.pk: (row.progress, row.completed_at) for row in rows} == {
        key: (found.progress, found.completed_at) for key, found in follows.items()
    }


def test_making_it_twice_makes_it_once(group: Cohort) -> None:
    make_group(trainer=User.objects.get(email="the-trainer@example.org"))
    assert (is_group_there(), Participation.objects.count()) == (True, 24)


# Whoever changes what the group does, or what a list says, changes these knowingly: the old files still verify.
DIGESTS = {"csv": "bc3e6e815819d276", "jsonl": "04f4db78c7c6ceaa", "xlsx": "0511ffb7df2b0687"}


@pytest.mark.parametrize("kind", sorted(DIGESTS))
def test_its_list_is_the_same_on_every_machine_and_database(group: Cohort, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"list.{kind}"
    call_command("completions", cohort=KEY, format=kind, as_of=AS_OF, preset="auditor", output=file, verbosity=0)
    assert hashlib.sha256(file.read_bytes()).hexdigest()[:16] == DIGESTS[kind]
