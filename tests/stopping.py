"""A process that a test starts stops at a statement to the database where the test says, and waits there to be killed.

The file that SERVED_STOP_AT names holds "before", "after" or "committed", perhaps the number of the statement among its
like, and a piece of SQL. `stopped` beside it holds which process has.
"""

import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

STOP_AT = Path(os.environ["SERVED_STOP_AT"])
STOPPED = STOP_AT.with_name("stopped")
_seen: Counter[str] = Counter()


def watch_statements() -> None:
    """Watch the statements of every connection from now on."""
    from django.db.backends.signals import connection_created  # noqa: PLC0415 - once Django is set up

    connection_created.connect(_watch, weak=False)


def _watch(*, connection: Any, **_signal: Any) -> None:
    connection.execute_wrappers.append(_stop_where_told)


def _stop_where_told(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    told = STOP_AT.read_text() if STOP_AT.exists() else ""
    when, _, rest = told.partition(" ")
    number, _, statement = rest.partition(" ") if rest[:1].isdigit() else ("1", "", rest)
    if not when or statement not in sql:
        return execute(sql, params, many, context)
    _seen[told] += 1
    if _seen[told] != int(number):
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
