"""A file of people to invite, read: which line says what, and what cannot be read. Knows no database."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from openmuseums.organisations.folding import folded

MOST_LINES = 10_000
_DELIMITERS = (";", ",", "\t")
COLUMNS = ("email", "name", "museum", "language")
# What the columns are called in the languages of the site, and where people save such a list.
_HEADINGS = {
    "email": (
        "email",
        "e-mail",
        "mail",
        "e-mail address",
        "email address",
        "address",
        "e-mailadres",
        "emailadres",
        "ηλεκτρονική διεύθυνση",
        "ηλεκτρονικό ταχυδρομείο",
        "διεύθυνση e-mail",
        "indirizzo e-mail",
        "indirizzo email",
        "posta elettronica",
        "correo electrónico",
        "correo",
        "dirección de correo electrónico",
    ),
    "name": (
        "name",
        "full name",
        "naam",
        "volledige naam",
        "όνομα",
        "ονοματεπώνυμο",
        "nome",
        "nome e cognome",
        "nombre",
        "nombre y apellidos",
    ),
    "museum": (
        "museum",
        "organisation",
        "organization",
        "organisatie",
        "μουσείο",
        "οργανισμός",
        "museo",
        "organizzazione",
        "organización",
    ),
    "language": ("language", "taal", "γλώσσα", "lingua", "idioma", "lengua"),
}
_COLUMN_OF = {folded(heading): column for column, headings in _HEADINGS.items() for heading in headings}


class What(StrEnum):
    """What can be wrong with a file or a line of it."""

    NO_TEXT = "no-text"
    EMPTY = "empty"
    NO_ADDRESSES = "no-addresses"
    TWICE = "twice"
    TOO_MANY = "too-many"
    QUOTES = "quotes"
    TOO_MANY_CELLS = "too-many-cells"
    NO_ADDRESS = "no-address"
    BAD_ADDRESS = "bad-address"
    TOO_LONG = "too-long"
    BAD_SIGNS = "bad-signs"
    BAD_LANGUAGE = "bad-language"


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: the line of the file, and the column of the table; 0 is all of it."""

    what: What
    line: int
    column: int = 0
    value: str = ""


@dataclass(frozen=True)
class Line:
    """A line with its number in the file, its cells by column, and where each column stands in the table."""

    number: int
    cells: dict[str, str]
    places: dict[str, int]
    fault: Fault | None = None


@dataclass(frozen=True)
class Sheet:
    """A file, read. unused: the headings of columns that are not needed."""

    lines: tuple[Line, ...]
    unused: tuple[str, ...] = ()


class UnreadableError(ValueError):
    """Raised where a file cannot be read at all; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def read(data: bytes) -> Sheet:
    """Return what a file says, line by line. Empty lines count in the numbers alone.

    Raises UnreadableError.
    """
    rows = _rows(_decoded(data))
    first = next(rows, None)
    if first is None:
        raise UnreadableError(Fault(What.EMPTY, 0))
    number, cells, fault = first
    headings = [_COLUMN_OF.get(folded(cell)) for cell in cells]
    if "email" in headings:
        places = _places(headings, number)
        lines = []
        unused = tuple(cell for cell, column in zip(cells, headings, strict=True) if column is None and cell)
    elif cells and "@" in cells[0]:
        places, unused = {column: place for place, column in enumerate(COLUMNS)}, ()
        lines = [_line(number, cells, fault, places, len(COLUMNS))]
    else:
        raise UnreadableError(fault or Fault(What.NO_ADDRESSES, number))
    width = max(len(cells), len(COLUMNS) if not unused and "email" not in headings else 0)
    for number, cells, fault in rows:
        if len(lines) == MOST_LINES:
            raise UnreadableError(Fault(What.TOO_MANY, number))
        lines.append(_line(number, cells, fault, places, width))
    return Sheet(tuple(lines), unused)


def _decoded(data: bytes) -> str:
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(Fault(What.NO_TEXT, data[: error.start].count(b"\n") + 1)) from error
    if "\0" in text:
        raise UnreadableError(Fault(What.NO_TEXT, text[: text.index("\0")].count("\n") + 1))
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str], Fault | None]]:
    """Yield the number, the cells and what is wrong with the quotes of each line that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield number, [], Fault(What.QUOTES, number)
            continue
        if any(cells):
            yield number, cells, None


def _delimiter(text: str) -> str:
    """Return the sign that stands most often in the first line that says something, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(part for place, part in enumerate(first.split('"')) if place % 2 == 0)
    return max(_DELIMITERS, key=bare.count)


def _places(headings: list[str | None], number: int) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, column in enumerate(headings):
        if column in places:
            raise UnreadableError(Fault(What.TWICE, number, place + 1))
        if column:
            places[column] = place
    return places


def _line(number: int, cells: list[str], fault: Fault | None, places: dict[str, int], width: int) -> Line:
    if fault is None and any(cells[width:]):
        fault = Fault(What.TOO_MANY_CELLS, number, width + 1)
    found = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
    return Line(number, found, places, fault)
