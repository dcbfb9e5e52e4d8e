"""The queue of tasks: the worker's signs of life, tasks that a worker left behind, and those that are over."""

import datetime as dt

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import TaskResultStatus, task, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from openmuseums.clock.duties import DutyError
from openmuseums.clock.signs import Reading, all_signs

QUEUE = "queue"
WORKER_IS_GONE = dt.timedelta(minutes=15)
# Longer than any task takes.
TASK_IS_LOST = dt.timedelta(hours=1)
TRIES = 3
LOST = "openmuseums.clock.queue.LostTask"
KEPT_AFTER_SUCCESS = dt.timedelta(days=1)
KEPT_AFTER_FAILURE = dt.timedelta(days=14)


@task(backend=QUEUE)
def sign_of_life() -> None:
    """Do nothing: that it was done shows that there is a worker."""


def ask_for_sign_of_life(now: dt.datetime) -> str:
    """Ask the worker for a sign of life, unless it owes one."""
    if DBTaskResult.objects.filter(task_path=sign_of_life.module_path, status=TaskResultStatus.READY).exists():
        return "The worker has not answered yet."
    sign_of_life.enqueue()
    return "Asked."


def put_back_lost_tasks(now: dt.datetime) -> str:
    """Put back the tasks that a worker left behind when it died; those that it happened to thrice have failed."""
    lost = DBTaskResult.objects.filter(
        backend_name=QUEUE, status=TaskResultStatus.RUNNING, started_at__lte=now - TASK_IS_LOST
    )
    put_back = given_up = 0
    for pk, started_at, worker_ids in lost.values_list("pk", "started_at", "worker_ids"):
        # Only where nothing has become of it meanwhile.
        still = DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.RUNNING, started_at=started_at)
        if len(worker_ids) < TRIES:
            put_back += still.update(status=TaskResultStatus.READY, started_at=None)
        else:
            given_up += still.update(status=TaskResultStatus.FAILED, finished_at=now, exception_class_path=LOST)
    if given_up:
        raise DutyError(f"Tasks that a worker left behind: put back {put_back}, given up {given_up}.")
    return f"Tasks that a worker left behind: put back {put_back}."


def remove_old_tasks(now: dt.datetime) -> str:
    """Remove the tasks that ended some time ago."""
    over = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lte=now - KEPT_AFTER_SUCCESS) | Q(
        status=TaskResultStatus.FAILED, finished_at__lte=now - KEPT_AFTER_FAILURE
    )
    return f"Removed: {DBTaskResult.objects.filter(over, backend_name=QUEUE).delete()[0]}."


def look_at_signs(now: dt.datetime) -> str:
    """Look at all signs, so that the log says what administrators see.

    Raises DutyError where one is not well.
    """
    unwell = [sign.name for sign in all_signs() if not sign.read(now).is_well]
    if unwell:
        raise DutyError(f"To be looked at: {', '.join(unwell)}.")
    return "All is well."


def read_worker(now: dt.datetime) -> Reading:
    """Return when the worker last ended a task; it is gone where one waits for long."""
    if not isinstance(task_backends[QUEUE], DatabaseBackend):
        return Reading(_("Tasks are done at once, without a worker."))
    tasks = DBTaskResult.objects.filter(backend_name=QUEUE)
    if tasks.filter(status=TaskResultStatus.READY, enqueued_at__lte=now - WORKER_IS_GONE).exists():
        return Reading(
            _("Tasks have waited for longer than a quarter of an hour."),
            _(
                "Start the worker, or start it again: manage.py db_worker --backend queue. "
                "Letters go without it, but late."
            ),
        )
    last = tasks.aggregate(at=Max("finished_at"))["at"]
    if last is None:
        return Reading(_("It has not been asked for a sign of life yet."))
    minutes = int((now - last).total_seconds() // 60)
    return Reading(
        ngettext("Last sign of life: %(minutes)s minute ago.", "Last sign of life: %(minutes)s minutes ago.", minutes)
        % {"minutes": minutes}
    )


def read_tasks(now: dt.datetime) -> Reading:
    """Return how many tasks wait, are being done and failed."""
    counts = DBTaskResult.objects.filter(backend_name=QUEUE).aggregate(
        waiting=Count("pk", Q(status=TaskResultStatus.READY)),
        running=Count("pk", Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", Q(status=TaskResultStatus.FAILED)),
    )
    sentence = _("Waiting: %(waiting)s. Being done: %(running)s. Failed: %(failed)s.") % counts
    if not counts["failed"]:
        return Reading(sentence)
    return Reading(sentence, _("Look for the failure in the log, mend its cause, and try again."), can_try_again=True)


def try_failed_tasks_again(now: dt.datetime) -> int:
    """Put the tasks that failed back into the queue; return how many."""
    failed = DBTaskResult.objects.filter(backend_name=QUEUE, status=TaskResultStatus.FAILED)
    return failed.update(
        status=TaskResultStatus.READY,
        started_at=None,
        finished_at=None,
        worker_ids=[],
        exception_class_path="",
        traceback="",
    )
