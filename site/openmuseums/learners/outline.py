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
    """A unit or a quiz, in the reader's language. `page_key` is its translation key, `url` its address.

    `language` is the code of its title's language where that is not the reader's. `continuation` is the second page of
    a unit that has two: its key is that of its page, its minutes are its own and its questions none, for minutes and
    questions of the unit are those of both pages. `asks` is how many of its questions a quiz asks at a time.
    """

    page_key: UUID
    key: str
    title: str
    url: str
    minutes: int
    facets: tuple[str, ...]
    questions: tuple[OutlineQuestion, ...]
    language: str = ""
    continuation: "OutlineItem | None" = None
    asks: int = 0

    @property
    def pages(self) -> tuple["OutlineItem", ...]:
        """Return the pages to read, in order: the first stands for the whole unit."""
        return (self, self.continuation) if self.continuation else (self,)

    @property
    def page_keys(self) -> tuple[UUID, ...]:
        """Return the keys of the pages, in order; the first is that of the unit or quiz."""
        return tuple(page.page_key for page in self.pages)


@dataclass(frozen=True)
class OutlineTask:
    """The final task of a lesson: it stands on the lesson's page, and nothing is recorded of it.

    `language` is the code of its title's language where that is not the reader's.
    """

    title: str
    url: str
    minutes: int
    language: str = ""


@dataclass(frozen=True)
class OutlineChapter:
    """A lesson, or one of the parts around the lessons (number is None and it has no quiz).

    `language` is the code of the language of its title, message and statements where that is not the reader's.
    """

    page_key: UUID
    key: str
    title: str
    url: str
    number: int | None
    units: tuple[OutlineItem, ...]
    quiz: OutlineItem | None
    message: str = ""
    statements: tuple[tuple[str, str], ...] = ()
    language: str = ""
    final_task: OutlineTask | None = None

    @property
    def steps(self) -> tuple[OutlineItem, ...]:
        """Return the units and then the quiz, where there is one."""
        return (*self.units, self.quiz) if self.quiz else self.units


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

    @property
    def lessons(self) -> tuple[OutlineChapter, ...]:
        """Return the numbered lessons, without the parts around them."""
        return tuple(chapter for chapter in self.chapters if chapter.number is not None)

    @property
    def parts(self) -> tuple[OutlineChapter, ...]:
        """Return the parts around the lessons."""
        return tuple(chapter for chapter in self.chapters if chapter.number is None)

    @property
    def steps(self) -> tuple[OutlineItem, ...]:
        """Return all units and quizzes in the order in which they are taken."""
        return tuple(step for chapter in self.chapters for step in chapter.steps)

    def chapter_of(self, page_key: UUID) -> OutlineChapter | None:
        """Return the chapter that has this key, or that holds the page with this key; None where none does."""
        for chapter in self.chapters:
            if chapter.page_key == page_key or any(page_key in step.page_keys for step in chapter.steps):
                return chapter
        return None

    def step(self, page_key: UUID) -> OutlineItem | None:
        """Return the unit or quiz that has a page with this key, or None."""
        return next((step for step in self.steps if page_key in step.page_keys), None)

    def neighbours(self, page_key: UUID) -> tuple[OutlineItem | None, OutlineItem | None]:
        """Return the pages before and after one of a unit or quiz; None at the ends and where the key is unknown."""
        pages = [page for step in self.steps for page in step.pages]
        place = next((place for place, page in enumerate(pages) if page.page_key == page_key), None)
        if place is None:
            return None, None
        return (pages[place - 1] if place else None), (pages[place + 1] if place + 1 < len(pages) else None)


Provider = Callable[[], Outline | None]
_providers: list[Provider] = []


def register_outline(provider: Provider) -> None:
    """Have a provider answer for the course in the language that is active."""
    _providers[:] = [provider]


def get_outline() -> Outline | None:
    """Return the course in the active language, or None where it has none (yet)."""
    return _providers[0]() if _providers else None
