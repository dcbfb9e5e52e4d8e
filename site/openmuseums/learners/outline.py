"""The outline that records are read against. Whoever knows the pages registers it; this app knows only its keys."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class OutlineQuestion:
    """A question of a unit or quiz: the id of its block and the facet it tests."""

    id: str
    facet: str


@dataclass(frozen=True)
class OutlineItem:
    """A unit or a quiz, in the reader's language. `page_key` is its translation key, `url` its address."""

    page_key: UUID
    key: str
    title: str
    url: str
    minutes: int
    facets: tuple[str, ...]
    questions: tuple[OutlineQuestion, ...]


@dataclass(frozen=True)
class OutlineChapter:
    """A lesson, or one of the parts around the lessons (number is None and it has no quiz)."""

    page_key: UUID
    key: str
    title: str
    url: str
    number: int | None
    units: tuple[OutlineItem, ...]
    quiz: OutlineItem | None
    message: str = ""
    statements: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outline:
    """A course in one language: its chapters in the order in which they are taught."""

    course_key: UUID
    title: str
    url: str
    chapters: tuple[OutlineChapter, ...]

    @property
    def units(self) -> tuple[OutlineItem, ...]:
        """Return all units in order."""
        return tuple(unit for chapter in self.chapters for unit in chapter.units)


Provider = Callable[[], Outline | None]
_providers: list[Provider] = []


def register_outline(provider: Provider) -> None:
    """Have a provider answer for the course in the language that is active."""
    _providers[:] = [provider]


def get_outline() -> Outline | None:
    """Return the course in the active language, or None where it has none (yet)."""
    return _providers[0]() if _providers else None
