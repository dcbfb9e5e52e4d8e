"""Tasks that are done at once, or, in a piece of work that gathers them, once each at its end.

Wagtail has a page's search entry and its references made anew by a task whenever the page is saved. A load of a course
saves each page several times, and only what stands at its end is worth an entry.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

_gathered: ContextVar[dict[str, Callable[[], None]] | None] = ContextVar("gathered tasks", default=None)


class GatheringBackend(ImmediateBackend):
    """Does tasks at once, but for those that `gathering` keeps for its end: their status is READY until then."""

    def _execute_task(self, task_result: TaskResult[Any]) -> None:
        execute = partial(super()._execute_task, task_result)
        gathered = _gathered.get()
        if gathered is None:
            execute()
        else:
            call = json.dumps([task_result.task.module_path, task_result.args, task_result.kwargs], sort_keys=True)
            gathered[call] = execute


@contextmanager
def gathering() -> Iterator[None]:
    """Do the tasks of the work inside once each, when it is done; none of them where it fails."""
    if _gathered.get() is not None:
        yield
        return
    gathered: dict[str, Callable[[], None]] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    for execute in gathered.values():
        execute()
