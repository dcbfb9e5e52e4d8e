"""Which of those in a cohort a list has: what they must share to be in it, as of its time."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True)
class Conditions:
    """What must be so; empty is anything. `complete`: "yes" or "no"."""

    museum: str = ""
    country: str = ""
    role: str = ""
    language: str = ""
    status: str = ""
    complete: str = ""

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """Return conditions from what is kept of them; what is not known is left out."""
        return cls(**{field.name: str(kept.get(field.name, "")) for field in fields(cls)})

    def kept(self) -> dict[str, str]:
        """Return those that ask for something."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}

    def of_state(self) -> dict[str, str]:
        """Return those that ask for something in what somebody shares."""
        return {name: value for name, value in self.kept().items() if name != "complete"}
