"""Bundles as the files that people send: PO, XLIFF, or a ZIP of one of them with captions beside."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from openmuseums.segments.bundles.entries import Bundle, FileFault
from openmuseums.segments.bundles.po_files import read_po, write_po
from openmuseums.segments.bundles.xliff_reading import read_xliff
from openmuseums.segments.bundles.xliff_writing import write_xliff
from quizzes.formats.archives import ZIP, read_archive
from quizzes.formats.items import Reading

# As much as an archive may be; what a single text file may be, its reader knows.
MAX_BYTES = 40 * 1024 * 1024
CAPTIONS_FOLDER = "captions"
_MAKERS_FOLDER = "__MACOSX"
_XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class Format(StrEnum):
    """The formats that translators may have."""

    PO = "po"
    XLIFF = "xliff"


_SUFFIXES = {Format.PO: ".po", Format.XLIFF: ".xlf"}
_TYPES = {Format.PO: "text/x-gettext-translation", Format.XLIFF: "application/x-xliff+xml"}


@dataclass(frozen=True)
class MadeFile:
    """A file to hand out."""

    name: str
    content_type: str
    data: bytes = field(repr=False)


@dataclass
class ReadFile:
    """What somebody sent: the texts, and the files with captions by their paths below their folder."""

    bundle: Bundle
    captions: dict[str, bytes] = field(default_factory=dict)


def write_file(bundle: Bundle, *, name: str, format: Format, captions: Mapping[str, bytes]) -> MadeFile:  # noqa: A002 - as the command calls it
    """Return a bundle as a file: with captions a ZIP, the same bytes each time. name: without a suffix."""
    data = write_po(bundle) if format is Format.PO else write_xliff(bundle)
    file = f"{name}{_SUFFIXES[format]}"
    if not captions:
        return MadeFile(file, _TYPES[format], data)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in {file: data, **{f"{CAPTIONS_FOLDER}/{path}": captions[path] for path in captions}}.items():
            entry = zipfile.ZipInfo(path, _EARLIEST)  # a date would make each file another one
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return MadeFile(f"{name}.zip", "application/zip", stream.getvalue())


def read_file(data: bytes) -> ReadFile:
    """Return what a file holds, whatever its name says, and what of it could not be read. It raises nothing."""
    if not data.startswith(ZIP):
        return ReadFile(_read_texts(data))
    reading = Reading()
    parts = read_archive(data, reading)
    if parts is None:
        return _broken(_("This archive is damaged, too large, or holds what no file for translators needs."))
    texts, captions = [], {}
    for name, content in parts.items():
        path = PurePosixPath(name)
        if path.parts[0] == _MAKERS_FOLDER or path.name.startswith("."):
            continue  # some systems put notes of their own into every archive
        if CAPTIONS_FOLDER in path.parts:
            captions["/".join(path.parts[path.parts.index(CAPTIONS_FOLDER) + 1 :])] = content
        elif path.suffix.lower() in {".po", ".xlf", ".xliff"}:
            texts.append(content)
    if len(texts) != 1:
        return _broken(_("An archive holds one file with texts, PO or XLIFF, and a folder with captions."))
    return ReadFile(_read_texts(texts[0]), captions)


def _read_texts(data: bytes) -> Bundle:
    return read_xliff(data) if data.lstrip(b" \t\r\n").startswith(_XML) else read_po(data)


def _broken(message: str) -> ReadFile:
    return ReadFile(Bundle(faults=[FileFault(1, message)], is_whole=False))
