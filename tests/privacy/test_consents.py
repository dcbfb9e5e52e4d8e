"""What people agree to, and to which words."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from openmuseums.people.models import User
from openmuseums.privacy import consents
from openmuseums.privacy.consents import UnknownPurposeError, give, has_consent, register_purpose, withdraw
from openmuseums.privacy.models import Consent, PurposeText
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _purposes(monkeypatch):
    monkeypatch.setattr(consents, "_purposes", {})
    register_purpose("letters", "A letter a month.", 1)


def test_nobody_agrees_before_they_say_so(user):
    assert not has_consent(user, "letters")


def test_consent_keeps_the_words_that_were_shown(user):
    give(user=user, key="letters", language="nl", now=NOW)
    assert has_consent(user, "letters")
    assert list(
        Consent.objects.values_list("purpose", "text__text", "text__language", "text__version", "given_at")
    ) == [("letters", "A letter a month.", "nl", 1, NOW)]


def test_agreeing_again_changes_nothing(user):
    first = give(user=user, key="letters", language="nl", now=NOW)
    assert give(user=user, key="letters", language="en", now=LATER) == first
    assert Consent.objects.count() == 1


def test_people_who_agree_to_the_same_words_share_them(user):
    for account in (user, make_user()):
        give(user=account, key="letters", language="nl", now=NOW)
    assert (Consent.objects.count(), PurposeText.objects.count()) == (2, 1)


def test_withdrawn_consent_stays_on_record(user):
    give(user=user, key="letters", language="nl", now=NOW)
    withdraw(user=user, key="letters", now=LATER)
    assert not has_consent(user, "letters")
    assert list(Consent.objects.values_list("given_at", "withdrawn_at")) == [(NOW, LATER)]
    withdraw(user=user, key="letters", now=LATER + dt.timedelta(days=1))
    assert Consent.objects.get().withdrawn_at == LATER


def test_new_meaning_needs_a_new_consent(user):
    give(user=user, key="letters", language="nl", now=NOW)
    register_purpose("letters", "A letter a week.", 2)
    assert not has_consent(user, "letters")
    give(user=user, key="letters", language="nl", now=LATER)
    assert has_consent(user, "letters")
    assert list(Consent.objects.order_by("pk").values_list("text__text", "withdrawn_at")) == [
        ("A letter a month.", LATER),
        ("A letter a week.", None),
    ]


def test_unknown_purpose_is_refused(user):
    with pytest.raises(UnknownPurposeError):
        has_consent(user, "else")
    with pytest.raises(UnknownPurposeError):
        give(user=user, key="else", language="en", now=NOW)
    with pytest.raises(UnknownPurposeError):
        withdraw(user=user, key="else", now=NOW)


def test_an_erased_account_agrees_to_nothing(user):
    erased = User.objects.get(pk=user.pk)
    user.delete()
    with pytest.raises(User.DoesNotExist):
        give(user=erased, key="letters", language="en", now=NOW)


def test_two_standing_consents_to_one_purpose_are_refused_by_the_database(user):
    found = give(user=user, key="letters", language="nl", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(account=user, purpose="letters", text=found.text, given_at=NOW)
