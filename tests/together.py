"""Acts done at once, each in a thread with a connection of its own, as each worker has; and where two of them meet."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from django.db import connection

# Seconds: as long as somebody is waited for who waits for a lock, and as long as for somebody who does not.
MOMENT, LONG = 0.3, 60


def run_together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Run every act in a thread of its own, all let go at once; return what they returned, or raise what one raised."""
    gate = threading.Barrier(len(acts), timeout=LONG)

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(timeout=2 * LONG) for done in [pool.submit(run, act) for act in acts]]


@contextmanager
def after(statement: str, act: Callable[[], None]) -> Iterator[list[str]]:
    """Have this thread do something once, after the first statement to the database that holds a text.

    Yields a list that holds the statement once it was sent: where a lock is missing, one of two finds nothing to do.
    """
    done: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        result = execute(sql, *arguments)
        if statement in sql and not done:
            done.append(sql)
            act()
        return result

    with connection.execute_wrapper(watch):
        yield done


def meeting(number: int = 2) -> Callable[[], None]:
    """Return what each of several calls to wait for the others, for a moment: whom a lock keeps away does not come."""
    gate = threading.Barrier(number)

    def meet() -> None:
        with suppress(threading.BrokenBarrierError):
            gate.wait(MOMENT)

    return meet


def run_meeting(acts: list[Callable[[], Any]], *, at: str) -> list[Any]:
    """Run acts together, each waiting for the others after its first statement that holds a text; see `meeting`.

    All have read then before one writes, unless a lock keeps them apart.
    """
    meet = meeting(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        with after(at, meet):
            return act()

    return run_together([partial(run, act) for act in acts])


def outcome(act: Callable[[], Any], *errors: type[Exception]) -> Any:
    """Return what an act returns, or the kind of error among these that it raises."""
    try:
        return act()
    except errors as error:
        return type(error)
