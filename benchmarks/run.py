"""Measure what learners ask for most, beside a bare view and a bare page, over records of a growing number of learners.

    python benchmarks/run.py [--enrolments 1000 10000] [--rounds 200]

Makes a course and its records from a fixed seed in a database of its own, asks each workload and its references in turn
(interleaved, so that a busy moment meets them all), and writes results.json and results.md. Ratios are what to compare:
times depend on the machine. No test asserts a time.
"""

import argparse
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SEED = 20261101
BATCH = 5_000


def main() -> None:
    """Measure and write what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--enrolments", type=int, nargs="+", default=[1_000, 10_000])
    options.add_argument("--rounds", type=int, default=200)
    options.add_argument("--output", type=Path, default=ROOT / "var" / "benchmarks")
    chosen = options.parse_args()
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "openmuseums.settings.test"
    import django  # noqa: PLC0415 - the settings come first

    django.setup()
    with database():
        results = list(measure_sizes(sorted(chosen.enrolments), chosen.rounds))
    chosen.output.mkdir(parents=True, exist_ok=True)
    (chosen.output / "results.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    (chosen.output / "results.md").write_text(as_markdown(results), encoding="utf-8")
    print((chosen.output / "results.md").read_text(encoding="utf-8"))


class database:  # noqa: N801 - reads as a word in a with statement
    """A test database, made on entry and destroyed on exit."""

    def __enter__(self) -> None:
        from django.db import connection  # noqa: PLC0415

        self.connection = connection
        connection.creation.create_test_db(verbosity=0, serialize=False)

    def __exit__(self, *error: object) -> None:
        self.connection.creation.destroy_test_db(tempfile.gettempdir(), verbosity=0)


def measure_sizes(sizes: list[int], rounds: int) -> Iterator[dict[str, Any]]:
    """Yield the results of every workload at each number of enrolments."""
    from openmuseums.learners.models import Learner  # noqa: PLC0415
    from tests.factories import make_course  # noqa: PLC0415

    course = make_course()
    for size in sizes:
        seed_learners(course, size - Learner.objects.count())
        yield from ({"enrolments": size, **result} for result in measure(workloads(course), rounds))


def seed_learners(course: Any, count: int) -> None:
    """Add learners who have each read some units; the same ones at every run."""
    from openmuseums.learners.models import Enrolment, Learner, UnitState  # noqa: PLC0415
    from openmuseums.people.models import User  # noqa: PLC0415
    from tests.factories import NOW  # noqa: PLC0415

    chance = random.Random(SEED)  # noqa: S311 - the same learners at every run
    keys = [unit.translation_key for unit in course.units.values()]
    done = User.objects.count()
    for begin in range(done, done + count, BATCH):
        numbers = range(begin, min(begin + BATCH, done + count))
        users = User.objects.bulk_create(User(username=f"learner-{number}") for number in numbers)
        learners = Learner.objects.bulk_create(Learner(account=user, started_at=NOW) for user in users)
        Enrolment.objects.bulk_create(
            Enrolment(learner=learner, course_key=course.course.translation_key, enrolled_at=NOW)
            for learner in learners
        )
        UnitState.objects.bulk_create(
            UnitState(learner=learner, unit_key=key, read_at=NOW)
            for learner in learners
            for key in chance.sample(keys, k=chance.randrange(len(keys)))
        )


def workloads(course: Any) -> dict[str, Callable[[], Any]]:
    """Return what is measured, by name. The first two are the references."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415
    from wagtail.models import Page  # noqa: PLC0415

    from openmuseums.people.models import User  # noqa: PLC0415

    visitor, learner = Client(), Client()
    learner.force_login(User.objects.filter(learner__isnull=False).latest("pk"))
    unit = course.units["digital-strategy"]
    key = unit.translation_key
    etag = visitor.get(unit.url)["ETag"]

    def bare_page() -> Any:
        return Page.objects.get(pk=unit.pk).specific

    def mark() -> Any:
        learner.post(reverse("learners:mark-unread", args=[key]))
        return learner.post(reverse("learners:mark-read", args=[key]))

    return {
        "reference: bare Django view": lambda: visitor.get("/livez"),
        "reference: a page's row read by Wagtail": bare_page,
        "unit, public": lambda: visitor.get(unit.url),
        "unit, public, unchanged (304)": lambda: visitor.get(unit.url, headers={"if-none-match": etag}),
        "unit, learner": lambda: learner.get(unit.url),
        "course, learner": lambda: learner.get(course.course.url),
        "my learning": lambda: learner.get(reverse("home:my-learning")),
        "mark unread and read": mark,
    }


def measure(named: dict[str, Callable[[], Any]], rounds: int) -> list[dict[str, Any]]:
    """Ask every workload once a round; return what each took (times in ms, SQL, bytes, peak memory in MiB)."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    times: dict[str, list[float]] = {name: [] for name in named}
    for _ in range(rounds):
        for name, ask in named.items():
            begun = time.perf_counter()
            ask()
            times[name].append((time.perf_counter() - begun) * 1000)
    results = []
    reference = statistics.median(next(iter(times.values())))
    for name, ask in named.items():
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
        middle = statistics.median(times[name])
        results.append(
            {
                "workload": name,
                "p50_ms": round(middle, 2),
                "p95_ms": round(statistics.quantiles(times[name], n=20)[-1], 2),
                "per_second": round(1000 / statistics.fmean(times[name]), 1),
                "times_the_bare_view": round(middle / reference, 1),
                "sql": len(queries),
                "bytes": len(getattr(answer, "content", b"")),
                "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
    return results


def as_markdown(results: list[dict[str, Any]]) -> str:
    """Return the results as a Markdown table."""
    columns = list(results[0])
    rows = [columns, ["---"] * len(columns), *([str(value) for value in result.values()] for result in results)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


if __name__ == "__main__":
    main()
