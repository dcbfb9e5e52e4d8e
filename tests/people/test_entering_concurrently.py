"""Codes for one new address that are confirmed at the same moment make one account, and nobody is sent away."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from openmuseums.people.models import User
from tests.learners.test_concurrency import at_once
from tests.people.test_entering import CODE, NEW, SIGN_IN, code_of

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

THREADS = 64


def test_new_address_confirmed_by_many_at_once_is_one_account(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    browsers = [Client() for _number in range(THREADS)]
    for browser in browsers:
        assert browser.post(SIGN_IN, {"email": NEW}).status_code == 302
    codes = [code_of(browser) for browser in browsers]
    answers = {}

    def confirm(number: int) -> None:
        response = browsers[number].post(CODE, {"code": codes[number]})
        answers[number] = (response.status_code, response.headers.get("Location"))

    at_once(confirm, THREADS)
    assert set(answers.values()) == {(302, "/en/my-learning/")}
    account = User.objects.get()
    assert [browser.session.get("_auth_user_id") for browser in browsers] == [str(account.pk)] * THREADS
    assert list(EmailAddress.objects.values_list("email", "verified", "primary", "user")) == [
        (NEW, True, True, account.pk)
    ]
