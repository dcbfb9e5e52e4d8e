"""Somebody who is erased while they save something is answered as one who is not signed in."""

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client

from openmuseums.people import account_views, settling
from openmuseums.people.models import User
from openmuseums.privacy.erasing import erase
from openmuseums.privacy.registry import subject_of_account
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
ACCOUNT = "/en/account/"
NAMED = {"name": "Somebody", "language": "en"}


@pytest.fixture
def anna() -> User:
    return make_user(email="anna@example.org")


def erased_before(monkeypatch: pytest.MonkeyPatch, user: User) -> None:
    """Have an account be erased in another tab when a request has read it and is about to save."""

    def keep(**fields: object) -> None:
        erase(subject=subject_of_account(User.objects.get(pk=user.pk)), now=NOW)
        settling.keep_self(**fields)

    monkeypatch.setattr(account_views, "keep_self", keep)


def test_who_is_erased_while_they_save_is_led_to_sign_in(client: Client, anna, monkeypatch):
    client.force_login(anna)
    erased_before(monkeypatch, anna)
    response = client.post(ACCOUNT, NAMED)
    assert (response.status_code, response["Location"]) == (302, "/en/account/sign-in/?next=")
    assert (User.objects.count(), Session.objects.count()) == (0, 0)
    assert client.get(ACCOUNT)["Location"] == "/en/account/sign-in/?next=/en/account/"


def test_another_failure_stays_one(client: Client, anna, monkeypatch):
    def fail(**fields: object) -> None:
        raise DatabaseError("Something else.")

    monkeypatch.setattr(account_views, "keep_self", fail)
    client.force_login(anna)
    with pytest.raises(DatabaseError, match="Something else"):
        client.post(ACCOUNT, NAMED)
