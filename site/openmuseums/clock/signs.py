"""Signs of how the site's work in the background goes: each app registers what administrators are to see."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Reading:
    """What a sign says now. `advice` is empty where all is well, else what to do; both are translated."""

    sentence: StrOrPromise
    advice: StrOrPromise = ""
    can_try_again: bool = False

    @property
    def is_well(self) -> bool:
        """Return whether there is nothing to do."""
        return not self.advice


@dataclass(frozen=True)
class Sign:
    """Something to look at. `try_again`, where there is a remedy, applies it and returns to how many things."""

    name: str
    title: StrOrPromise
    read: Callable[[dt.datetime], Reading]
    try_again: Callable[[dt.datetime], int] | None = None


_signs: dict[str, Sign] = {}


def register_sign(sign: Sign) -> None:
    """Have administrators see this; a sign of the same name takes the place of an earlier one."""
    _signs[sign.name] = sign


def all_signs() -> tuple[Sign, ...]:
    """Return all signs, in the order of their names."""
    return tuple(_signs[name] for name in sorted(_signs))
