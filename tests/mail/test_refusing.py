"""An invitation goes to an address without an account, and to none that refused such letters."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from openmuseums.mail import kinds
from openmuseums.mail.delivering import Outcome, deliver
from openmuseums.mail.holding import refusals
from openmuseums.mail.kinds import Kind, register_kind
from openmuseums.mail.models import Letter, Refusal
from openmuseums.mail.refusing import digest_of, refuse, refuses
from openmuseums.mail.sending import send_letter
from openmuseums.mail.stopping import read_stop
from openmuseums.privacy.registry import subject_of_account
from tests.factories import NOW, FixtureCourse, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "Ada@example.org"
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _trial_kinds(course: FixtureCourse) -> Iterator[None]:
    before = dict(kinds._kinds)
    template = "learners/letters/reminder"
    register_kind(Kind("trial-invitation", template, is_invitation=True))
    register_kind(Kind("other-invitation", template, is_invitation=True))
    yield
    kinds._kinds.clear()
    kinds._kinds.update(before)


def invite(kind: str = "trial-invitation") -> Letter | None:
    context: dict[str, Any] = {"course": "The course", "step": {}, "progress": {"steps_done": 1, "steps_total": 2}}
    send_letter(kind=kind, address=ADDRESS, context=context, language="en", now=NOW)
    return Letter.objects.first()


@pytest.mark.parametrize(
    "grounds",
    [{}, {"is_invitation": True, "purpose": "x"}, {"is_invitation": True, "is_about_signing_in": True}],
)
def test_a_kind_has_one_ground(grounds: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="need a purpose"):
        register_kind(Kind("trial", "trial", **grounds))


def test_an_invitation_goes_to_an_address_without_an_account() -> None:
    letter = invite()
    assert letter is not None
    assert deliver(letter_id=letter.pk, now=NOW) is Outcome.SENT
    assert mail.outbox[0].to == [ADDRESS]
    assert mail.outbox[0].extra_headers["List-Unsubscribe"] == f"<{letter.stop_url}>"


def test_its_link_asks_and_then_has_the_address_get_no_more_of_them() -> None:
    letter = invite()
    assert letter is not None
    path = letter.stop_url.removeprefix(SITE)
    assert "Get no more invitations?" in Client().get(path).content.decode()
    assert Refusal.objects.count() == 0
    assert "You will get no more invitations" in Client().post(path).content.decode()
    Client().post(path)
    Letter.objects.all().delete()
    assert invite() is None
    assert list(Refusal.objects.values_list("kind", flat=True)) == ["trial-invitation"]
    assert invite("other-invitation") is not None


def test_a_letter_that_waits_is_not_sent_once_it_is_refused() -> None:
    letter = invite()
    assert letter is not None
    refuse(kind="trial-invitation", digest=digest_of(ADDRESS), now=NOW)
    assert deliver(letter_id=letter.pk, now=NOW) is Outcome.NOT_WANTED
    assert mail.outbox == []


def test_neither_link_nor_row_holds_the_address() -> None:
    letter = invite()
    assert letter is not None
    stop = read_stop(letter.stop_url.rstrip("/").rpartition("/")[2])
    assert (stop.account, stop.digest, stop.kind.key) == (None, digest_of("ada@EXAMPLE.org "), "trial-invitation")
    assert "ada" not in stop.digest


def test_a_refusal_outlives_a_change_of_the_secret_key(settings: Any) -> None:
    refuse(kind="trial-invitation", digest=digest_of(ADDRESS), now=NOW)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert refuses(kind="trial-invitation", address=ADDRESS)
    settings.SECRET_KEY_FALLBACKS = []
    assert not refuses(kind="trial-invitation", address=ADDRESS)


def test_a_refusal_is_told_to_whose_address_it_is_and_outlives_the_account() -> None:
    user = make_user(email=ADDRESS)
    refuse(kind="trial-invitation", digest=digest_of(ADDRESS), now=NOW)
    refuse(kind="trial-invitation", digest=digest_of("bo@example.org"), now=NOW + dt.timedelta(days=1))
    found = refusals()
    assert list(found.export(subject_of_account(user))) == [{"kind": "trial-invitation", "since": NOW}]
    found.erase(subject_of_account(user), NOW)
    assert Refusal.objects.count() == 2
