"""Measure what learners and trainers ask for most, beside references, over the records of more and more people.

    .venv/bin/python benchmarks/run.py [--enrolments 1000 10000] [--database-url postgres://...] [--only lists]

Makes a database of its own, fills it from a fixed seed, asks each workload and its reference in turn (interleaved, so
that a busy moment meets them all), and writes results.json and results.md. Ratios are what to compare: times depend on
the machine. No test asserts a time.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
COURSE = ROOT / "lessons" / "course"


def main() -> None:
    """Measure and write what was found."""
    options = _options()
    # The folder of this file stands first, and its modules are not to be found without their package's name.
    sys.path[:1] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    if options.database_url:
        os.environ["DATABASE_URL"] = options.database_url
    django.setup()
    from benchmarks.proceeding import LISTS, PAGES, Chosen, proceed  # noqa: PLC0415 - there are models only now
    from benchmarks.telling import write_results  # noqa: PLC0415

    begun = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - begun:7.0f} s  {line}", file=sys.stderr, flush=True)

    chosen = Chosen(
        sizes=options.enrolments,
        rounds=options.rounds,
        list_rounds=options.list_rounds,
        measured=[options.only] if options.only else [PAGES, LISTS],
        course=None if options.small_course else COURSE,
    )
    path = write_results(proceed(chosen, say), options.output)
    print(path.read_text(encoding="utf-8"))


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--enrolments", type=int, nargs="+", default=[1_000, 10_000], help="sizes, at each of which")
    options.add_argument("--rounds", type=int, default=100, help="how often each page is asked for")
    options.add_argument("--list-rounds", type=int, default=3, help="how often each list is written")
    options.add_argument("--only", choices=["pages", "lists"], help="measure nothing else, and seed what it needs")
    options.add_argument("--small-course", action="store_true", help="the course of the tests, which is made quickly")
    options.add_argument("--database-url", help="a server on which a database may be made; else SQLite in a file")
    options.add_argument("--output", type=Path, default=ROOT / "var" / "benchmarks", help="the folder for results")
    return options.parse_args()


if __name__ == "__main__":
    main()
