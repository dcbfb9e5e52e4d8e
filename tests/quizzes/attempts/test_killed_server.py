"""The server is killed in the middle of an act and started again: nothing is lost and nothing is doubled.

A real gunicorn on the test's database, as the demo runs it; `served` beside this stops its worker at a statement, and
SIGKILL leaves it no chance to tidy up. What holds here is the one transaction of each act: red without its `atomic`.
"""

import http.client
import os
import signal
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from openmuseums.learners.models import Event, Learner, QuizState
from openmuseums.learners.projection import Record, fold, stored_record
from quizzes.attempts.taking import save_answers, start_attempt
from quizzes.models import Attempt, QuizPage, Result
from quizzes.scoring import Parts
from tests.answers import parts_in, result_of, sent
from tests.factories import NOW
from tests.servers import PATIENCE, Server

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TOKEN = "t" * 32

Answers = Callable[..., dict[str, Parts]]


class AttemptServer(Server):
    """A server with one worker, which stops at a statement when it is told to."""

    def __init__(self, folder: Path, cookies: dict[str, str]) -> None:
        super().__init__(folder, "tests.quizzes.attempts.served.config")
        self.stop_at, self.stopped = folder / "stop-at", folder / "stopped"
        self.cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.environment["SERVED_STOP_AT"] = str(self.stop_at)

    def post(self, name: str, attempt: Attempt, data: dict[str, object]) -> tuple[int, str]:
        """Send a form; return the status and where it leads. Raises OSError where the server goes away."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            "Cookie": f"{self.cookies}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({**data, "csrfmiddlewaretoken": TOKEN}, doseq=True)
        try:
            asked.request("POST", reverse(f"quizzes:{name}", args=[attempt.pk]), body, headers)
            answer = asked.getresponse()
            return answer.status, answer.headers.get("Location", "")
        finally:
            asked.close()

    def kill_worker(self) -> None:
        """End the process that stopped; the one above it starts another."""
        os.kill(int(self.stopped.read_text()), signal.SIGKILL)

    def kill_and_start(self) -> None:
        """End all its processes, and start it anew."""
        self.kill()
        self.start()

    def killed_during(
        self, at: str, name: str, attempt: Attempt, data: dict[str, object], kill: Callable[[], None] | None = None
    ) -> None:
        """Send a form and kill the server where it stops: whoever sent the form gets no answer.

        at: "before", "after" or "committed", and a piece of SQL; kill: how, by `kill_worker` where nothing is said.
        """
        answers: list[tuple[int, str]] = []

        def ask() -> None:
            with suppress(OSError, http.client.HTTPException):
                answers.append(self.post(name, attempt, data))

        self.stopped.unlink(missing_ok=True)
        self.stop_at.write_text(at)
        asking = threading.Thread(target=ask)
        asking.start()
        self.wait_until(lambda: self.stopped.exists() or not asking.is_alive())
        assert (self.stopped.exists(), answers) == (True, [])
        self.stop_at.unlink()
        # Nobody else has the database open: on SQLite what the dead left behind is cleared up by who comes next.
        connection.close()
        (kill or self.kill_worker)()
        asking.join()
        assert answers == []


@pytest.fixture
def attempt(quiz: QuizPage, learner: Learner, answers: Answers) -> Attempt:
    """Return an attempt whose first question is answered right, and the third: three of four points."""
    begun = start_attempt(learner=learner, quiz_key=quiz.translation_key, now=NOW)
    save_answers(attempt=begun, responses=answers(begun, 1, 3), language="en", now=NOW)
    return begun


@pytest.fixture
def server(tmp_path: Path, learner_client: Client) -> Iterator[AttemptServer]:
    made = AttemptServer(tmp_path, {name: cookie.value for name, cookie in learner_client.cookies.items()})
    made.start()
    yield made
    made.kill()


def expect_untouched(attempt: Attempt, kept: dict[str, Parts]) -> None:
    """See that an attempt is open, with the answers that were saved, and that nothing is recorded."""
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.submit_key, attempt.result) == (None, None, None)
    assert parts_in(attempt) == kept
    assert (Result.objects.count(), Event.objects.count(), stored_record(attempt.learner)) == (0, 0, Record())


def expect_handed_in_once(attempt: Attempt, key: uuid.UUID) -> None:
    """See that an attempt has one result and is recorded once."""
    attempt.refresh_from_db()
    assert (attempt.submit_key, result_of(attempt)) == (key, (3, 4, True))
    assert Result.objects.count() == 1
    kinds = list(Event.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["enrolled", "question-answered", "question-answered", "quiz-finished"]
    assert QuizState.objects.get().attempts == 1
    assert stored_record(attempt.learner) == fold(Record(), Event.objects.order_by("id"))


def test_server_killed_again_and_again_loses_and_doubles_nothing(
    server: AttemptServer, attempt: Attempt, answers: Answers
) -> None:
    kept, key = answers(attempt, 1, 3), uuid.uuid4()
    # While another answer takes the place of one that was saved: that one is there still.
    changed = {**sent(answers(attempt, wrong=(1,))), "go": "stay"}
    server.killed_during('before INSERT INTO "quizzes_answer"', "attempt", attempt, changed)
    expect_untouched(attempt, kept)
    # While the attempt is handed in: after its result, after the attempt itself, in the midst of the record.
    server.killed_during('after INSERT INTO "quizzes_result"', "review", attempt, {"key": str(key)})
    expect_untouched(attempt, kept)
    update = 'after UPDATE "quizzes_attempt"'
    server.killed_during(update, "review", attempt, {"key": str(key)}, kill=server.kill_and_start)
    expect_untouched(attempt, kept)
    server.killed_during('after INSERT INTO "learners_event"', "review", attempt, {"key": str(key)})
    expect_untouched(attempt, kept)
    # After all was written and before anybody was told: sent again, it is not done again.
    server.killed_during('committed INSERT INTO "learners_event"', "review", attempt, {"key": str(key)})
    expect_handed_in_once(attempt, key)
    for again in (key, uuid.uuid4()):
        status, address = server.post("review", attempt, {"key": str(again)})
        assert (status, address.partition("?")[0]) == (302, reverse("quizzes:result", args=[attempt.pk]))
    expect_handed_in_once(attempt, key)
