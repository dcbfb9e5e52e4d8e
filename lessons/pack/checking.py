"""Checks a whole pack before anything is written, and turns its nodes into values."""

import hashlib
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from lessons.pack.containers import FieldsShape
from lessons.pack.content import CHILDREN, FILE, FORMAT, ID, LICENCE, TYPE, PackContent, PageContent, UploadContent
from lessons.pack.introspection import StreamFieldShape
from lessons.pack.names import Names
from lessons.pack.page_types import PageType, page_types
from lessons.pack.problems import Problems
from lessons.pack.reading import MEDIA_FOLDER, SLUG, UPLOAD_KINDS, Entry, Mapping, Pack, PageFile, Scalar
from lessons.pack.shapes import Reading
from lessons.pack.translations import check_translations
from lessons.pack.uploads import UploadKind, upload_kinds
from openmuseums.delivery.languages import source_language
from openmuseums.uploads.models import Picture
from openmuseums.uploads.signatures import is_what_it_says

_HEADER = ("format", "language", "licence", "root")


def check_pack(pack: Pack, *, new_id: Callable[[], UUID] | None = None) -> PackContent:
    """Return what a pack holds. `new_id` makes ids where there are none.

    Raises PackError with everything that is wrong. The database is asked for content types and collections alone.
    """
    return _Checking(pack, new_id).content()


