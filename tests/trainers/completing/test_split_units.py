"""A rule that asks for units counts one of two pages once, whenever the rule was made."""

import datetime as dt
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command

from openmuseums.learners.outline import get_outline
from openmuseums.learners.recording import learner_of, mark_read, mark_unread, record_answers
from openmuseums.trainers.completing.drafting import self_checks_asked, self_checks_in, units_asked
from openmuseums.trainers.completing.explaining import explain
from openmuseums.trainers.following.counting import cells, done_by, totals
from openmuseums.trainers.lists.columns import PRESETS
from openmuseums.trainers.lists.keys import Signer
from openmuseums.trainers.lists.making import Asked, Format, make_file
from openmuseums.trainers.models import Cohort, CriterionEntry, Participation
from tests.factories import NOW, FixtureCourse, make_continuation
from tests.trainers.making import make_cohort, take_part

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def entries(row: Participation) -> list[tuple[bool, int]]:
    return [
        (is_met, int(done))
        for is_met, done in CriterionEntry.objects.filter(participation=row).values_list("is_met", "done")
    ]


def test_unit_counts_once_and_is_kept_by_who_had_read_it_before_the_split(course: FixtureCourse) -> None:
    outline = get_outline()
    assert outline is not None
    cohort = make_cohort(asked=[units_asked(outline, 1)])
    early, late = take_part(cohort), take_part(cohort)
    unit = course.units["digital-strategy"]
    mark_read(learner=learner_of(user=early.account, now=NOW), page_key=unit.translation_key, now=NOW + DAY)
    before = entries(early)
    second = make_continuation(unit)
    split = get_outline()
    assert split is not None
    assert units_asked(split, 1).pages == units_asked(outline, 1).pages
    learner = learner_of(user=late.account, now=NOW)
    mark_read(learner=learner, page_key=unit.translation_key, now=NOW + 2 * DAY)
    late.refresh_from_db()
    assert (late.completed_at, late.last_step_at) == (None, NOW + 2 * DAY)
    mark_read(learner=learner, page_key=second.translation_key, now=NOW + 3 * DAY)
    call_command("rebuild_completion", "--check")
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.completed_at, late.completed_at) == (NOW + DAY, NOW + 3 * DAY)
    assert entries(early) == before == entries(late) == [(False, 0), (True, 1)]
    chapters = tuple(each for each in split.chapters if each.steps)
    done = done_by([early, late], chapters)
    assert [cells(done[row.pk], chapters)[1].units_read for row in (early, late)] == [1, 1]
    assert totals(Participation.objects.all(), chapters).complete == 2
    explained = explain(late, split).criteria[0]
    assert [found.title for found in explained.counted] == [unit.title]
    mark_unread(learner=learner, page_key=second.translation_key, now=NOW + 4 * DAY)
    late.refresh_from_db()
    assert late.completed_at is None


def list_of(cohort: Cohort, as_of: dt.datetime, folder: Path) -> bytes:
    """Return a list as of a time; of whoever made it, and of which day it is now, it knows nothing."""
    path = folder / "list.csv"
    asked = Asked(
        cohort=cohort,
        as_of=as_of,
        columns=PRESETS["auditor"],
        file_format=Format.CSV,
        locale="en",
        preset="auditor",
    )
    signer = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    make_file(asked, path, signer=signer, now=NOW + 90 * DAY)
    return path.read_bytes()


def test_list_as_of_a_time_before_the_split_stays_the_same_bytes(course: FixtureCourse, tmp_path: Path) -> None:
    outline = get_outline()
    assert outline is not None
    cohort = make_cohort(asked=[units_asked(outline, 1)])
    early, late = take_part(cohort), take_part(cohort)
    unit = course.units["digital-strategy"]
    mark_read(learner=learner_of(user=early.account, now=NOW), page_key=unit.translation_key, now=NOW + DAY)
    before, after = NOW + 2 * DAY, NOW + 9 * DAY
    then = list_of(cohort, before, tmp_path)
    second = make_continuation(unit)
    learner = learner_of(user=late.account, now=NOW)
    mark_read(learner=learner, page_key=unit.translation_key, now=NOW + 3 * DAY)
    halfway = list_of(cohort, after, tmp_path)
    assert (then.count(b",yes,"), halfway.count(b",yes,")) == (1, 1)
    mark_read(learner=learner, page_key=second.translation_key, now=NOW + 4 * DAY)
    call_command("rebuild_progress")
    call_command("rebuild_completion")
    whole = list_of(cohort, after, tmp_path)
    assert list_of(cohort, before, tmp_path) == then
    assert whole.count(b",yes,") == 2
    # The split undone changes nothing either.
    second.unpublish()
    call_command("rebuild_completion")
    assert (list_of(cohort, before, tmp_path), list_of(cohort, after, tmp_path)) == (then, whole)


def test_self_checks_of_both_pages_count_with_the_unit(course: FixtureCourse) -> None:
    outline = get_outline()
    assert outline is not None
    unit = course.units["digital-strategy"]
    second = make_continuation(unit)
    split = get_outline()
    assert split is not None
    assert self_checks_in(split) == self_checks_in(outline) + 1
    # The rule was made before the split, and names no page but the unit's.
    row = take_part(make_cohort(asked=[self_checks_asked(outline, 2)]))
    learner = learner_of(user=row.account, now=NOW)
    answers = {unit.body[3].id: True, second.body[2].id: True}
    record_answers(learner=learner, page_key=unit.translation_key, answers=answers, now=NOW + DAY)
    row.refresh_from_db()
    assert row.progress == 100
