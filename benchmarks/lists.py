"""Completion lists beside what writes the same rows raw: each in a process of its own, in turn."""

import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from benchmarks import raw
from benchmarks.measuring import peak_mib
from benchmarks.seeding import AS_OF
from openmuseums.trainers.lists.columns import PRESETS
from openmuseums.trainers.lists.keys import Signer
from openmuseums.trainers.lists.making import Asked, make_file, pieces
from openmuseums.trainers.models import Cohort

ROOT = Path(__file__).resolve().parents[1]
PRESET = "auditor"
# What is written, each before what it is measured beside.
PAIRS = (("csv", "csv-raw"), ("xlsx", "xlsx-raw"))


def measure_lists(cohort: Cohort, rounds: int) -> list[dict[str, Any]]:
    """Write the list of a group in every way, in turn; return what each took at the middle of the rounds."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for pair in PAIRS for name in pair}
    with tempfile.TemporaryDirectory(prefix="openmuseums-lists-") as folder:
        # So that no writer is the first to read the rows from the disk.
        _write_alone("csv-raw", cohort, Path(folder) / "warm")
        for _round in range(rounds):
            for name, taken in found.items():
                taken.append(_write_alone(name, cohort, Path(folder) / name))
    return [_told(name, reference, found) for name, reference in PAIRS]


def write_list(what: str, key: str, path: Path) -> dict[str, Any]:
    """Write one list, and return what it took."""
    cohort = Cohort.objects.get(key=key)
    before = peak_mib()
    begun = time.perf_counter()
    rows = _WRITERS[what](cohort, path)
    seconds = time.perf_counter() - begun
    peak = peak_mib()
    told = {"rows": rows, "seconds": seconds, "peak_mib": peak, "before_mib": before, "bytes": path.stat().st_size}
    return told | (_first_pieces(cohort) if what == "csv" else {})


def _write_alone(what: str, cohort: Cohort, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.alone", what, cohort.key, str(path)]
    environment = {
        **os.environ,
        "BENCHMARK_DATABASE": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)  # noqa: S603
    path.unlink(missing_ok=True)
    if done.returncode:
        raise RuntimeError(f"{what} was not written: {done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _told(name: str, reference: str, found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    own, others = found[name], found[reference]
    middle, beside = _middle(own, "seconds"), _middle(others, "seconds")
    told = {
        "list": name,
        "beside": reference,
        "rows": own[0]["rows"],
        "ratio": round(beside / middle, 3),
        "seconds": round(middle, 3),
        "reference_seconds": round(beside, 3),
        "rows_per_second": round(own[0]["rows"] / middle),
        "bytes": own[0]["bytes"],
        "peak_mib": max(each["peak_mib"] for each in own),
        "before_mib": _middle(own, "before_mib"),
        "reference_peak_mib": max(each["peak_mib"] for each in others),
    }
    if "first_byte_s" in own[0]:
        told |= {key: round(_middle(own, key), 4) for key in ("first_byte_s", "first_rows_s")}
    if own[0]["rows"] != others[0]["rows"]:
        raise RuntimeError(f"{name} has {own[0]['rows']} rows, and {reference} {others[0]['rows']}.")
    return told


def _middle(taken: list[dict[str, Any]], key: str) -> float:
    return statistics.median(each[key] for each in taken)


def _asked(cohort: Cohort, file_format: str) -> Asked:
    return Asked(cohort, AS_OF, PRESETS[PRESET], file_format, "en", preset=PRESET)


def _make(file_format: str) -> Callable[[Cohort, Path], int]:
    """Return what makes a file as the command does: with its signed manifest, and safe on the disk."""

    def make(cohort: Cohort, path: Path) -> int:
        signer = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
        return make_file(_asked(cohort, file_format), path, signer=signer, now=AS_OF + dt.timedelta(days=1)).rows

    return make


_WRITERS: dict[str, Callable[[Cohort, Path], int]] = {
    "csv": _make("csv"),
    "xlsx": _make("xlsx"),
    "csv-raw": lambda cohort, path: raw.write_csv(cohort, AS_OF, path),
    "xlsx-raw": lambda cohort, path: raw.write_xlsx(cohort, AS_OF, path),
}


def _first_pieces(cohort: Cohort) -> dict[str, float]:
    """Return after how many seconds a list that is streamed begins, and after how many its first rows come."""
    begun = time.perf_counter()
    found = pieces(_asked(cohort, "csv"))
    next(found)
    first_byte = time.perf_counter() - begun
    next(found)
    return {"first_byte_s": first_byte, "first_rows_s": time.perf_counter() - begun}
