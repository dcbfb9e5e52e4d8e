"""The page about work in the background: for administrators, in words, and with ways to try again."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from openmuseums.clock import duties
from openmuseums.clock.duties import Duty, register_duty
from openmuseums.clock.models import DutyRun
from openmuseums.clock.running import run_due
from openmuseums.mail.models import Letter
from tests.factories import NOW, make_administrator, make_editor, make_user, signed_in

pytestmark = pytest.mark.django_db

STATUS = "/admin/background-work/"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _one_duty() -> Iterator[None]:
    before = dict(duties._duties)
    duties._duties.clear()
    register_duty(Duty("bell", "Ring the bell", 5 * MINUTE, lambda _: "Rung <once>."))
    yield
    duties._duties.clear()
    duties._duties.update(before)


@pytest.fixture
def administrator() -> Client:
    return signed_in(make_administrator())


def shown(client: Client) -> str:
    """Return the words of the page."""
    main = client.get(STATUS).content.decode().split("<main")[1].split("</main")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_page_says_that_the_clock_does_not_run_until_it_does(administrator: Client) -> None:
    assert "The clock does not run" in shown(administrator)
    run_due(time=timezone.now)
    words = shown(administrator)
    assert ("The clock does not run" in words, "Done: Rung &lt;once&gt;." in words) == (False, True)
    DutyRun.objects.update(due_at=timezone.now() - 11 * MINUTE)
    assert "The clock does not run" in shown(administrator)


def test_page_tells_of_a_run_that_ended_without_a_word_until_one_ends_well(administrator: Client) -> None:
    DutyRun.objects.create(
        name="bell", due_at=NOW, started_at=NOW, lease_until=NOW + MINUTE, holder="12345678123456781234567812345678"
    )
    assert "ended without a word" in shown(administrator)
    run_due(time=timezone.now)
    assert "ended without a word" not in shown(administrator)


def test_page_names_nobody_whose_letter_was_not_sent(administrator: Client) -> None:
    parts = {"language": "en", "subject": "Hello", "text": "Hello", "html": "", "queued_at": NOW, "next_try_at": NOW}
    Letter.objects.create(address="ada@example.org", kind="x", failed_at=NOW, error="SMTPServerDisconnected", **parts)
    words = shown(administrator)
    assert "Waiting: 0. Given up: 1. The mail server’s answers: SMTPServerDisconnected." in words
    assert "ada@example.org" not in words
    answer = administrator.post(f"{STATUS}signs/letters/")
    assert (answer.status_code, answer["Location"]) == (302, STATUS)
    assert (Letter.objects.waiting().count(), Letter.objects.given_up().count()) == (1, 0)


def test_duty_can_be_asked_for(administrator: Client) -> None:
    run_due(time=lambda: NOW)
    before = timezone.now()
    assert administrator.post(f"{STATUS}duties/bell/").status_code == 302
    assert before <= DutyRun.objects.get().due_at <= timezone.now()


@pytest.mark.parametrize("address", ["duties/gong/", "signs/gong/", "signs/worker/"])
def test_what_is_not_there_cannot_be_asked_for(administrator: Client, address: str) -> None:
    assert administrator.post(STATUS + address).status_code == 404


@pytest.mark.parametrize("address", ["", "duties/bell/", "signs/letters/"])
def test_page_and_its_buttons_are_for_administrators(address: str) -> None:
    for client in (signed_in(make_editor()), signed_in(make_user())):
        answer = client.post(STATUS + address) if address else client.get(STATUS)
        assert answer.status_code in {302, 403}
    assert DutyRun.objects.count() == 0


def test_menu_shows_the_way_to_administrators_alone(administrator: Client) -> None:
    assert STATUS in administrator.get("/admin/").content.decode()
    assert STATUS not in signed_in(make_editor()).get("/admin/").content.decode()
