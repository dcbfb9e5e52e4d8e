"""What benchmarks are measured with is what acting would have left, and references write the same rows."""

import csv
import itertools
from pathlib import Path

import pytest

from benchmarks.lists import write_list
from benchmarks.seeding import Group, make_group, seed
from openmuseums.learners.outline import Outline, get_outline
from openmuseums.trainers.completing.keeping import standing_from_events
from openmuseums.trainers.models import CompletionEntry, CriterionEntry, Participation
from tests.factories import FixtureCourse, make_trainer

pytestmark = pytest.mark.django_db


@pytest.fixture
def outline(course: FixtureCourse) -> Outline:
    found = get_outline()
    assert found is not None
    return found


@pytest.fixture
def group(outline: Outline) -> Group:
    group = make_group("Everybody", outline, make_trainer())
    seed(group, outline, range(60))
    return group


def test_what_is_seeded_is_what_follows_from_events(group: Group) -> None:
    people = list(Participation.objects.filter(status="joined"))
    reckoned = standing_from_events(people)
    assert [(row.progress, row.completed_at) for row in people] == [
        (reckoned[row.pk].progress, reckoned[row.pk].completed_at) for row in people
    ]
    assert len({row.progress for row in people}) > 5


def test_entries_say_what_stands(group: Group) -> None:
    people = {row.pk: row for row in Participation.objects.filter(status="joined")}
    reckoned = standing_from_events(list(people.values()))
    last = {(entry.participation_id, entry.criterion_id): entry for entry in CriterionEntry.objects.order_by("id")}
    for key in people:
        for wanted, measured in reckoned[key].measures:
            entry = last[key, wanted.id]
            assert (entry.is_met, entry.done) == (measured.is_met, measured.done)
    completed = {entry.participation_id: entry.occurred_at for entry in CompletionEntry.objects.all()}
    assert completed == {row.pk: row.completed_at for row in Participation.objects.all() if row.completed_at}


def test_the_same_people_are_seeded_whatever_was_seeded_before(outline: Outline) -> None:
    trainer = make_trainer()
    one, other = (make_group(name, outline, trainer) for name in ("One", "Other"))
    seed(one, outline, range(3))
    seed(other, outline, range(3, 5))
    together = list(Participation.objects.order_by("account").values_list("id", "name", "progress"))
    assert len(together) == 5
    Participation.objects.all().delete()
    for account in list(trainer.__class__.objects.filter(email__startswith="learner-")):
        account.delete()
    seed(one, outline, range(5))
    assert list(Participation.objects.order_by("account").values_list("id", "name", "progress")) == together


def test_references_write_the_rows_of_the_lists(group: Group, tmp_path: Path) -> None:
    paths = {what: tmp_path / what for what in ("csv", "csv-raw", "xlsx", "xlsx-raw")}
    rows = {what: write_list(what, group.cohort.key, path)["rows"] for what, path in paths.items()}
    assert rows == dict.fromkeys(paths, 60)
    _heading, *own = csv.reader(paths["csv"].read_text(encoding="utf-8-sig").splitlines())
    raw = list(csv.reader(paths["csv-raw"].read_text(encoding="utf-8").splitlines()))
    assert {len(row) for row in own} == {len(row) for row in raw} == {len(own[0])}
    for mine, theirs in itertools.zip_longest(own, raw):
        # Names and museums, sessions attended, and whether completed.
        assert (mine[1], mine[2], mine[16], bool(mine[18])) == (theirs[1], theirs[2], theirs[16], bool(theirs[18]))
