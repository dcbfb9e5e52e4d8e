"""What is wrong with a pack, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MAX_SHOWN = 20


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file of the pack; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing to mend."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class PackError(Exception):
    """Raised instead of loading or writing a pack that is not right; carries what is wrong as `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.place)
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:MAX_SHOWN]]
        more = len(self.problems) - MAX_SHOWN
        if more > 0:
            lines.append(
                ngettext("… and %(count)d more problem.", "… and %(count)d more problems.", more) % {"count": more}
            )
        return "\n".join(lines)


class Problems:
    """Collects problems while a pack is gone through."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, place: Place, message: Any, /, **params: Any) -> None:
        """Note a problem; `params` fill the message's placeholders."""
        self.found.append(Problem(place, str(message) % params if params else str(message)))

    def raise_any(self) -> None:
        """Raise PackError where anything was found."""
        if self.found:
            raise PackError(self.found)


def cannot_read(place: Place, error: OSError) -> Problem:
    """Return the problem of a file that the system does not hand out."""
    return Problem(place, _("This file cannot be read: %(reason)s.") % {"reason": error.strerror or error})
