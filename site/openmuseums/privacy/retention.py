"""What has been kept for long enough: each declaration says how long, and this lets it go."""

import datetime as dt
from dataclasses import dataclass

from openmuseums.privacy.registry import declarations


@dataclass(frozen=True)
class Due:
    """How many rows of a model have (had) their time."""

    model: str
    count: int


def apply_retention(*, now: dt.datetime, write: bool = True) -> list[Due]:
    """Delete what has been kept for long enough, model by model; return what went, or without `write` what would go.

    A second run finds nothing more, and two at once delete what is there once.
    """
    return [
        Due(declaration.model, declaration.expire(now, write))
        for declaration in declarations()
        if declaration.expire is not None
    ]


def run_retention(now: dt.datetime) -> str:
    """Do the daily duty; return what it did."""
    gone = [due for due in apply_retention(now=now) if due.count]
    if not gone:
        return "Nothing was due."
    return "Gone: " + ", ".join(f"{due.model} {due.count}" for due in gone) + "."
