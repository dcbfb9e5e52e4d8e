"""A course as plain values, in the pack's own canonical form, between the files and the database."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lessons.pack.problems import Place

if TYPE_CHECKING:
    from lessons.pack.page_types import PageType
    from lessons.pack.translations import Translated
    from lessons.pack.uploads import UploadKind

FORMAT = 1
LICENCE = "CC-BY-4.0"
ID = "id"
TYPE = "type"
VALUE = "value"
CHILDREN = "children"
FILE = "file"
TRANSLATIONS_FOLDER = "translations"
_NOWHERE = Place("")


@dataclass
class PageContent:
    """A page. `path` is its folder below the home page's, empty for the home page; `values` hold no empty field."""

    type: "PageType"
    id: UUID
    slug: str
    path: str
    values: dict[str, Any]
    parent: "PageContent | None" = None
    children: list["PageContent"] = field(default_factory=list)
    place: Place = _NOWHERE
    places: dict[str, Place] = field(default_factory=dict)

    def place_of(self, *names: str) -> Place:
        """Return where the first known of some fields or block ids stands, or else the page."""
        return next((self.places[name] for name in names if name in self.places), self.place)


@dataclass
class UploadContent:
    """A picture or document. `source` is the file that holds it, `digest` the SHA-1 of its bytes."""

    kind: "UploadKind"
    id: UUID
    name: str
    file: str
    source: Path
    digest: str
    values: dict[str, Any]
    place: Place = _NOWHERE


@dataclass
class PackContent:
    """A whole course.

    `pages` holds parents before their children, children in their order. `places` says where each id stands.
    """

    language: str
    root: str
    pages: list[PageContent]
    uploads: list[UploadContent]
    places: dict[str, Place] = field(default_factory=dict)
    translations: list["Translated"] = field(default_factory=list)

    def header(self) -> dict[str, Any]:
        """Return what pack.yaml says."""
        return {"format": FORMAT, "language": self.language, "licence": LICENCE, "root": self.root}
