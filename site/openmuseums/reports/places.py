"""Which places of a page a report can name. Whoever knows the pages registers it; this app knows only their keys."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Place:
    """A block of a page: its id, its anchor on the page, and what it is called, in the language of the page."""

    block_id: str
    anchor: str
    name: str


@dataclass(frozen=True)
class ReportedPage:
    """A page as a reader of some language is shown it. `language` is that of its words, `page_id` what editors edit.

    `url` is its address in the reader's language. `is_step` says that it is shown while the course has it; other pages
    are shown while they are live.
    """

    page_id: int
    title: str
    language: str
    url: str
    is_live: bool
    places: tuple[Place, ...]
    is_step: bool = True

    def place(self, block_id: str) -> Place | None:
        """Return the place of a block; None where the page has it no longer, or where none is named."""
        return next((place for place in self.places if place.block_id == block_id), None)

    def url_of(self, block_id: str) -> str:
        """Return the address of a block, or of the page where it has no such block."""
        place = self.place(block_id)
        return f"{self.url}#{place.anchor}" if place else self.url


# A page by its translation key, as the readers of a language see it.
Wanted = tuple[UUID, str]
Finder = Callable[[Collection[Wanted]], Mapping[Wanted, ReportedPage]]
_finders: list[Finder] = []


def register_pages(finder: Finder) -> None:
    """Have a finder return the pages that reports are about; of those wanted it leaves out what does not exist."""
    _finders[:] = [finder]


def pages_of(wanted: Collection[Wanted]) -> Mapping[Wanted, ReportedPage]:
    """Return pages by key and language of the reader, as many as are found."""
    return _finders[0](wanted) if _finders else {}
