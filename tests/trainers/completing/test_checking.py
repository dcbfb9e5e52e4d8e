"""What is kept of completion is compared with what follows from events, and mended by a further entry."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from openmuseums.learners.recording import learner_of, mark_read
from openmuseums.trainers.models import CompletionEntry, CriterionEntry, Participation
from tests.factories import NOW
from tests.trainers.making import everything, make_cohort, take_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(course):
    found = take_part(make_cohort(asked=everything(course)[:1]))
    learner = learner_of(user=found.account, now=NOW)
    for unit in course.units.values():
        mark_read(learner=learner, page_key=unit.translation_key, now=NOW)
    return found


def check(**options):
    out = StringIO()
    call_command("rebuild_completion", stdout=out, **options)
    return out.getvalue().strip()


def test_nothing_differs_of_what_was_kept_as_it_happened(row):
    assert check() == "0 differences."


def test_what_differs_is_told_and_left_alone(row):
    Participation.objects.filter(pk=row.pk).update(progress=40, completed_at=None)
    with pytest.raises(CommandError, match="1 differences"):
        check(check=True)
    assert Participation.objects.get(pk=row.pk).progress == 40


def test_what_differs_is_mended_by_an_entry(row):
    before = CriterionEntry.objects.count()
    Participation.objects.filter(pk=row.pk).update(progress=40, completed_at=None)
    assert check().endswith("1 differences, mended.")
    row.refresh_from_db()
    last = CompletionEntry.objects.latest("id")
    assert (row.progress, row.completed_at, last.because, last.occurred_at) == (100, NOW, "checked", NOW)
    assert CriterionEntry.objects.count() == before


def test_what_is_kept_of_a_criterion_is_compared_and_mended(row):
    Participation.objects.filter(pk=row.pk).update(measures={})
    with pytest.raises(CommandError, match="1 differences"):
        check(check=True)
    assert check().endswith("1 differences, mended.")
    assert check(check=True) == "0 differences."


def test_a_group_is_checked_by_itself(row):
    Participation.objects.filter(pk=row.pk).update(progress=40)
    assert check(cohort="another") == "0 differences."
