"""Making the file of a list with the manifest beside it: both whole, or neither."""

import datetime as dt
import gc
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from openmuseums.trainers.lists import workbook
from openmuseums.trainers.lists.cells import iso
from openmuseums.trainers.lists.columns import Column, columns_for, in_order, parts_for
from openmuseums.trainers.lists.conditions import Conditions
from openmuseums.trainers.lists.keys import Signer
from openmuseums.trainers.lists.manifests import VERSION, Digest, removed_by_request, rules_told, signed
from openmuseums.trainers.lists.reading import Parts, Row, Selection, blocks, count
from openmuseums.trainers.lists.rules import ListedRule, rules_as_of
from openmuseums.trainers.lists.summing import sum_up, summary_pdf
from openmuseums.trainers.lists.writing import csv_pieces, dialect_of, json_pieces
from openmuseums.trainers.models import Cohort

# Whoever writes says when before they commit. What was said longer ago than this is there for all to see.
SETTLED_AFTER = dt.timedelta(minutes=1)
# How often a list is written anew because somebody was taken out of it meanwhile.
_TRIES = 5
# How many more objects than were let go there may be; a block of rows is about as many.
_SWEPT_AFTER = 100_000
MANIFEST_SUFFIX = ".manifest.json"


class Format(StrEnum):
    """What a list is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    PDF = "pdf"


class ListRefusedError(ValueError):
    """Raised where a list cannot be made as it was asked for; it says to people why, and what they can do."""


class StoppedError(Exception):
    """Raised by who is told how far a list is, where it is not to go on."""


@dataclass(frozen=True)
class Asked:
    """What list is asked for. columns: of `columns.CHOICES`; preset: what they were chosen by."""

    cohort: Cohort
    as_of: dt.datetime
    columns: tuple[str, ...]
    file_format: str
    locale: str
    preset: str = "own"
    conditions: Conditions = field(default_factory=Conditions)

    @property
    def selection(self) -> Selection:
        """Return who is in it."""
        return Selection(self.cohort.pk, self.as_of, self.conditions)

    @property
    def parts(self) -> Parts:
        """Return what has to be read of each: for a summary, all."""
        if self.file_format == Format.PDF:
            return Parts()
        return parts_for(self.columns, complete=self.conditions.complete)

    def blocks(self) -> Iterator[list[Row]]:
        """Return its rows, block by block."""
        return blocks(self.selection, parts=self.parts)


@dataclass(frozen=True)
class Made:
    """A list that was made."""

    digest: Digest
    rows: int
    removed: int


def refuse_what_cannot_be(asked: Asked, *, now: dt.datetime) -> None:
    """Raise ListRefusedError where a list cannot be made as it is asked for."""
    if asked.as_of > now - SETTLED_AFTER:
        raise ListRefusedError(
            _("The time must lie at least a minute back: what is being saved at this moment may still be missing.")
        )
    if not in_order(asked.columns):
        raise ListRefusedError(_("Choose at least one column."))
    if asked.file_format == Format.XLSX and _is_too_long(asked):
        raise ListRefusedError(_too_large())


def make_file(  # noqa: PLR0913 - what is made, where, and who is told
    asked: Asked,
    path: Path,
    *,
    signer: Signer,
    now: dt.datetime,
    tell: Callable[[int], None] = lambda _rows: None,
    before_it_appears: Callable[[Made], object] = lambda _made: None,
) -> Made:
    """Write a list to a path, and its manifest beside it. Raises ListRefusedError.

    tell: is called with the number of rows written so far. Both files appear when they are whole; one that was there
    is replaced. Whoever dies meanwhile leaves a file with a name of its own, which nobody takes for a list.
    """
    refuse_what_cannot_be(asked, now=now)
    for _try in range(_TRIES):
        removed = removed_by_request(asked.cohort.pk, asked.as_of)
        rules = rules_as_of(asked.cohort.pk, asked.as_of)
        new = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
        try:
            with translation.override(asked.locale):
                columns = columns_for(asked.columns, rules)
                rows = _write(new, asked, columns, rules, removed=removed, tell=tell)
            # Somebody may have been taken out while it was written: then it has too many rows, or too few are told.
            if removed_by_request(asked.cohort.pk, asked.as_of) != removed:
                continue
            made = Made(_digest(new), rows, removed)
            manifest = signed(_told(asked, columns, rules, made), signer)
            before_it_appears(made)
            _put_in_place(new, path, manifest)
            return made
        finally:
            new.unlink(missing_ok=True)
    raise ListRefusedError(_("People are being taken out of this group at this moment. Try again in a minute."))


def manifest_path(path: Path) -> Path:
    """Return where the manifest of a list stands."""
    return path.with_name(f"{path.name}{MANIFEST_SUFFIX}")


def pieces(asked: Asked) -> Iterator[bytes]:
    """Return a list as CSV or JSON Lines, piece by piece."""
    with translation.override(asked.locale):
        columns = columns_for(asked.columns, rules_as_of(asked.cohort.pk, asked.as_of))
    yield from _pieces(asked, columns, asked.blocks())


def _pieces(asked: Asked, columns: list[Column], found: Iterator[list[Row]]) -> Iterator[bytes]:
    if asked.file_format == Format.JSONL:
        return json_pieces(columns, found)
    return csv_pieces(columns, found, dialect_of(asked.locale))


def _write(  # noqa: PLR0913 - where, what, and who is told
    path: Path,
    asked: Asked,
    columns: list[Column],
    rules: list[ListedRule],
    *,
    removed: int,
    tell: Callable[[int], None],
) -> int:
    counted = _Counted(asked.blocks(), tell)
    with _seldom_swept(), path.open("xb") as file:
        if asked.file_format == Format.PDF:
            file.write(_summary(asked, counted, rules, removed))
        elif asked.file_format == Format.XLSX:
            _write_workbook(file, asked, columns, counted)
        else:
            for piece in _pieces(asked, columns, iter(counted)):
                file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return counted.rows


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Have the process seldom look for garbage in circles: rows make none, and looking takes a sixth of the time."""
    before = gc.get_threshold()
    if before[0] >= _SWEPT_AFTER:
        # Another list is being written here, which sees to it.
        yield
        return
    gc.set_threshold(_SWEPT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _write_workbook(file: IO[bytes], asked: Asked, columns: list[Column], counted: "_Counted") -> None:
    try:
        workbook.write_workbook(
            file, columns, counted, title=_("Completion list"), language=asked.locale, as_of=asked.as_of
        )
    except workbook.WorkbookTooLargeError:
        raise ListRefusedError(_too_large()) from None


def _summary(asked: Asked, counted: "_Counted", rules: list[ListedRule], removed: int) -> bytes:
    return summary_pdf(
        sum_up(counted, rules),
        cohort=asked.cohort,
        as_of=asked.as_of,
        columns=asked.columns,
        rules=rules,
        removed=removed,
        language=asked.locale,
    )


class _Counted:
    """Blocks of rows, counted as they pass."""

    def __init__(self, found: Iterator[list[Row]], tell: Callable[[int], None]) -> None:
        self.found, self.tell, self.rows = found, tell, 0

    def __iter__(self) -> Iterator[list[Row]]:
        for block in self.found:
            self.rows += len(block)
            yield block
            self.tell(self.rows)


def _told(asked: Asked, columns: list[Column], rules: list[ListedRule], made: Made) -> dict[str, Any]:
    return {
        "manifest": VERSION,
        "cohort": asked.cohort.key,
        "as_of": iso(asked.as_of),
        "rules": rules_told(rules),
        "filter": asked.conditions.kept(),
        "preset": asked.preset,
        "columns": [column.key for column in columns],
        "locale": asked.locale,
        "format": str(asked.file_format),
        "rows": made.rows,
        "removed": made.removed,
        "bytes": made.digest.size,
        "sha256": made.digest.sha256,
    }


def _digest(path: Path) -> Digest:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256")
        return Digest(found.hexdigest(), file.tell())


def _put_in_place(new: Path, path: Path, manifest: bytes) -> None:
    """Have the manifest appear, then the list. With only the first of them there is nothing to take for a list.

    An old list of the same name is taken away first: it is never seen beside a manifest that is not its own.
    """
    beside = manifest_path(path)
    new_manifest = beside.with_name(f".{beside.name}.{secrets.token_hex(8)}.part")
    try:
        with new_manifest.open("xb") as file:
            file.write(manifest)
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)
        new_manifest.replace(beside)
        new.replace(path)
    finally:
        new_manifest.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _is_too_long(asked: Asked) -> bool:
    # Everybody in the cohort is quickly counted, and mostly says enough.
    most = workbook.MOST_ROWS - 1
    return asked.cohort.participations.count() > most and count(asked.selection) > most


def _too_large() -> str:
    return _("This list is longer than a workbook can be. Choose CSV, or ask for a part of the group.")


def locales() -> list[str]:
    """Return the languages that headings can be in."""
    return [code for code, _name in settings.LANGUAGES]
