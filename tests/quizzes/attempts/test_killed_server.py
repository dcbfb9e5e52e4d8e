"""The server is killed in the middle of an act and started again: nothing is lost and nothing is doubled.

A real gunicorn on the test's database, as the demo runs it; `tests.stopping` stops its worker at a statement, and
SIGKILL leaves it no chance to tidy up. What holds here is the one transaction of each act: red without its `atomic`.
"""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from openmuseums.learners.models import Event, Learner, QuizState
from openmuseums.learners.projection import Record, fold, stored_record
from quizzes.attempts.taking import save_answers, start_attempt
from quizzes.models import Attempt, QuizPage, Result
from quizzes.scoring import Parts
from tests.answers import parts_in, result_of, sent
from tests.factories import NOW
from tests.servers import StoppingServer

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

Answers = Callable[..., dict[str, Parts]]


class AttemptServer(StoppingServer):
    """A server that is sent the forms of an attempt."""

    def post(self, name: str, attempt: Attempt, data: dict[str, object]) -> tuple[int, str]:
        """Send a form; return the status and where it leads."""
        return self.post_to(_path(name, attempt), data)

    def killed_during(
        self, at: str, name: str, attempt: Attempt, data: dict[str, object], kill: Callable[[], None] | None = None
    ) -> None:
        """Send a form and kill the server where it stops."""
        self.killed_while_asked(at, _path(name, attempt), data, kill)


def _path(name: str, attempt: Attempt) -> str:
    return reverse(f"quizzes:{name}", args=[attempt.pk])


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
