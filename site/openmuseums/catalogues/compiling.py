"""Compiling of catalogues in plain Python, so that nobody needs gettext's programs to run the site."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib


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

    Raises OSError where the catalogue is no valid one. A reader meets the old file or the new one, never half of one.
    """
    catalogue = polib.pofile(str(source))
    compiled = source.with_suffix(".mo")
    draft = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    try:
        catalogue.save_as_mofile(str(draft))
        draft.replace(compiled)
    finally:
        draft.unlink(missing_ok=True)
    return len(catalogue.translated_entries())
