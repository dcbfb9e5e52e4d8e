"""How often a code may be asked for."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["anna@example.org", "nobody@example.org"])
def test_codes_for_an_address_are_asked_for_ten_times_an_hour_known_or_not(monkeypatch, address):
    make_user(email="anna@example.org")
    begun = time.time()
    now = [begun]
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: now[0])
    answers = []
    for number in range(11):
        now[0] = begun + 61 * number
        answers.append(Client().post(reverse("account_login"), {"email": address}).status_code)
    assert answers == [302] * 10 + [422]
    now[0] = begun + 3700
    assert Client().post(reverse("account_login"), {"email": address}).status_code == 302
