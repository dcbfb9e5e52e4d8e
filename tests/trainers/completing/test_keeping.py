"""Completion is entered as it becomes so, and always equals what follows from the events."""

import datetime as dt
import random
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmuseums.learners.recording import (
    learner_of,
    mark_read,
    mark_unread,
    record_answers,
    record_quiz_finished,
    record_quiz_regraded,
)
from openmuseums.trainers.completing.keeping import standing_from_events
from openmuseums.trainers.completing.ruling import Asked, change_rule, outlook
from openmuseums.trainers.joining.acts import leave
from openmuseums.trainers.models import CompletionEntry, CriterionEntry, Participation
from tests.factories import NOW, make_learner, make_user
from tests.trainers.making import MADE_AT, everything, make_cohort, take_part

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def key_of(page):
    return UUID(str(page.translation_key))


def finish(learner, quiz, *, passed, now, points=None):
    record_quiz_finished(
        learner=learner,
        page_key=key_of(quiz),
        points=points if points is not None else (10 if passed else 2),
        points_possible=10,
        passed=passed,
        now=now,
    )


def do_everything(learner, course, *, now):
    for unit in course.units.values():
        mark_read(learner=learner, page_key=key_of(unit), now=now)
    finish(learner, next(iter(course.quizzes.values())), passed=True, now=now)


def test_who_does_all_that_is_asked_has_completed(course):
    cohort = make_cohort(asked=everything(course))
    row = take_part(cohort)
    learner = learner_of(user=row.account, now=NOW)
    do_everything(learner, course, now=NOW + DAY)
    row.refresh_from_db()
    assert (row.progress, row.completed_at, row.last_step_at) == (100, NOW + DAY, NOW + DAY)
    entries = CompletionEntry.objects.filter(participation=row).values_list("is_complete", "because", "occurred_at")
    assert list(entries) == [(True, "act", NOW + DAY)]


def test_what_was_done_before_joining_counts_and_is_recorded_at_joining(course):
    cohort = make_cohort(asked=everything(course))
    learner = make_learner()
    do_everything(learner, course, now=NOW - DAY)
    row = take_part(cohort, learner.account, now=NOW)
    assert (row.progress, row.completed_at) == (100, NOW - DAY)
    entry = CompletionEntry.objects.get(participation=row)
    assert (entry.because, entry.occurred_at, entry.recorded_at) == ("joined", NOW - DAY, NOW)


def test_nobody_completes_before_the_rule_was_made(course):
    cohort = make_cohort(asked=everything(course))
    learner = make_learner()
    do_everything(learner, course, now=MADE_AT - DAY)
    assert take_part(cohort, learner.account).completed_at == MADE_AT


def test_what_is_taken_back_is_entered_with_its_reason(course):
    cohort = make_cohort(asked=everything(course))
    row = take_part(cohort)
    learner = learner_of(user=row.account, now=NOW)
    do_everything(learner, course, now=NOW)
    mark_unread(learner=learner, page_key=key_of(next(iter(course.units.values()))), now=NOW + DAY)
    row.refresh_from_db()
    assert (row.progress < 100, row.completed_at) == (True, None)
    last = CompletionEntry.objects.filter(participation=row).latest("id")
    assert (last.is_complete, last.because, last.recorded_at) == (False, "taken-back", NOW + DAY)


def test_a_quiz_that_is_graded_again_moves_completion_and_says_so(course):
    cohort = make_cohort(asked=everything(course))
    row = take_part(cohort)
    learner = learner_of(user=row.account, now=NOW)
    do_everything(learner, course, now=NOW)
    quiz = next(iter(course.quizzes.values()))
    record_quiz_regraded(
        learner=learner, page_key=key_of(quiz), points=Decimal(3), points_possible=10, passed=False, now=NOW + DAY
    )
    last = CriterionEntry.objects.filter(participation=row, criterion__kind="quiz").latest("id")
    assert (last.is_met, last.done, last.because) == (False, Decimal(30), "regraded")


def test_who_has_left_is_followed_no_longer(course):
    cohort = make_cohort(asked=everything(course))
    row = take_part(cohort)
    leave(participation=row, now=NOW)
    before = CriterionEntry.objects.count()
    do_everything(learner_of(user=row.account, now=NOW), course, now=NOW + DAY)
    row.refresh_from_db()
    assert (row.completed_at, row.last_step_at, CriterionEntry.objects.count()) == (None, None, before)


