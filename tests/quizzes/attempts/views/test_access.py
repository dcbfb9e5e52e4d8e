"""Whose an attempt is, and what its pages refuse to others and to forms without a token."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmuseums.people.models import User
from quizzes.models import Attempt
from tests.factories import PASSWORD, make_user
from tests.quizzes.attempts.views.walking import at


@pytest.mark.parametrize("name", ["attempt", "review", "result"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_attempt_is_not_found(attempt: Attempt, name: str, method: str) -> None:
    stranger = Client()
    stranger.force_login(make_user())
    expected = 405 if (name, method) == ("result", "post") else 404
    assert getattr(stranger, method)(at(name, attempt)).status_code == expected
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


@pytest.mark.parametrize("name", ["attempt", "review", "result"])
def test_attempt_without_an_account_leads_to_where_one_begins(client: Client, attempt: Attempt, name: str) -> None:
    address = at(name, attempt)
    assert client.get(address)["Location"] == f"{reverse('learners:begin')}?next={address.replace('/', '%2F')}"


@pytest.mark.parametrize("name", ["attempt", "review"])
def test_form_without_a_token_is_refused(user: User, attempt: Attempt, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.login(username=user.email, password=PASSWORD)
    assert strict.post(at(name, attempt)).status_code == 403
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


@pytest.mark.parametrize("name", ["attempt", "review", "result"])
def test_reading_writes_nothing(learner_client: Client, attempt: Attempt, finished: Attempt, name: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        learner_client.get(at(name, finished))
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
