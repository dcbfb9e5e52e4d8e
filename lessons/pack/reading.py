"""Reads the files of a pack into plain nodes that know where they stand. What they mean is not known here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from lessons.pack.catalogues import read_catalogues
from lessons.pack.problems import PackError, Place, Problem, Problems, cannot_read
from openmuseums.segments.catalogues import Catalogue

HEADER_FILE = "pack.yaml"
PAGE_FILE = "page.yaml"
MEDIA_FOLDER = "media"
UPLOAD_KINDS = ("pictures", "documents")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

MAX_TEXT_BYTES = 1_000_000
MAX_DEPTH = 24
# The parser in C where it is there: it is ten times as fast and knows the same YAML.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.SafeLoader("")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. Its type is what any YAML reader would make of it; `odd` is what readers disagree about."""

    value: str | int | float | bool | None
    place: Place
    odd: bool = False
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value; `place` is the key's."""

    place: Place
    node: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file."""

    entries: dict[str, Entry]
    place: Place


Node = Scalar | Listing | Mapping


@dataclass
class PageFile:
    """A page's file. `folder` is its path inside the pack, with slashes."""

    folder: str
    node: Mapping
    children: list["PageFile"] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """Return the last part of the folder's path."""
        return self.folder.rpartition("/")[2]

    @property
    def file(self) -> str:
        """Return the path of the file inside the pack."""
        return f"{self.folder}/{PAGE_FILE}"

    def walk(self) -> Iterator["PageFile"]:
        """Yield this page and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Pack:
    """The files of a pack."""

    root: Path
    header: Mapping
    home: PageFile
    uploads: dict[str, Mapping]
    catalogues: dict[str, Catalogue] = field(default_factory=dict)


def read_pack(root: Path) -> Pack:
    """Read a pack's folder.

    Raises PackError with everything that is wrong with the files themselves: missing, too long, no YAML, out of place.
    """
    reader = _Reader(root)
    header = reader.mapping(HEADER_FILE)
    home_slug = _text(header, "root") if header else None
    if header and (home_slug is None or not SLUG.fullmatch(home_slug)):
        place = header.entries["root"].node.place if "root" in header.entries else header.place
        reader.problems.add(place, _("“root” must name the folder of the home page."))
    home = reader.page(home_slug, None) if home_slug and SLUG.fullmatch(home_slug) else None
    uploads = {kind: found for kind in UPLOAD_KINDS if (found := reader.uploads(kind))}
    catalogues = read_catalogues(root, reader.problems)
    reader.problems.raise_any()
    if header is None or home is None:  # each of them leaves a problem behind when it is not there
        raise AssertionError
    return Pack(root, header, home, uploads, catalogues)


def parse_yaml(text: str, file: str) -> Node:
    """Parse YAML into nodes.

    Raises PackError for what is no YAML, and for what a pack does without: doubled keys, anchors, tags, deep nesting.
    """
    events = _events(text, file)
    next(events)  # the start of the stream
    if isinstance(next(events), yaml.StreamEndEvent):
        raise PackError([Problem(Place(file), _("This file is empty."))])
    node = _node(events, next(events), file, 0)
    next(events)  # the end of the document
    following = next(events)
    if not isinstance(following, yaml.StreamEndEvent):
        raise PackError([Problem(_place(file, following), _("A file of a pack holds one document."))])
    return node


class _Reader:
    """Walks the folder, gathering problems instead of stopping at the first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems = Problems()

    def mapping(self, name: str, asked_at: Place | None = None) -> Mapping | None:
        """Read one file whose top is a mapping; `asked_at` is where the pack says that there is such a file."""
        try:
            node = parse_yaml(self._text(name, asked_at or Place(name)), name)
        except PackError as error:
            self.problems.found += error.problems
            return None
        if not isinstance(node, Mapping):
            self.problems.add(node.place, _("A list of “name: value” lines belongs here."))
            return None
        return node

    def _text(self, name: str, asked_at: Place) -> str:
        path = self.root / name
        problem = None
        if path.is_symlink():
            problem = Problem(Place(name), _("Links to other files are not followed. Put the file itself here."))
        elif not path.is_file():
            problem = Problem(asked_at, _("The file “%(file)s” is missing.") % {"file": name})
        elif path.stat().st_size > MAX_TEXT_BYTES:
            problem = Problem(Place(name), _("This file is too long (over %(size)s bytes).") % {"size": MAX_TEXT_BYTES})
        if problem:
            raise PackError([problem])
        try:
            return path.read_bytes().decode("utf-8")
        except OSError as error:
            raise PackError([cannot_read(Place(name), error)]) from error
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise PackError([Problem(Place(name, line), _("This file is not written in UTF-8."))]) from error

    def page(self, folder: str, asked_at: Place | None) -> PageFile | None:
        """Read a page and all below it."""
        if (self.root / folder).is_symlink():
            self.problems.add(Place(folder), _("Links to other folders are not followed. Put the folder itself here."))
            return None
        node = self.mapping(f"{folder}/{PAGE_FILE}", asked_at)
        if node is None:
            return None
        page = PageFile(folder, node)
        named = self._children(page)
        for slug, place in named.items():
            child = self.page(f"{folder}/{slug}", place)
            if child:
                page.children.append(child)
        self._check_folder(page, set(named))
        return page

    def uploads(self, kind: str) -> Mapping | None:
        """Read the list of pictures or documents, where there is one, and look for files that it does not name."""
        name = f"{MEDIA_FOLDER}/{kind}.yaml"
        folder = self.root / MEDIA_FOLDER / kind
        for path in (self.root / MEDIA_FOLDER, folder):
            if path.is_symlink():
                self.problems.add(
                    Place(path.relative_to(self.root).as_posix()),
                    _("Links to other folders are not followed. Put the folder itself here."),
                )
                return None
        listed = self.mapping(name) if (self.root / name).exists() or folder.exists() else None
        if listed is None or not folder.is_dir():
            return listed
        for path in sorted(folder.iterdir()):
            if path.stem not in listed.entries and not path.name.startswith("."):
                self.problems.add(
                    Place(f"{MEDIA_FOLDER}/{kind}/{path.name}"), _("%(list)s does not name this file."), list=name
                )
        return listed

    def _children(self, page: PageFile) -> dict[str, Place]:
        entry = page.node.entries.get("children")
        if entry is None:
            return {}
        if not isinstance(entry.node, Listing):
            self.problems.add(entry.node.place, _("“children” must be a list of folder names."))
            return {}
        named: dict[str, Place] = {}
        for item in entry.node.items:
            slug = item.value if isinstance(item, Scalar) else None
            if not isinstance(slug, str) or not SLUG.fullmatch(slug):
                self.problems.add(item.place, _("A folder’s name is written in a-z, 0-9 and hyphens."))
            elif slug in named:
                self.problems.add(item.place, _("“%(name)s” stands twice among the children."), name=slug)
            else:
                named[slug] = item.place
        return named

    def _check_folder(self, page: PageFile, named: set[str]) -> None:
        for path in sorted((self.root / page.folder).iterdir()):
            if path.name in named or path.name == PAGE_FILE or path.name.startswith("."):
                continue
            found = f"{page.folder}/{path.name}"
            if path.is_dir() and not path.is_symlink():
                self.problems.add(Place(found), _("“children” in %(file)s does not name this folder."), file=page.file)
            else:
                self.problems.add(Place(found), _("This file does not belong in the folder of a page."))


