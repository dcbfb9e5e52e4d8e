"""What was measured on: machine, versions, commit. Times of two machines are not to be compared."""

import os
import platform
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import django
import wagtail
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def describe() -> dict[str, Any]:
    """Return what the results depend on."""
    return {
        "commit": _commit(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "django": django.get_version(),
        "wagtail": wagtail.__version__,
        "database": _database(),
    }


def load() -> list[float]:
    """Return how many processes wanted a core, over the last minutes: above the number of cores, times are longer."""
    return [round(each, 2) for each in os.getloadavg()]


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _processor() -> str:
    there = Path("/proc/cpuinfo")
    lines = there.read_text(encoding="utf-8").splitlines() if there.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return ""

    def said(*words: str) -> str:
        return subprocess.run([git, *words], capture_output=True, text=True, cwd=ROOT, check=False).stdout.strip()  # noqa: S603

    return said("rev-parse", "--short=12", "HEAD") + (" (changed)" if said("status", "--porcelain", "-uno") else "")
