"""The queue of tasks: what waits to be done, or was done, and says whose address it was about."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from openmuseums.clock.queue import KEPT_AFTER_FAILURE
from openmuseums.privacy.names import addresses_of, mentioning
from openmuseums.privacy.registry import Basis, Declaration, Subject, declare


def _of(subject: Subject) -> QuerySet[Any]:
    rows: QuerySet[Any] = DBTaskResult.objects.all()
    addresses = addresses_of(subject.account) if subject.account else ()
    return mentioning(rows, ["args_kwargs", "return_value", "traceback"], addresses)


def _export(subject: Subject) -> Iterable[dict[str, Any]]:
    return _of(subject).values("task_path", "status", "enqueued_at", "finished_at")


def _erase(subject: Subject, now: dt.datetime) -> None:
    DBTaskResult.objects.filter(pk__in=list(_of(subject).values_list("pk", flat=True))).delete()


def _expire(now: dt.datetime, write: bool) -> int:
    old = DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_AFTER_FAILURE)
    return old.delete()[0] if write else old.count()


def declare_all() -> None:
    """Declare the queue of tasks."""
    declare(
        Declaration(
            model="django_tasks_database.DBTaskResult",
            title=_("Work in the background"),
            purpose=_("Does what nobody should wait for, such as sending a letter, and finds out why it failed."),
            basis=Basis.LEGITIMATE_INTERESTS,
            retention=_("A day after it was done, or two weeks where it failed."),
            export=_export,
            erase=_erase,
            expire=_expire,
        )
    )
