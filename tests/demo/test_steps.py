"""How the demo's steps are taken, skipped and explained."""

import io
import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from openmuseums.demo.stamps import Stamps, digest_of_files
from openmuseums.demo.steps import Step, StepError, run_steps


class Bench:
    """A place to run steps in: `taken` are the names of those that ran."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken: list[str] = []

    def step(
        self,
        name: str,
        *,
        stands: Callable[[], bool] = lambda: True,
        inputs: Callable[[], str] = str,
        fault: Exception | None = None,
    ) -> Step:
        def run() -> None:
            self.taken.append(name)
            if fault is not None:
                raise fault

        return Step(name=name, run=run, stands=stands, inputs=inputs, advice="look behind you.")

    def run(self, *steps: Step) -> str:
        out = io.StringIO()
        stamps = Stamps(self.folder / "demo.json")
        try:
            run_steps(steps, stamps=stamps, out=out, log=self.folder / "error.log")
        finally:
            self.printed = re.sub(r"\d+\.\d s", "0.0 s", out.getvalue())
        return self.printed


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_steps_run_in_order_with_a_line_each(bench: Bench) -> None:
    printed = bench.run(bench.step("First"), bench.step("Second"))
    assert bench.taken == ["First", "Second"]
    assert printed == "  First ...................... 0.0 s\n  Second ..................... 0.0 s\n"


def test_step_whose_outcome_stands_and_inputs_are_the_same_is_skipped(bench: Bench) -> None:
    step = bench.step("Course", inputs=lambda: "digest")
    bench.run(step)
    assert bench.run(step) == "  Course ..................... up to date\n"
    assert bench.taken == ["Course"]


def test_step_whose_inputs_changed_runs_again(bench: Bench) -> None:
    versions = itertools.count()
    step = bench.step("Course", inputs=lambda: str(next(versions)))
    bench.run(step)
    bench.run(step)
    assert bench.taken == ["Course", "Course"]


def test_step_whose_outcome_is_gone_runs_again(bench: Bench) -> None:
    bench.run(bench.step("Course"))
    bench.run(bench.step("Course", stands=lambda: False))
    assert bench.taken == ["Course", "Course"]


def test_step_that_failed_runs_again(bench: Bench) -> None:
    bench.run(bench.step("Course", inputs=lambda: "old"))
    with pytest.raises(StepError):
        bench.run(bench.step("Course", inputs=lambda: "new", fault=CommandError("no")))
    bench.run(bench.step("Course", inputs=lambda: "old"))
    assert bench.taken == ["Course", "Course", "Course"]


def test_steps_after_one_that_failed_do_not_run(bench: Bench) -> None:
    with pytest.raises(StepError):
        bench.run(bench.step("First", fault=CommandError("no")), bench.step("Second"))
    assert bench.taken == ["First"]
    assert bench.printed == "  First ...................... failed\n"


def test_fault_that_explains_itself_is_told_with_what_to_do(bench: Bench) -> None:
    with pytest.raises(StepError) as caught:
        bench.run(bench.step("Course", fault=CommandError("pack.yaml, line 3: no such key")))
    assert str(caught.value).splitlines() == [
        "The step “Course” failed: pack.yaml, line 3: no such key",
        "What to do: look behind you.",
    ]
    assert not (bench.folder / "error.log").exists()


def test_fault_that_explains_nothing_is_kept_in_a_file(bench: Bench) -> None:
    with pytest.raises(StepError) as caught:
        bench.run(bench.step("Course", fault=ZeroDivisionError()))
    log = bench.folder / "error.log"
    assert str(caught.value).splitlines() == [
        "The step “Course” failed: ZeroDivisionError",
        "What to do: look behind you.",
        f"All that is known about it stands in {log}.",
    ]
    assert log.read_text().splitlines()[-1] == "ZeroDivisionError"


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_stamps_that_cannot_be_read_count_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "demo.json"
    path.write_text(text)
    stamps = Stamps(path)
    assert not stamps.holds("Course", "digest")
    stamps.put("Course", "digest")
    assert Stamps(path).holds("Course", "digest")
    stamps.drop("Course")
    assert not Stamps(path).holds("Course", "digest")


def test_digest_changes_with_a_name_and_a_content_and_not_with_what_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    file = folder / "page.yaml"
    file.write_text("title: A")
    first = digest_of_files([folder])
    (folder / "page.mo").write_text("made")
    assert digest_of_files([folder]) == first
    file.write_text("title: B")
    second = digest_of_files([folder])
    file.rename(folder / "other.yaml")
    third = digest_of_files([folder])
    assert len({first, second, third}) == 3
