"""Many at once on one organisation: each with a connection of its own, all let go at the same moment."""

import threading
from contextlib import suppress

import pytest

from openmuseums.organisations.belonging import OrganisationGoneError, join, leave
from openmuseums.organisations.merging import NotMergeableError, merge
from openmuseums.organisations.models import Membership, Name, Organisation
from openmuseums.organisations.naming import find_or_add, found_by
from tests.factories import NOW, make_user
from tests.learners.test_concurrency import LONG, MOMENT, after, at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

THREADS = 16


def add(name):
    return find_or_add(name=name, country="NL", kind="museum", now=NOW)


def test_a_name_typed_by_many_at_once_is_one_organisation():
    accounts = [make_user() for _ in range(THREADS)]
    at_once(lambda number: join(account=accounts[number], organisation=add("Glass"), role="board", now=NOW), THREADS)
    assert (Organisation.objects.count(), Name.objects.count(), Membership.objects.count()) == (1, 1, THREADS)


def test_joining_beside_a_merge_loses_and_doubles_nobody():
    kept, double = add("Glass Museum"), add("Glasmuseum")
    accounts = [make_user() for _ in range(THREADS)]
    gone = []

    def act(number):
        if number == 0:
            merge(kept=kept, double=double, actor=None)
            return
        organisation = kept if number % 2 else double
        try:
            join(account=accounts[number], organisation=organisation, role="board", now=NOW)
        except OrganisationGoneError:
            gone.append(number)

    at_once(act, THREADS)
    assert Organisation.objects.get() == kept
    there = set(Membership.objects.values_list("account", flat=True))
    told = {accounts[number].pk for number in gone}
    assert there | told == {account.pk for account in accounts[1:]}
    assert there & told == set()


def test_two_merged_into_each_other_at_once_leave_one_with_everybody():
    one, other = add("One"), add("Other")
    members = [join(account=make_user(), organisation=there, role="board", now=NOW) for there in (one, other)]
    refused = []

    def act(number):
        pair = (one, other) if number % 2 else (other, one)
        try:
            merge(kept=pair[0], double=pair[1], actor=None)
        except (OrganisationGoneError, NotMergeableError):
            refused.append(number)

    at_once(act, 8)
    left = Organisation.objects.get()
    assert len(refused) == 7
    assert set(Membership.objects.values_list("account", "organisation")) == {
        (member.account_id, left.pk) for member in members
    }
    assert {found_by(name=name, country="NL") for name in ("One", "Other")} == {left}


def test_the_last_who_leaves_and_who_joins_at_that_moment_end_with_both_told_right():
    organisation, leaver, joiner = add("Glass"), make_user(), make_user()
    join(account=leaver, organisation=organisation, role="board", now=NOW)
    told, joined, seen = [], threading.Event(), threading.Event()

    def wait():
        seen.set()
        joined.wait(MOMENT)

    def act(number):
        if number:
            # Between seeing that nobody is left and deleting: a lock has who joins wait that long.
            with after('AS "a" FROM "organisations_membership"', wait):
                leave(account=leaver, organisation=organisation)
            return
        seen.wait(LONG)
        try:
            join(account=joiner, organisation=organisation, role="board", now=NOW)
        except OrganisationGoneError:
            told.append(joiner)
        joined.set()

    at_once(act, 2)
    assert seen.is_set()
    assert Membership.objects.filter(account=joiner).count() == Organisation.objects.count() == 1 - len(told)


def test_the_last_two_who_leave_at_once_leave_no_organisation_behind():
    organisation, accounts = add("Glass"), [make_user(), make_user()]
    for account in accounts:
        join(account=account, organisation=organisation, role="board", now=NOW)
    both = threading.Barrier(2)

    def wait():
        with suppress(threading.BrokenBarrierError):
            both.wait(MOMENT)

    def act(number):
        # When both have looked who is left and neither is committed: a lock lets in one after the other.
        with after('AS "a" FROM "organisations_membership"', wait):
            leave(account=accounts[number], organisation=organisation)

    at_once(act, 2)
    assert (Organisation.objects.count(), Membership.objects.count()) == (0, 0)