def test_another_rule_leaves_those_who_completed_alone_and_moves_the_others(course):
    cohort = make_cohort(asked=everything(course))
    done, begun = take_part(cohort), take_part(cohort)
    do_everything(learner_of(user=done.account, now=NOW), course, now=NOW)
    quizzes = [key_of(quiz) for quiz in course.quizzes.values()]
    harder = [*everything(course), Asked("second", "quiz", (quizzes[1],), 80)]
    told = outlook(cohort=cohort, asked=harder)
    assert (told.kept, told.gained, told.moved) == (1, 0, 1)
    change_rule(cohort=cohort, asked=harder, by=None, now=NOW + DAY)
    done.refresh_from_db()
    begun.refresh_from_db()
    assert (done.rule.number, done.completed_at, begun.rule.number) == (1, NOW, 2)


def test_an_easier_rule_completes_from_when_it_was_made(course):
    cohort = make_cohort(asked=everything(course))
    row = take_part(cohort)
    units = list(course.units.values())
    mark_read(learner=learner_of(user=row.account, now=NOW), page_key=key_of(units[0]), now=NOW)
    easier = [Asked("units", "units", (key_of(units[0]),), 1)]
    assert outlook(cohort=cohort, asked=easier).gained == 1
    change_rule(cohort=cohort, asked=easier, by=None, now=NOW + DAY)
    row.refresh_from_db()
    assert (row.rule.number, row.completed_at, row.progress) == (2, NOW + DAY, 100)


def test_the_same_rule_is_no_new_version(course):
    cohort = make_cohort(asked=everything(course))
    change_rule(cohort=cohort, asked=everything(course), by=None, now=NOW)
    assert cohort.rule_in_force().number == 1


def test_what_is_kept_of_200_learners_equals_what_follows_from_their_events(course):
    """Acts of all kinds, in a random order from a fixed seed; some join late, some leave, the rule changes half way."""
    chance = random.Random(20261101)  # noqa: S311 - the same each time
    units, quizzes = list(course.units.values()), list(course.quizzes.values())
    checks = tuple(key_of(unit) for unit in units)
    asked = [*everything(course), Asked("checks", "self-checks", checks, 2)]
    cohort = make_cohort(asked=asked)
    accounts = [make_user(email=f"learner-{number}@example.org") for number in range(200)]
    learners = [learner_of(user=account, now=NOW) for account in accounts]
    rows = [take_part(cohort, account) for account in accounts[:150]]
    for step in range(2400):
        if step == 1200:
            change_rule(cohort=cohort, asked=asked[:2], by=None, now=NOW + step * dt.timedelta(minutes=1))
            rows += [take_part(cohort, account, now=NOW + step * dt.timedelta(minutes=1)) for account in accounts[150:]]
        _act(chance, chance.choice(learners), units, quizzes, NOW + step * dt.timedelta(minutes=1))
    kept = {row.pk: row for row in Participation.objects.filter(cohort=cohort)}
    for key, follows in standing_from_events(list(kept.values())).items():
        last = {
            entry.criterion_id: (entry.is_met, entry.done)
            for entry in CriterionEntry.objects.filter(participation=key).order_by("id")
        }
        assert {each.id: (found.is_met, found.done) for each, found in follows.measures}.items() <= last.items()
        assert (kept[key].progress, kept[key].completed_at) == (follows.progress, follows.completed_at)
        assert follows.progress <= 100
    assert {row.completed_at is None for row in kept.values()} == {True, False}


def _act(chance, learner, units, quizzes, now):
    match chance.randrange(8):
        case 0 | 1 | 2 | 6 | 7:
            mark_read(learner=learner, page_key=key_of(chance.choice(units)), now=now)
        case 3:
            mark_unread(learner=learner, page_key=key_of(chance.choice(units)), now=now)
        case 4:
            answers = {f"question-{chance.randrange(3)}": chance.random() < 0.6}
            record_answers(learner=learner, page_key=key_of(chance.choice(units)), answers=answers, now=now)
        case 5:
            finish(learner, chance.choice(quizzes), passed=chance.random() < 0.5, now=now)


def test_an_act_costs_four_queries_more_in_a_group_and_none_without(course):
    follower = take_part(make_cohort(asked=everything(course)))
    unit = next(iter(course.units.values()))
    costs = []
    for learner in (make_learner(), learner_of(user=follower.account, now=NOW)):
        mark_read(learner=learner, page_key=key_of(list(course.units.values())[1]), now=NOW)
        with CaptureQueriesContext(connection) as queries:
            mark_read(learner=learner, page_key=key_of(unit), now=NOW)
        costs.append(sum("SAVEPOINT" not in query["sql"] for query in queries))
    # Who takes part, what happened; the new entry, and how far they are. What rules ask for is remembered.
    assert costs[1] - costs[0] == 4
