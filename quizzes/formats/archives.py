"""Reads the files in a zip archive from anybody without unpacking it: no path leads out, and no size deceives."""

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from quizzes.formats.items import Position, Reading
from quizzes.formats.limits import MAX_BYTES, MAX_PARTS, MAX_RATIO, MAX_UNPACKED, SMALL_PART

ZIP = b"PK\x03\x04"
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1


def read_archive(data: bytes, reading: Reading) -> dict[str, bytes] | None:
    """Return the files of an archive by their names, or None where it is not to be trusted, which is noted."""
    if len(data) > MAX_BYTES:
        reading.fault("too-large", Position(), most=MAX_BYTES // 1024 // 1024)
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            code = _fault_of(archive.infolist())
            if code:
                reading.fault(code, Position())
                return None
            return _read_all(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        reading.fault("not-zip", Position())
    return None


def _read_all(archive: zipfile.ZipFile) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in archive.infolist():
        if not entry.is_dir():
            with archive.open(entry) as part:
                # What an archive says of a size is a claim; one byte more would show that it is false.
                content = part.read(entry.file_size + 1)
            if len(content) != entry.file_size:
                raise zipfile.BadZipFile("A part is longer than it says.")
            found[entry.filename] = content
    return found


def _fault_of(entries: list[zipfile.ZipInfo]) -> str:
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        return "archive-too-large"
    if len({entry.filename for entry in entries}) != len(entries):
        return "archive-unsafe"
    for entry in entries:
        if not _is_safe(entry):
            return "archive-unsafe"
        if entry.file_size > SMALL_PART and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            return "archive-too-large"
    return ""


def _is_safe(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry is a plain file or folder with a plain name inside the archive."""
    name = entry.filename
    # zipfile cuts a name at a NUL, and turns the other slash: what was written counts.
    if not name or entry.orig_filename != name or "\\" in name or ":" in name or name.startswith("/"):
        return False
    if any(part in {"..", "."} for part in PurePosixPath(name).parts) or "//" in name or len(name) > 200:
        return False
    mode = entry.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) and stat.S_IFMT(mode):
        return False
    return entry.compress_type in _PLAIN and not entry.flag_bits & _ENCRYPTED
