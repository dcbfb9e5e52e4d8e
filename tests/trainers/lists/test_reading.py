"""Rows are read as of a time, in one order, by a fixed number of queries a block and in the same memory."""

import datetime as dt
import tracemalloc
from uuid import UUID

import pytest

from openmuseums.trainers.lists.columns import PRESETS
from openmuseums.trainers.lists.conditions import Conditions
from openmuseums.trainers.lists.making import Asked, Format, pieces
from openmuseums.trainers.lists.reading import Parts, Selection, blocks, count, rows
from openmuseums.trainers.lists.rules import rules_as_of
from openmuseums.trainers.models import Participation, ParticipationEntry, RuleVersion, Session, SessionTimes
from tests.trainers.lists.fixed import AS_OF, HOUR, JAN, KEYS, LATER, MARIA, correct_later, day, fixed_cohort
from tests.trainers.making import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return fixed_cohort()


def keep_places(cohort, number):
    """Keep many places in a cohort, each recorded."""
    rule = RuleVersion.objects.get(cohort=cohort)
    keys = [UUID(int=(place * 2**64) + 1) for place in range(number)]
    state = {"status": "placed", "name": "Somebody with a name that is not short", "rule": rule}
    Participation.objects.bulk_create([Participation(id=key, cohort=cohort, **state) for key in keys])
    ParticipationEntry.objects.bulk_create(
        [
            ParticipationEntry(participation_id=key, change="placed", occurred_at=day(1), recorded_at=day(1), **state)
            for key in keys
        ]
    )


def test_rows_come_in_the_order_of_their_keys(cohort):
    assert [row.id for row in rows(Selection(cohort.pk, AS_OF))] == KEYS
    assert [row.id for row in rows(Selection(cohort.pk, AS_OF), after=KEYS[1])] == KEYS[2:]
    assert [row.id for row in rows(Selection(cohort.pk, AS_OF, only=JAN))] == [JAN]


def test_who_was_not_recorded_by_then_has_no_row(cohort):
    # Recorded an hour after it happened.
    assert [row.id for row in rows(Selection(cohort.pk, day(1) + HOUR - dt.timedelta(microseconds=1)))] == []
    assert [row.id for row in rows(Selection(cohort.pk, day(1) + HOUR))] == [MARIA]


def test_people_of_another_cohort_have_none(cohort):
    other = make_cohort()
    keep_places(other, 3)
    assert count(Selection(cohort.pk, AS_OF)) == 5
    assert count(Selection(other.pk, AS_OF)) == 3


def test_queries_are_the_same_for_each_block(cohort, django_assert_num_queries):
    selection = Selection(cohort.pk, AS_OF)
    # Of sessions two; of each block its end, and one for states, criteria, attendance and completion.
    with django_assert_num_queries(2 + 5):
        assert [len(block) for block in blocks(selection, size=10)] == [5]
    with django_assert_num_queries(2 + 3 * 5):
        assert [len(block) for block in blocks(selection, size=2)] == [2, 2, 1]
    with django_assert_num_queries(2):
        assert count(selection) == 5


def test_what_is_not_asked_for_is_not_read(cohort, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = list(rows(Selection(cohort.pk, AS_OF), parts=Parts(criteria=False, attendance=False, completion=False)))
    assert [(row.criteria, row.sessions, row.completed_at) for row in found] == [({}, 0, None)] * 5


def test_conditions_are_asked_of_what_was_so_then(cohort):
    correct_later(cohort)
    selection = Selection(cohort.pk, AS_OF, Conditions(museum="Museum ’t Hof", complete="no"))
    assert [row.name for row in rows(selection)] == ["Jan de Vries"]
    later = Selection(cohort.pk, LATER, Conditions(museum="Museum ’t Hof", complete="no"))
    assert list(rows(later)) == []


def test_hours_are_those_that_were_planned_then(cohort):
    session = Session.objects.order_by("starts_at").first()
    session.ends_at += HOUR
    session.changed_at = day(20)
    session.save()
    session.title = "The same times"
    session.changed_at = day(21)
    session.save()
    assert SessionTimes.objects.filter(session=session).count() == 2
    seconds = [next(rows(Selection(cohort.pk, at, only=MARIA))).seconds for at in (day(19), day(20))]
    # Of three sessions of half an hour, an hour, and an hour and a half, the last is cancelled on the 30th day.
    assert seconds == [3 * 3600, 4 * 3600]
    assert next(rows(Selection(cohort.pk, AS_OF, only=MARIA))).seconds == 2.5 * 3600


def test_rules_are_those_that_somebody_went_by(cohort):
    assert [rule.number for rule in rules_as_of(cohort.pk, day(19))] == [1]
    assert [rule.number for rule in rules_as_of(cohort.pk, AS_OF)] == [1, 2]
    Participation.objects.get(pk=MARIA).delete()
    assert [rule.number for rule in rules_as_of(cohort.pk, AS_OF)] == [2]


def test_long_list_takes_no_more_memory_than_a_short_one(monkeypatch):
    monkeypatch.setattr(blocks, "__kwdefaults__", {"parts": None, "after": None, "size": 100})

    def peak(cohort):
        asked = Asked(cohort, AS_OF, PRESETS["auditor"], Format.CSV, "en")
        tracemalloc.start()
        written = sum(len(piece) for piece in pieces(asked))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return written, peak

    short, long = make_cohort(), make_cohort()
    keep_places(short, 200)
    peak(short)  # what is loaded once
    written, small = peak(short)
    Participation.objects.filter(cohort=short).delete()
    keep_places(long, 3000)
    written_much, large = peak(long)
    assert written_much > 10 * written
    assert large < 1.5 * small
