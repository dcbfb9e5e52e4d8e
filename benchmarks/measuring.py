"""Asking workloads in turn, interleaved, so that a busy moment of the machine meets them all."""

import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.asking import Answer
from benchmarks.workloads import Workload

_WARMING = 2


def measure(workloads: Sequence[Workload], rounds: int) -> list[dict[str, Any]]:
    """Ask every workload once a round; return what each took: times in ms, questions to the database, bytes."""
    times: dict[str, list[float]] = {each.name: [] for each in workloads}
    for number in range(-_WARMING, rounds):
        for each in workloads:
            taken, _answer = _ask(each)
            if number >= 0:
                times[each.name].append(taken)
    middle = {name: statistics.median(found) for name, found in times.items()}
    return [_told(each, times[each.name], middle) for each in workloads]


def peak_mib() -> float:
    """Return how much memory this process has held at most. Linux tells it: rusage goes on from who started it."""
    status = Path("/proc/self/status")
    if status.exists():
        told = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
        return round(int(told.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _ask(workload: Workload) -> tuple[float, Answer]:
    prepared = workload.prepare()
    begun = time.perf_counter()
    answer = workload.ask(prepared)
    taken = (time.perf_counter() - begun) * 1000
    if answer.status != workload.status:
        raise RuntimeError(f"{workload.name}: answered {answer.status}, not {workload.status}.")
    return taken, answer


def _told(workload: Workload, times: list[float], middle: dict[str, float]) -> dict[str, Any]:
    prepared = workload.prepare()
    with CaptureQueriesContext(connection) as queries:
        answer = workload.ask(prepared)
    p50 = middle[workload.name]
    return {
        "workload": workload.name,
        "beside": workload.beside,
        "ratio": round(middle[workload.beside] / p50, 3) if workload.beside else None,
        "times_reference": round(p50 / middle[workload.beside], 2) if workload.beside else None,
        "times_bare_view": round(p50 / next(iter(middle.values())), 1),
        "p50_ms": round(p50, 2),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 2),
        "per_second": round(1000 / statistics.fmean(times), 1),
        "sql": sum("SAVEPOINT" not in query["sql"] for query in queries),
        "bytes": answer.size,
    }
