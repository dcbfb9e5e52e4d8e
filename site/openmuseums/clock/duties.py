"""What is to be done from time to time: each app registers its duties when the site starts."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Duty:
    """Something to do every so often.

    `run` is given the time and returns a sentence in English about what was done, for operators: it names nobody. It
    may be called twice for the same time, after a clock that died half way, and must not do harm then. `at_most` is
    longer than it ever takes: one that has not ended by then is taken for dead, and done again.
    """

    name: str
    title: StrOrPromise
    every: dt.timedelta
    run: Callable[[dt.datetime], str]
    at_most: dt.timedelta = dt.timedelta(minutes=15)


class DutyError(Exception):
    """Raised by a duty that could not be done, or not wholly. Its sentence is shown as it is: it names nobody."""


_duties: dict[str, Duty] = {}


def register_duty(duty: Duty) -> None:
    """Have the clock do this; a duty of the same name takes the place of an earlier one."""
    _duties[duty.name] = duty


def all_duties() -> tuple[Duty, ...]:
    """Return all duties, in the order of their names."""
    return tuple(_duties[name] for name in sorted(_duties))
