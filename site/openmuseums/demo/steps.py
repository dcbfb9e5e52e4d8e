"""How a step of the demo is run: skipped where it may be, timed, and explained where it fails."""

import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError

from openmuseums.demo.stamps import Stamps


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something to be done before the demo can be served.

    stands: whether its outcome is still there, asked of the outcome itself. inputs: a digest of what it depends on, for
    whatever cannot be told from the outcome. It is skipped when the outcome stands and the inputs are those of the run
    before.
    """

    name: str
    run: Callable[[], None]
    stands: Callable[[], bool]
    advice: str
    inputs: Callable[[], str] = str


class StepError(Exception):
    """A step could not be done; its message says why and what to do."""


def run_steps(steps: Iterable[Step], *, stamps: Stamps, out: TextIO, log: Path) -> None:
    """Run the steps in order, with a line each.

    Raises StepError at the first that fails; where its own message does not explain the fault, `log` has the traceback.
    """
    for step in steps:
        started = time.monotonic()
        out.write(f"  {step.name + ' ':.<28} ")
        out.flush()
        try:
            done = _run_step(step, stamps)
        except Exception as error:
            out.write("failed\n")
            out.flush()
            raise StepError(_explanation(step, error, log)) from error
        out.write(f"{time.monotonic() - started:.1f} s\n" if done else "up to date\n")
        out.flush()


def _run_step(step: Step, stamps: Stamps) -> bool:
    """Run a step unless it may be skipped, and return whether it was run."""
    if step.stands() and stamps.holds(step.name, step.inputs()):
        return False
    stamps.drop(step.name)
    step.run()
    # Asked again: a step may depend on what only its own run has made.
    stamps.put(step.name, step.inputs())
    return True


def _explanation(step: Step, error: Exception, log: Path) -> str:
    lines = [f"The step “{step.name}” failed: {str(error) or type(error).__name__}", f"What to do: {step.advice}"]
    if not isinstance(error, CommandError | ImproperlyConfigured):
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        lines.append(f"All that is known about it stands in {log}.")
    return "\n".join(lines)
