"""How gunicorn serves in tests: as in the demo but with one worker, which stops where the test says and waits there."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openmuseums.demo.serving import control_socket_disable, loglevel, preload_app, threads, worker_class, wsgi_app

__all__ = ["control_socket_disable", "loglevel", "preload_app", "threads", "worker_class", "wsgi_app"]
workers = 1
# Holds "before", "after" or "committed" and a piece of SQL: where the next request is to stop. `stopped` holds which
# process has.
STOP_AT = Path(os.environ["SERVED_STOP_AT"])
STOPPED = STOP_AT.with_name("stopped")


def post_worker_init(worker: Any) -> None:
    """Watch the statements of every connection."""
    from django.db.backends.signals import connection_created  # noqa: PLC0415 - once Django is set up

    connection_created.connect(_watch, weak=False)


def _watch(*, connection: Any, **_signal: Any) -> None:
    connection.execute_wrappers.append(_stop_where_told)


def _stop_where_told(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    when, _, statement = STOP_AT.read_text().partition(" ") if STOP_AT.exists() else ("", "", "")
    if not when or statement not in sql:
        return execute(sql, params, many, context)
    if when == "before":
        _stop()
    result = execute(sql, params, many, context)
    if when == "after":
        _stop()
    # What was written stands, and nobody was told.
    context["connection"].on_commit(_stop) if when == "committed" else None
    return result


def _stop() -> None:
    made = STOPPED.with_suffix(".made")
    made.write_text(str(os.getpid()))
    made.rename(STOPPED)
    while True:
        time.sleep(60)