def _text(node: Node, key: str) -> str | None:
    entry = node.entries.get(key) if isinstance(node, Mapping) else None
    value = entry.node.value if entry and isinstance(entry.node, Scalar) else None
    return value if isinstance(value, str) else None


def _place(file: str, event: Any) -> Place:
    return Place(file, event.start_mark.line + 1, event.start_mark.column + 1)


def _events(text: str, file: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        raise PackError([Problem(place, _("This is not YAML: %(reason)s.") % {"reason": error.problem})]) from error
    except yaml.YAMLError as error:  # characters that YAML does not allow
        raise PackError([Problem(Place(file), _("This is not YAML: %(reason)s.") % {"reason": error})]) from error


def _node(events: Iterator[Any], event: Any, file: str, depth: int) -> Node:
    place = _place(file, event)
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise PackError(
            [Problem(place, _("Anchors and aliases (& and *) are not used in a pack. Write the value out."))]
        )
    if getattr(event, "tag", None):
        raise PackError([Problem(place, _("Tags (!) are not used in a pack."))])
    if depth > MAX_DEPTH:
        raise PackError([Problem(place, _("This is nested too deeply."))])
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_node(events, event, file, depth + 1))
        return Listing(tuple(items), place)
    if isinstance(event, yaml.MappingStartEvent):
        return _mapping(events, file, depth, place)
    return _scalar(event, place)


def _mapping(events: Iterator[Any], file: str, depth: int, place: Place) -> Mapping:
    entries: dict[str, Entry] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _node(events, event, file, depth + 1)
        if not isinstance(key, Scalar) or not isinstance(key.value, str):
            raise PackError([Problem(key.place, _("The name of a field is a plain word."))])
        if key.value in entries:
            raise PackError([Problem(key.place, _("“%(name)s” stands here twice.") % {"name": key.value})])
        entries[key.value] = Entry(key.place, _node(events, next(events), file, depth + 1))
    return Mapping(entries, place)


def _scalar(event: Any, place: Place) -> Scalar:
    text: str = event.value
    if event.style or not event.implicit[0]:
        return Scalar(text, place, literal=event.style == "|")
    if _WHOLE.fullmatch(text):
        return Scalar(int(text), place) if len(text) < 19 else Scalar(text, place, odd=True)
    if _DECIMAL.fullmatch(text):
        return Scalar(float(text), place)
    if text in {"true", "false"}:
        return Scalar(text == "true", place)
    if text in {"", "null", "~"}:
        return Scalar(None, place)
    return Scalar(text, place, odd=reads_otherwise(text))


def reads_otherwise(text: str) -> bool:
    """Return whether YAML readers take a text without quotes for a number, a date, true or false, or nothing."""
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) != "tag:yaml.org,2002:str")
