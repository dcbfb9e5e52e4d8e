"""What a file is by its first bytes, whatever its name says."""

import codecs
import zipfile
from collections.abc import Callable
from typing import BinaryIO

_OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
_OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
# Executables, archives and pictures begin with bytes that no text has. HTML is text, so its first tags are looked for.
_MARKUP = (b"<!doctype", b"<html", b"<script", b"<svg", b"<?xml", b"<?php")
_HEAD = 4096
# An office file is a handful of parts. An archive that says it holds far more is a trap for whatever opens it.
_MOST_PARTS = 5000


def is_what_it_says(file: BinaryIO, extension: str) -> bool:
    """Return whether a file's bytes are those of its extension. The file is left at its beginning."""
    try:
        file.seek(0)
        head = file.read(_HEAD)
        return _fits(file, head, extension.lower())
    finally:
        file.seek(0)


def _fits(file: BinaryIO, head: bytes, extension: str) -> bool:
    if extension in _OFFICE_FOLDERS or extension in _OPEN_DOCUMENT:
        return head.startswith(b"PK\x03\x04") and _is_office_file(file, extension)
    fits = _SIGNATURES.get(extension)
    return fits is not None and fits(head)


def _is_sound(head: bytes) -> bool:
    # An ID3 tag, or the eleven bits that begin each frame.
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def _is_text(head: bytes) -> bool:
    try:
        # The last letter may be cut in two.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _HEAD)
    except UnicodeDecodeError:
        return False
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return b"\x00" not in head and not start.startswith(_MARKUP)


def _is_office_file(file: BinaryIO, extension: str) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if len(names) > _MOST_PARTS:
                return False
            if extension in _OFFICE_FOLDERS:
                folder = _OFFICE_FOLDERS[extension]
                has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
                return (
                    "[Content_Types].xml" in names and any(name.startswith(folder) for name in names) and not has_macros
                )
            return archive.open("mimetype").read(100) == _OPEN_DOCUMENT[extension]
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        return False


def _is_captions(head: bytes) -> bool:
    return _is_text(head) and head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


_SIGNATURES: dict[str, Callable[[bytes], bool]] = {
    "csv": _is_text,
    "jpg": lambda head: head.startswith(b"\xff\xd8\xff"),
    "mp3": _is_sound,
    "mp4": lambda head: head[4:8] == b"ftyp",
    "pdf": lambda head: head.startswith(b"%PDF-"),
    "png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "txt": _is_text,
    "vtt": _is_captions,
    "webm": lambda head: head.startswith(b"\x1a\x45\xdf\xa3"),
}
