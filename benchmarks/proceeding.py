"""A run: a course, then people, more and more of them, and what things take among them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from wagtail.models import Site

from benchmarks.database import begin_filling, end_filling, own_database, size_in_mib
from benchmarks.lists import measure_lists
from benchmarks.machine import describe, load
from benchmarks.measuring import measure, peak_mib
from benchmarks.seeding import SEED, SMALL, Group, counts, make_group, seed
from benchmarks.workloads import Scene, make_scene, workloads
from openmuseums.catalogues.compiling import compile_catalogue, is_compiled, sources
from openmuseums.learners.outline import Outline, get_outline
from tests.factories import make_course, make_trainer

PAGES, LISTS = "pages", "lists"


@dataclass(frozen=True)
class Chosen:
    """What is measured. course: the folder of a course's pack; without one it is the small course of the tests."""

    sizes: Sequence[int]
    rounds: int
    list_rounds: int
    measured: Sequence[str]
    course: Path | None


def proceed(chosen: Chosen, say: Callable[[str], None]) -> dict[str, Any]:
    """Return all that was measured. say: is told how far it is."""
    with own_database(), translation.override("en"):
        told = {"machine": describe(), "seed": SEED, "rounds": chosen.rounds, "course": _course_name(chosen)}
        outline = _make_course(chosen.course)
        say("The course is there.")
        trainer = make_trainer(name="Trainer")
        # Another's: what a trainer's own groups cost grows with who is in them.
        big = make_group("Everybody else", outline, make_trainer(name="Somebody else"))
        small = make_group("The small group", outline, trainer)
        with_pages = PAGES in chosen.measured
        begin_filling()
        seed(small, outline, range(SMALL), with_records=with_pages)
        end_filling()
        run = _Run(chosen, big, make_scene(outline, trainer, small), say)
        told["sizes"] = [run.measure(size, turn) for turn, size in enumerate(sorted(chosen.sizes))]
        return told


@dataclass(frozen=True)
class _Run:
    """What is measured, among whom."""

    chosen: Chosen
    big: Group
    scene: Scene
    say: Callable[[str], None]

    def measure(self, size: int, turn: int) -> dict[str, Any]:
        """Fill up to a size, and measure there. The small group is among those who are counted."""
        there = SMALL + self.big.cohort.participations.count()
        begun = time.perf_counter()
        begin_filling()
        numbers = range(there, max(there, size))
        seed(self.big, self.scene.outline, numbers, with_records=PAGES in self.chosen.measured)
        end_filling()
        found: dict[str, Any] = {
            "enrolments": size,
            "seeded_in_s": round(time.perf_counter() - begun, 1),
            "database_mib": size_in_mib(),
            "rows": counts(),
            "load_before": load(),
        }
        self.say(f"{size} enrolments are there, after {found['seeded_in_s']} s.")
        if PAGES in self.chosen.measured:
            found["pages"] = measure(workloads(self.scene, turn), self.chosen.rounds)
            found["peak_mib"] = peak_mib()
            self.say("Pages are measured.")
        if LISTS in self.chosen.measured:
            found["lists"] = measure_lists(self.big.cohort, self.chosen.list_rounds)
            self.say("Lists are measured.")
        return found | {"load_after": load()}


def _make_course(pack: Path | None) -> Outline:
    for source in sources(settings.LOCALE_PATHS):
        if not is_compiled(source):
            compile_catalogue(source)
    if pack is None:
        make_course()
    else:
        call_command("load_course", str(pack), verbosity=0)
    Site.objects.filter(is_default_site=True).update(hostname="testserver", port=80)
    Site.clear_site_root_paths_cache()
    outline = get_outline()
    if outline is None:
        raise LookupError("There is no course to measure.")
    return outline


def _course_name(chosen: Chosen) -> str:
    return chosen.course.name if chosen.course else "the small course of the tests"
