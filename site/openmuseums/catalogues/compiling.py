"""Compiling of catalogues in plain Python, so that nobody needs gettext's programs to run the site."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

# What is filled in by name, with the letter that says how; without it, filling in fails on the reader's page.
_PLACEHOLDER = re.compile(r"%\((\w+)\)([a-zA-Z]?)")


class CatalogueError(ValueError):
    """A catalogue that would fail on a reader's page; its message says where and why."""


def sources(folders: Iterable[str | Path]) -> Iterator[Path]:
    """Yield the catalogues below the folders, in a stable order."""
    for folder in folders:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def is_compiled(source: Path) -> bool:
    """Return whether the compiled file beside a catalogue is there and no older than it."""
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def compile_catalogue(source: Path) -> int:
    """Write the compiled file beside a catalogue and return how many of its messages are translated.

    Raises OSError where the catalogue is no valid one, and CatalogueError where a translation would fail when it is
    filled in. A reader meets the old file or the new one, never half of one.
    """
    catalogue = polib.pofile(str(source))
    for entry in catalogue.translated_entries():
        _refuse_other_placeholders(entry)
    compiled = source.with_suffix(".mo")
    draft = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    try:
        catalogue.save_as_mofile(str(draft))
        draft.replace(compiled)
    finally:
        draft.unlink(missing_ok=True)
    return len(catalogue.translated_entries())


def _refuse_other_placeholders(entry: polib.POEntry) -> None:
    known = set(_PLACEHOLDER.findall(f"{entry.msgid} {entry.msgid_plural}"))
    for translation in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
        for name, letter in _PLACEHOLDER.findall(translation):
            if (name, letter) not in known:
                raise CatalogueError(
                    f"line {entry.linenum}: the translation of “{entry.msgid}” has %({name}){letter}, "
                    "which its source does not have"
                )
