"""Two writers at once: nobody joins twice, nothing that somebody did is missed, a rule and an act agree."""

from uuid import UUID

import pytest

from openmuseums.learners.recording import learner_of, mark_read
from openmuseums.trainers.completing.keeping import standing_from_events
from openmuseums.trainers.completing.ruling import Asked, change_rule
from openmuseums.trainers.joining.acts import NoSuchPlaceError, claim, digest_of, join
from openmuseums.trainers.joining.removing import remove
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import CompletionEntry, CriterionEntry, Participation, ParticipationEntry, Removal
from tests.factories import NOW, make_user
from tests.together import run_together
from tests.trainers.making import make_cohort, take_part

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
THREADS = 8


def units(number):
    return tuple(UUID(int=100 + place) for place in range(number))


def test_who_joins_in_many_tabs_takes_part_once():
    cohort, account = make_cohort(), make_user()
    run_together([lambda: join(cohort=cohort, account=account, shared=Shared(), now=NOW)] * THREADS)
    assert Participation.objects.count() == 1
    assert list(ParticipationEntry.objects.values_list("change", flat=True)) == ["joined"]


def test_a_place_is_claimed_by_one_of_many():
    cohort = make_cohort()
    Participation.objects.create(
        cohort=cohort, status="placed", claim_digest=digest_of("CDFG"), rule=cohort.rule_in_force()
    )
    accounts = [make_user() for _number in range(THREADS)]

    def take(account):
        try:
            return claim(code="CDFG", account=account, shared=Shared(), now=NOW).account
        except NoSuchPlaceError:
            return None

    got = [found for found in run_together([lambda each=each: take(each) for each in accounts]) if found]
    assert [Participation.objects.get().account] == got


def test_units_read_at_once_complete_the_course_once():
    cohort = make_cohort(asked=[Asked("units", "units", units(THREADS), THREADS)])
    row = take_part(cohort)
    learner = learner_of(user=row.account, now=NOW)
    run_together([lambda key=key: mark_read(learner=learner, page_key=key, now=NOW) for key in units(THREADS)])
    row.refresh_from_db()
    assert (row.progress, CompletionEntry.objects.count()) == (100, 1)
    assert [int(entry.done) for entry in CriterionEntry.objects.order_by("id")] == list(range(THREADS + 1))


def test_what_is_done_while_somebody_joins_counts():
    cohort = make_cohort(asked=[Asked("units", "units", units(1), 1)])
    account = make_user()
    learner = learner_of(user=account, now=NOW)
    run_together(
        [
            lambda: join(cohort=cohort, account=account, shared=Shared(), now=NOW),
            lambda: mark_read(learner=learner, page_key=units(1)[0], now=NOW),
        ]
    )
    assert Participation.objects.get().completed_at == NOW


def test_a_rule_that_changes_while_people_learn_agrees_with_what_they_did():
    cohort = make_cohort(asked=[Asked("units", "units", units(4), 4)])
    rows = [take_part(cohort) for _number in range(THREADS)]
    learners = [learner_of(user=row.account, now=NOW) for row in rows]
    asked = [Asked("units", "units", units(2), 2)]
    acts = [lambda: change_rule(cohort=cohort, asked=asked, by=None, now=NOW)]
    for learner in learners:
        acts += [lambda learner=learner, key=key: mark_read(learner=learner, page_key=key, now=NOW) for key in units(2)]
    run_together(acts)
    kept = list(Participation.objects.all())
    follows = standing_from_events(kept)
    assert {row.rule.number for row in kept} == {2}
    assert [(row.progress, row.completed_at) for row in kept] == [(100, NOW)] * THREADS
    assert {found.progress for found in follows.values()} == {100}


def test_who_is_taken_out_twice_at_once_is_counted_once():
    row = take_part(make_cohort())
    told = run_together([lambda: remove(participation=row, now=NOW)] * 4)
    assert (sorted(told), Removal.objects.count()) == ([False, False, False, True], 1)