class _Checking:
    """One check of one pack."""

    def __init__(self, pack: Pack, new_id: Callable[[], UUID] | None) -> None:
        self.pack = pack
        self.problems = Problems()
        self.kinds = {kind.name: kind for kind in upload_kinds()}
        home = pack.home.folder
        self.reading = Reading(
            self.problems,
            page_paths=frozenset(_path(page.folder, home) for page in pack.home.walk()),
            upload_names={self.kinds[name].model: frozenset(listed.entries) for name, listed in pack.uploads.items()},
            new_id=new_id,
        )

    def content(self) -> PackContent:
        language = self._check_header()
        uploads = [
            upload
            for name in UPLOAD_KINDS
            if name in self.pack.uploads
            for upload in self._uploads(self.kinds[name], self.pack.uploads[name])
        ]
        pages: list[PageContent] = []
        self._page(self.pack.home, None, pages)
        self.problems.raise_any()
        content = PackContent(language, self.pack.home.slug, pages, uploads, self.reading.places)
        content.translations = check_translations(content, self.pack.catalogues, self.problems)
        self.problems.raise_any()
        return content

    def _check_header(self) -> str:
        header = self.pack.header
        for name, entry in header.entries.items():
            if name not in _HEADER:
                self.problems.add(entry.place, _("There is no field “%(name)s” here."), name=name)
        for name in _HEADER:
            if name not in header.entries:
                self.problems.add(header.place, _("The field “%(name)s” is missing."), name=name)
        language = source_language()
        expected: dict[str, tuple[Any, str]] = {
            "format": (FORMAT, _("This release reads packs of format %(expected)s.")),
            "language": (language, _("The site’s first language is “%(expected)s”; a pack is loaded in that.")),
            "licence": (LICENCE, _("The texts of a pack are published under %(expected)s.")),
        }
        for name, (value, message) in expected.items():
            node = header.entries[name].node if name in header.entries else None
            if node and (not isinstance(node, Scalar) or node.value != value):
                self.problems.add(node.place, message, expected=value)
        return language

    def _uploads(self, kind: UploadKind, listed: Mapping) -> list[UploadContent]:
        found = []
        for name, entry in listed.entries.items():
            upload = self._upload(kind, name, entry)
            if upload:
                found.append(upload)
        return sorted(found, key=lambda upload: upload.name)

    def _upload(self, kind: UploadKind, name: str, entry: Entry) -> UploadContent | None:
        if not SLUG.fullmatch(name):
            self.problems.add(entry.place, _("The name of a file is written in a-z, 0-9 and hyphens."))
        if not isinstance(entry.node, Mapping):
            self.problems.add(entry.node.place, _("A list of “name: value” lines belongs here."))
            return None
        upload_id = self.reading.read_id(entry.node)
        values = FieldsShape(kind.fields).read(entry.node, self.reading, besides=(ID, FILE)) or {}
        self._check_fields(kind.model(**values), set(kind.fields), entry.node)
        file = entry.node.entries.get(FILE)
        if file is None:
            self.problems.add(entry.node.place, _("The field “%(name)s” is missing."), name=FILE)
            return None
        source = self._file(kind, name, file)
        if source is None:
            return None
        digest = hashlib.sha1(source.read_bytes(), usedforsecurity=False).hexdigest()
        return UploadContent(
            kind, UUID(upload_id or uuid.uuid4().hex), name, source.name, source, digest, values, entry.place
        )

    def _file(self, kind: UploadKind, name: str, entry: Entry) -> Path | None:
        """Return the file of an upload where it is fit to be one."""
        file = entry.node.value if isinstance(entry.node, Scalar) else None
        stem, _dot, extension = file.rpartition(".") if isinstance(file, str) else ("", "", "")
        if stem != name or extension not in kind.extensions:
            self.problems.add(
                entry.node.place,
                _("The file is called “%(name)s.” and one of: %(extensions)s."),
                name=name,
                extensions=", ".join(kind.extensions),
            )
            return None
        path = self.pack.root / MEDIA_FOLDER / kind.name / str(file)
        if path.is_symlink():
            self.problems.add(entry.node.place, _("Links to other files are not followed. Put the file itself here."))
        elif not path.is_file():
            self.problems.add(
                entry.node.place, _("The file “%(file)s” is missing."), file=path.relative_to(self.pack.root).as_posix()
            )
        elif path.stat().st_size > kind.max_bytes:
            self.problems.add(entry.node.place, _("This file is too long (over %(size)s bytes)."), size=kind.max_bytes)
        elif not (_is_picture(path) if kind.model is Picture else _is_document(path)):
            self.problems.add(entry.node.place, _("This file is not of the kind that its name says."))
        else:
            return path
        return None

    def _page(self, file: PageFile, parent: PageContent | None, pages: list[PageContent]) -> None:
        kind = self._type(file)
        if kind is None:
            return
        page_id = self.reading.read_id(file.node)
        values = FieldsShape(kind.fields).read(file.node, self.reading, besides=(ID, TYPE, CHILDREN)) or {}
        page = PageContent(
            kind,
            UUID(page_id or uuid.uuid4().hex),
            file.slug,
            _path(file.folder, self.pack.home.folder),
            values,
            parent,
            place=file.node.place,
            places={name: entry.node.place for name, entry in file.node.entries.items()},
        )
        self._check_place(page, file)
        self._check_key(page)
        simple = {name for name in kind.fields if name not in kind.relations} - {
            name for name, shape in kind.fields.items() if isinstance(shape, StreamFieldShape)
        }
        stored = {name: kind.fields[name].stored(values.get(name), Names(), "") for name in simple}
        self._check_fields(kind.model(**stored), simple, file.node)
        pages.append(page)
        if parent:
            parent.children.append(page)
        for child in file.children:
            self._page(child, page, pages)
        self._check_rules(page)

    def _type(self, file: PageFile) -> PageType | None:
        entry = file.node.entries.get(TYPE)
        if entry is None:
            self.problems.add(file.node.place, _("The field “%(name)s” is missing."), name=TYPE)
            return None
        known = page_types()
        name = entry.node.value if isinstance(entry.node, Scalar) else None
        if not isinstance(name, str) or name not in known:
            self.problems.add(
                entry.node.place,
                _("There is no page type “%(name)s”. It must be one of: %(types)s."),
                name=name,
                types=", ".join(sorted(known)),
            )
            return None
        return known[name]

    def _check_place(self, page: PageContent, file: PageFile) -> None:
        if page.parent is None:
            if page.type.name != "home":
                self.problems.add(page.place_of(TYPE), _("The first page of a pack is the home page."))
        elif not page.type.may_stand_in(page.parent.type):
            self.problems.add(
                page.place_of(TYPE),
                _("A page of type “%(inner)s” cannot stand below a page of type “%(outer)s”."),
                inner=page.type.name,
                outer=page.parent.type.name,
            )

    def _check_key(self, page: PageContent) -> None:
        key = page.values.get("key")
        if page.type.key_rule and key:
            fault = page.type.key_rule(key, page.slug, page.parent.slug if page.parent else "")
            if fault:
                self.problems.add(page.place_of("key"), fault)

    def _check_rules(self, page: PageContent) -> None:
        for name, fault in page.type.place_rule(page) if page.type.place_rule else ():
            self.problems.add(page.place_of(name), fault)

    def _check_fields(self, instance: Any, names: set[str], node: Mapping) -> None:
        """Have a model's own fields say whether they accept their values; what is missing has been said already."""
        others = {field.name for field in instance._meta.get_fields()} - (names & set(node.entries))
        try:
            instance.clean_fields(exclude=others)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                place = node.entries[name].node.place
                if not any(problem.place == place for problem in self.problems.found):
                    for message in messages:
                        self.problems.add(place, message)


def _path(folder: str, home: str) -> str:
    return folder.removeprefix(home).strip("/")


def _is_picture(path: Path) -> bool:
    formats = {"jpg": "JPEG", "jpeg": "JPEG"}
    extension = path.suffix.lstrip(".")
    try:
        with Image.open(path) as picture:
            picture.verify()
            return picture.format == formats.get(extension, extension.upper())
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False


def _is_document(path: Path) -> bool:
    with path.open("rb") as file:
        return is_what_it_says(file, path.suffix.lstrip("."))
