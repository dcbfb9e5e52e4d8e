"""Tables as files that spreadsheet programs open, without what they would take for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a cell begins with that a spreadsheet program would reckon, or that would hide such a beginning (OWASP, “CSV
# Injection”).
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"

Cell = str | int | float | None


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as CSV (RFC 4180) in UTF-8 with a byte order mark, by which spreadsheet programs know it.

    A text that would be taken for a formula begins with an apostrophe. Numbers are numbers, also those below zero.
    """
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_plain(cell) for cell in row] for row in rows)
    return (_MARK + written.getvalue()).encode()


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell
