"""A rule that asks for units counts one of two pages once, whenever the rule was made."""

import datetime as dt

import pytest
from django.core.management import call_command

from openmuseums.learners.outline import get_outline
from openmuseums.learners.recording import learner_of, mark_read, mark_unread, record_answers
from openmuseums.trainers.completing.drafting import self_checks_asked, self_checks_in, units_asked
from openmuseums.trainers.completing.explaining import explain
from openmuseums.trainers.following.counting import cells, done_by, totals
from openmuseums.trainers.models import CriterionEntry, Participation
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
    assert [found.title for found in explained.counted] == ["Digital strategy"] or len(explained.counted) == 1
    mark_unread(learner=learner, page_key=second.translation_key, now=NOW + 4 * DAY)
    late.refresh_from_db()
    assert late.completed_at is None


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
