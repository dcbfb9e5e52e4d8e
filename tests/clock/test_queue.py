"""The queue of tasks: what a dead worker left is done again, what is over goes, and its signs are read rightly."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from openmuseums.clock import queue, signs
from openmuseums.clock.duties import DutyError
from openmuseums.clock.queue import (
    ask_for_sign_of_life,
    look_at_signs,
    put_back_lost_tasks,
    read_tasks,
    read_worker,
    remove_old_tasks,
    try_failed_tasks_again,
)
from openmuseums.clock.signs import Reading, Sign
from tests.factories import NOW

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _queue_in_the_database(settings: Any) -> None:
    settings.TASKS = {**settings.TASKS, "queue": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def a_task(status: str, at: dt.datetime = NOW, *, tries: int = 1) -> DBTaskResult:
    """Make a task that was queued, begun and, where it is over, ended at a time."""
    ended = at if status in {"SUCCESSFUL", "FAILED"} else None
    task = DBTaskResult.objects.create(
        status=status,
        started_at=None if status == "READY" else at,
        finished_at=ended,
        args_kwargs={"args": [], "kwargs": {}},
        task_path=queue.sign_of_life.module_path,
        worker_ids=[str(uuid.uuid4()) for _ in range(tries)],
        backend_name="queue",
        run_after=NOW - DAY,
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=at)
    return task


def statuses() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def work() -> None:
    """Do what waits, as the worker does but for its closing of connections, which a test needs."""
    worker = Worker(
        queue_names=["default"],
        interval=0.0,
        batch=True,
        backend_name="queue",
        startup_delay=False,
        max_tasks=None,
        worker_id="worker",
        excluded_queue_names=[],
    )
    for task in DBTaskResult.objects.ready():
        task.claim(worker.worker_id)
        worker.run_task(task)


def test_worker_is_asked_once_and_answers() -> None:
    assert read_worker(NOW).sentence == "It has not been asked for a sign of life yet."
    assert [ask_for_sign_of_life(NOW) for _ in range(2)] == ["Asked.", "The worker has not answered yet."]
    work()
    answered_at = DBTaskResult.objects.get().finished_at
    assert answered_at is not None
    reading = read_worker(answered_at + 3 * MINUTE)
    assert (reading.sentence, reading.is_well) == ("Last sign of life: 3 minutes ago.", True)


def test_worker_that_leaves_a_task_waiting_is_gone() -> None:
    a_task("SUCCESSFUL", NOW - 20 * MINUTE)
    a_task("READY")
    assert read_worker(NOW + 14 * MINUTE).is_well
    reading = read_worker(NOW + 15 * MINUTE)
    assert (reading.is_well, "manage.py db_worker --backend queue" in reading.advice) == (False, True)


def test_task_that_a_dead_worker_left_is_put_back_twice_and_then_given_up() -> None:
    a_task("RUNNING", NOW, tries=2)
    a_task("RUNNING", NOW + MINUTE)
    assert put_back_lost_tasks(NOW + 60 * MINUTE) == "Tasks that a worker left behind: put back 1."
    assert statuses() == ["READY", "RUNNING"]
    DBTaskResult.objects.all().delete()
    a_task("RUNNING", NOW, tries=3)
    with pytest.raises(DutyError, match="put back 0, given up 1"):
        put_back_lost_tasks(NOW + 60 * MINUTE)
    assert statuses() == ["FAILED"]


def test_task_that_was_put_back_is_done() -> None:
    a_task("RUNNING", NOW - DAY)
    put_back_lost_tasks(NOW)
    work()
    assert statuses() == ["SUCCESSFUL"]


def test_tasks_that_are_over_go_after_a_while() -> None:
    for status, age in (("SUCCESSFUL", 1), ("SUCCESSFUL", 0), ("FAILED", 14), ("FAILED", 13), ("RUNNING", 99)):
        a_task(status, NOW - age * DAY)
    assert remove_old_tasks(NOW) == "Removed: 2."
    assert statuses() == ["FAILED", "RUNNING", "SUCCESSFUL"]


def test_task_that_failed_is_tried_again_where_somebody_asks_for_it() -> None:
    a_task("FAILED", tries=3)
    reading = read_tasks(NOW)
    assert (reading.sentence, reading.can_try_again) == ("Waiting: 0. Being done: 0. Failed: 1.", True)
    assert try_failed_tasks_again(NOW) == 1
    work()
    assert (statuses(), read_tasks(NOW).is_well) == (["SUCCESSFUL"], True)


def test_log_says_what_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = {
        "a": Sign("a", "A", lambda _: Reading("Fine.")),
        "b": Sign("b", "B", lambda _: Reading("Bad.", "Mend it.")),
    }
    monkeypatch.setattr(signs, "_signs", shown)
    with pytest.raises(DutyError, match=r"^To be looked at: b\.$"):
        look_at_signs(NOW)
    del shown["b"]
    assert look_at_signs(NOW) == "All is well."
