"""Erasing somebody who goes on in other tabs, or twice at the same moment: nothing is left behind."""

import threading
import uuid
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError

from openmuseums.learners.models import Event, Learner, RecordGoneError
from openmuseums.learners.recording import learner_of, mark_read, record_answers
from openmuseums.people.models import User
from openmuseums.privacy import consents
from openmuseums.privacy.consents import give, register_purpose
from openmuseums.privacy.erasing import LastAdministratorError, erase
from openmuseums.privacy.models import Consent, Total
from openmuseums.privacy.registry import subject_of_account
from tests.factories import NOW, make_learner, make_user
from tests.learners.test_concurrency import LONG, MOMENT, after, at_once
from tests.privacy.people import links_to

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
UNIT = uuid.UUID(int=2)
# What an act is told that comes too late.
TOO_LATE = (RecordGoneError, DatabaseError, Learner.DoesNotExist, User.DoesNotExist)


def test_erased_by_many_at_once_is_erased_once(db):
    account = make_user()
    learner = make_learner(account)
    mark_read(learner=learner, page_key=UNIT, now=NOW)
    done = []
    at_once(lambda _: done.append(erase(subject=subject_of_account(account), now=NOW)), 16)
    assert sorted(done) == [False] * 15 + [True]
    assert list(Total.objects.values_list("kind", "count")) == [("unit-read", 1)]


def test_erased_while_other_tabs_save_leaves_nothing(db, monkeypatch):
    monkeypatch.setattr(consents, "_purposes", {})
    register_purpose("letters", "A letter a month.", 1)
    account = make_user()
    pk = account.pk
    learner = make_learner(account)

    def act(number: int) -> None:
        tab = User.objects.filter(pk=pk).first()
        if number == 5:
            erase(subject=subject_of_account(account), now=NOW)
            return
        try:
            if number % 4 == 0:
                record_answers(learner=learner, page_key=UNIT, answers={f"q{number}": True}, now=NOW)
            elif number % 4 == 1 and tab:
                mark_read(learner=learner_of(user=tab, now=NOW), page_key=UNIT, now=NOW)
            elif number % 4 == 2 and tab:
                give(user=tab, key="letters", language="en", now=NOW)
            elif tab:
                tab.name = "Somebody Else"
                tab.save()
        except TOO_LATE:
            return

    at_once(act, 24)
    assert not User.objects.filter(pk=pk).exists()
    assert (Learner.objects.count(), Event.objects.count(), Consent.objects.count()) == (0, 0, 0)
    assert Session.objects.count() == 0
    assert links_to(pk) == set()


def test_erasing_and_what_another_tab_agrees_to_do_not_break_each_other(db, monkeypatch):
    monkeypatch.setattr(consents, "_purposes", {})
    register_purpose("letters", "A letter a month.", 1)
    account = make_user()
    tab = User.objects.get(pk=account.pk)
    given, ready = threading.Event(), threading.Event()

    def wait() -> None:
        ready.set()
        given.wait(MOMENT)

    def act(number: int) -> None:
        if number:
            # When all that hangs on the account is gone, and it not yet: without its lock the database would refuse.
            with after('DELETE FROM "people_user" ', wait, before=True):
                erase(subject=subject_of_account(account), now=NOW)
            return
        ready.wait(LONG)
        with suppress(*TOO_LATE):
            give(user=tab, key="letters", language="en", now=NOW)
        given.set()

    at_once(act, 2)
    assert (User.objects.count(), Consent.objects.count()) == (0, 0)


def test_of_two_administrators_who_leave_at_once_one_stays(db):
    accounts = [make_user(is_superuser=True) for _ in range(2)]
    refused = []

    def leave(number: int) -> None:
        try:
            erase(subject=subject_of_account(accounts[number]), now=NOW)
        except LastAdministratorError:
            refused.append(number)

    at_once(leave, 2)
    assert len(refused) == 1
    assert User.objects.filter(is_superuser=True).count() == 1


def test_totals_of_many_who_leave_at_once_add_up(db):
    # No lock of ours holds this: there is one row for a page and a month, and the database adds to what it holds.
    learners = [make_learner() for _ in range(12)]
    for learner in learners:
        mark_read(learner=learner, page_key=UNIT, now=NOW)
    at_once(lambda number: erase(subject=subject_of_account(learners[number].account), now=NOW), 12)
    assert list(Total.objects.values_list("kind", "count")) == [("unit-read", 12)]
