"""Joining, claiming, sharing, leaving, being taken out: each by one's own act, each entered."""

import datetime as dt

import pytest

from openmuseums.organisations.belonging import join as belong
from openmuseums.trainers.cohorts.managing import archive
from openmuseums.trainers.entering import CohortClosedError, enter_new
from openmuseums.trainers.joining.acts import (
    NoSuchPlaceError,
    TakesPartAlreadyError,
    claim,
    cohort_to_join,
    digest_of,
    join,
    leave,
    share,
)
from openmuseums.trainers.joining.removing import remove
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Cohort, Participation, ParticipationEntry, Removal
from openmuseums.trainers.secrets import in_groups
from tests.factories import NOW, make_user
from tests.trainers.making import make_cohort, make_museum, take_part

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)


def changes(row):
    return list(row.entries.order_by("id").values_list("change", "status", "name"))


def keep_place(cohort, code="CDFG-JLQR"):
    place = Participation.objects.create(
        cohort=cohort, status="placed", name="A person", claim_digest=digest_of(code), rule=cohort.rule_in_force()
    )
    enter_new([place], change="placed", now=NOW)
    return place


def test_a_code_opens_its_group_however_it_is_written():
    cohort = make_cohort()
    written = f" {in_groups(cohort.join_code).lower()} "
    assert cohort_to_join(written) == cohort


def test_a_code_opens_no_group_that_is_closed_or_archived():
    closed, archived = make_cohort(is_open=False), make_cohort()
    archive(cohort=archived, by=make_user(), now=NOW)
    assert [cohort_to_join(cohort.join_code) for cohort in (closed, archived)] == [None, None]


def test_who_shares_nothing_is_a_number():
    row = take_part(make_cohort())
    assert (row.name, row.email, row.museum, row.label) == ("", "", "", f"Participant {row.pseudonym}")


def test_who_shares_is_known_as_they_are_now():
    account = make_user(name="A learner", email="a.learner@example.org")
    membership = belong(account=account, organisation=make_museum("Glass Museum", "IT"), role="volunteer", now=NOW)
    row = take_part(make_cohort(), account, shared=Shared(name=True, email=True, membership=membership))
    told = (row.name, row.email, row.museum, row.country, row.role)
    assert told == ("A learner", "a.learner@example.org", "Glass Museum", "IT", "volunteer")
    assert changes(row) == [("joined", "joined", "A learner")]


def test_joining_twice_is_joining_once():
    cohort, account = make_cohort(), make_user()
    first, second = take_part(cohort, account), take_part(cohort, account, now=LATER)
    assert first == second
    assert changes(first) == [("joined", "joined", "")]


def test_a_closed_group_takes_in_who_is_invited_alone():
    cohort = make_cohort(is_open=False)
    with pytest.raises(CohortClosedError):
        join(cohort=cohort, account=make_user(), shared=Shared(), now=NOW)
    assert join(cohort=cohort, account=make_user(), shared=Shared(), now=NOW, is_invited=True).status == "joined"


def test_an_archived_group_takes_in_nobody():
    cohort = make_cohort()
    archive(cohort=cohort, by=make_user(), now=NOW)
    with pytest.raises(CohortClosedError):
        join(cohort=cohort, account=make_user(), shared=Shared(), now=NOW, is_invited=True)
    assert not Participation.objects.exists()


def test_sharing_something_else_is_entered_and_the_same_is_not():
    row = take_part(make_cohort(), make_user(name="A learner"))
    share(participation=row, shared=Shared(name=True), now=LATER)
    share(participation=row, shared=Shared(name=True), now=LATER)
    assert changes(row) == [("joined", "joined", ""), ("shared", "joined", "A learner")]


def test_leaving_and_coming_back_are_entered():
    cohort, account = make_cohort(), make_user()
    row = take_part(cohort, account)
    leave(participation=row, now=LATER)
    leave(participation=row, now=LATER)
    take_part(cohort, account, now=LATER)
    assert [change for change, _status, _name in changes(row)] == ["joined", "left", "joined"]


def test_leaving_is_possible_when_the_group_is_archived():
    cohort = make_cohort()
    row = take_part(cohort)
    archive(cohort=cohort, by=make_user(), now=NOW)
    leave(participation=row, now=LATER)
    row.refresh_from_db()
    assert row.status == "left"


def test_who_is_taken_out_is_counted_and_not_named():
    row = take_part(make_cohort(), make_user(name="A learner"), shared=Shared(name=True))
    assert remove(participation=row, now=LATER) is True
    assert remove(participation=row, now=LATER) is False
    assert not ParticipationEntry.objects.exists()
    assert list(Removal.objects.values_list("cohort", "joined_recorded_at", "removed_at")) == [
        (row.cohort_id, NOW, LATER)
    ]


def test_a_place_is_claimed_with_its_code_once():
    cohort, account = make_cohort(), make_user(name="A learner")
    place = keep_place(cohort)
    row = claim(code="cdfg jlqr", account=account, shared=Shared(), now=LATER)
    assert (row.pk, row.account, row.status, row.name) == (place.pk, account, "joined", "")
    assert changes(row) == [("placed", "placed", "A person"), ("joined", "joined", "")]
    with pytest.raises(NoSuchPlaceError):
        claim(code="cdfg jlqr", account=make_user(), shared=Shared(), now=LATER)


def test_who_takes_part_claims_no_second_place():
    cohort, account = make_cohort(), make_user()
    take_part(cohort, account)
    place = keep_place(cohort)
    with pytest.raises(TakesPartAlreadyError):
        claim(code="CDFG-JLQR", account=account, shared=Shared(), now=LATER)
    place.refresh_from_db()
    assert (place.status, place.account) == ("placed", None)


def test_the_state_that_is_kept_is_that_of_the_last_entry():
    row = take_part(make_cohort(), make_user(name="A learner"), shared=Shared(name=True))
    leave(participation=row, now=LATER)
    row.refresh_from_db()
    last = row.entries.latest("id")
    assert {field: getattr(row, field) for field in row.STATE} == {field: getattr(last, field) for field in row.STATE}


def test_a_group_goes_with_all_that_is_in_it():
    cohort = make_cohort()
    take_part(cohort)
    Cohort.objects.filter(pk=cohort.pk).delete()
    assert not Participation.objects.exists()
