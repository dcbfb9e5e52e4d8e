"""What pages let readers find: each app registers how its pages are read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

TITLE, HEADING, TEXT = 8, 3, 1


@dataclass(frozen=True)
class Passage:
    """A piece of a page's text: where it stands (an anchor, or empty for the top) and how much a word in it weighs."""

    text: str
    anchor: str = ""
    weight: int = TEXT


Reader = Callable[[Any], Iterable[Passage]]
_readers: list[tuple[type[Page], Reader]] = []


def register_searchable(model: type[Page], reader: Reader) -> None:
    """Have pages of a model found by the passages that a reader finds in them; their titles come of themselves."""
    if (model, reader) not in _readers:
        _readers.append((model, reader))


def searchable_models() -> tuple[type[Page], ...]:
    """Return the models whose pages can be found."""
    return tuple(dict.fromkeys(model for model, _reader in _readers))


def passages_of(page: Page) -> list[Passage] | None:
    """Return the passages of a page, title first, or None for one that is not to be found."""
    readers = [reader for model, reader in _readers if isinstance(page, model)]
    if not readers:
        return None
    return [Passage(page.title, weight=TITLE), *(passage for reader in readers for passage in reader(page))]
