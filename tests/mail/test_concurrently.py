"""Many workers and clocks at one letter: it is sent once."""

import threading
import time
from typing import Any
from unittest import mock

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection

from openmuseums.mail.delivering import Outcome, deliver
from openmuseums.mail.models import Letter
from tests.factories import NOW

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

WORKERS = 8


def test_letter_that_many_workers_take_up_is_sent_once() -> None:
    letter = Letter.objects.create(
        address="ada@example.org",
        kind="sign-in",
        language="en",
        subject="Hello",
        text="Hello",
        html="<p>Hello</p>",
        queued_at=NOW,
        next_try_at=NOW,
    )
    gate = threading.Barrier(WORKERS)
    sent: list[str] = []
    outcomes: list[Outcome] = []

    def send(message: Any) -> None:
        sent.append(message.subject)
        time.sleep(0.05)  # a mail server takes its time, in which others must not come in

    def work() -> None:
        try:
            gate.wait()
            outcomes.append(deliver(letter_id=letter.pk, now=NOW))
        finally:
            connection.close()

    with mock.patch.object(EmailMultiAlternatives, "send", send):
        threads = [threading.Thread(target=work) for _ in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (sent, Letter.objects.count()) == (["Hello"], 0)
    assert sorted(outcome.value for outcome in outcomes) == ["left"] * (WORKERS - 1) + ["sent"]
