"""The link in a letter stops such letters at one press; the demo's letters are shown to administrators alone."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from openmuseums.mail import kinds
from openmuseums.mail.kinds import Kind, kind_of, register_kind
from openmuseums.mail.models import Letter
from openmuseums.mail.stopping import SALT, stop_url
from openmuseums.people.models import User
from openmuseums.privacy import consents
from openmuseums.privacy.consents import give, has_consent, register_purpose
from tests.factories import NOW, FixtureCourse, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trial_kind(course: FixtureCourse) -> Iterator[None]:
    before = dict(kinds._kinds), dict(consents._purposes)
    register_kind(Kind("trial-news", "trial", purpose="trial"))
    register_purpose("trial", "We may write to you.", 1)
    yield
    for now, then in zip((kinds._kinds, consents._purposes), before, strict=True):
        now.clear()
        now.update(then)


@pytest.fixture
def reader() -> User:
    user = make_user()
    give(user=user, key="trial", language="en", now=NOW)
    return user


def path_for(user: User) -> str:
    return stop_url(account=user, kind=kind_of("trial-news"), language="en").removeprefix("http://127.0.0.1:8000")


def make_letter(**fields: Any) -> Letter:
    parts = {"subject": "Hello", "text": "Dear you", "html": "<p style='color: red'>Dear <script>you</script></p>"}
    return Letter.objects.create(
        **{"address": "ada@example.org", "kind": "x", "language": "el", "queued_at": NOW, "next_try_at": NOW}
        | parts
        | fields
    )


def test_link_asks_first_and_writes_nothing(reader: User, django_assert_num_queries: Any) -> None:
    answer = Client().get(path_for(reader))
    assert (answer.status_code, answer.cookies.output()) == (200, "")
    assert answer.content.count(b"<button") == 1
    assert has_consent(reader, "trial")


def test_one_press_stops_letters_without_session_or_token_and_twice_is_once(reader: User) -> None:
    somebody_else = make_user()
    give(user=somebody_else, key="trial", language="en", now=NOW)
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = program.post(path_for(reader), {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies.output()) == (200, "")
    assert (has_consent(reader, "trial"), has_consent(somebody_else, "trial")) == (False, True)


def test_link_is_no_key_to_another_account(reader: User) -> None:
    token = path_for(reader).split("/")[-2]
    forged = signing.dumps([reader.pk, "trial-news"], salt="another")
    gone = signing.dumps([reader.pk + 1000, "trial-news"], salt=SALT)
    unheard_of = signing.dumps([reader.pk, "unheard-of"], salt=SALT)
    strange = signing.dumps({"a": 1}, salt=SALT)
    for bad in (token[:-1], "x" + token, forged, gone, unheard_of, strange):
        assert Client().post(f"/en/letters/stop/{bad}/").status_code == 404
    assert has_consent(reader, "trial")


def test_letters_of_the_demo_are_shown_to_administrators_and_shut_in(settings: Any) -> None:
    settings.KEEP_SENT_LETTERS = True
    letter = make_letter()
    client = Client()
    client.force_login(make_user(is_superuser=True))
    listed = client.get("/_mail/").content.decode()
    assert (f"/_mail/{letter.pk}/" in listed, "ada@example.org" in listed) == (True, True)
    assert "Dear you" in client.get(f"/_mail/{letter.pk}/").content.decode()
    html = client.get(f"/_mail/{letter.pk}/html/")
    assert (html.content.decode(), html["Content-Security-Policy"].split("; ")[:2]) == (
        letter.html,
        ["sandbox", "default-src 'none'"],
    )
    assert client.get(f"/_mail/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize("address", ["/_mail/", "/_mail/{0}/", "/_mail/{0}/html/"])
def test_letters_are_shown_to_nobody_else_and_outside_the_demo_to_nobody(address: str, settings: Any) -> None:
    path = address.format(make_letter().pk)
    administrator, learner = Client(), Client()
    administrator.force_login(make_user(is_superuser=True))
    learner.force_login(make_user())
    assert administrator.get(path).status_code == 404
    settings.KEEP_SENT_LETTERS = True
    assert (learner.get(path).status_code, Client().get(path).status_code) == (403, 302)
