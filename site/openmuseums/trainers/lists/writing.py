"""Writing the rows of a list as CSV and as JSON Lines. The bytes follow from the rows, the columns and the language."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openmuseums.trainers.lists.cells import iso_seconds, neutral, plain_number
from openmuseums.trainers.lists.columns import Column, Kind, yes_and_no
from openmuseums.trainers.lists.reading import Row

BOM = b"\xef\xbb\xbf"
# Where fractions have a comma, spreadsheets part cells at semicolons, and take 1.5 for text or for the first of May.
_DECIMAL_POINT = frozenset({"en"})

Blocks = Iterable[list[Row]]


@dataclass(frozen=True)
class Dialect:
    """How spreadsheets of a language write what parts cells, and fractions."""

    delimiter: str
    point: str


def dialect_of(locale: str) -> Dialect:
    """Return the dialect of a language."""
    return Dialect(",", ".") if locale.partition("-")[0] in _DECIMAL_POINT else Dialect(";", ",")


def csv_pieces(columns: Sequence[Column], blocks: Blocks, dialect: Dialect) -> Iterator[bytes]:
    """Return a list as CSV, piece by piece: first the heading, then block by block."""
    present = [csv_cells(column, dialect) for column in columns]
    yield BOM + _csv_lines([[neutral(column.heading) for column in columns]], dialect)
    for block in blocks:
        if block:
            yield _csv_lines(zip(*[cells(block) for cells in present], strict=True), dialect)


def csv_cells(column: Column, dialect: Dialect) -> Callable[[list[Row]], list[Any]]:
    """Return how the cells of a column are written, a block of rows at a time. The screen shows the same."""
    values, words = column.values, column.words
    match column.kind:
        case Kind.TEXT:
            return lambda rows: [neutral(value) if value else "" for value in values(rows)]
        case Kind.CODE:
            shown = {code: neutral(word) for code, word in words.items()}
            return lambda rows: [shown.get(value) or neutral(value) for value in values(rows)]
        case Kind.TIME:
            return lambda rows: [iso_seconds(value) if value else "" for value in values(rows)]
        case Kind.YES_NO:
            yes, no = yes_and_no()
            answers = {True: yes, False: no, None: ""}
            return lambda rows: [answers[value] for value in values(rows)]
        case Kind.NUMBER:
            return lambda rows: [_number(value, dialect.point) for value in values(rows)]


def json_pieces(columns: Sequence[Column], blocks: Blocks) -> Iterator[bytes]:
    """Return a list as JSON Lines: an object a row, with codes where other formats have words, and values untouched."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    keys = [column.key for column in columns]
    for block in blocks:
        cells = [_json_values(column, block) for column in columns]
        lines = (encode(dict(zip(keys, row, strict=True))) for row in zip(*cells, strict=True))
        yield "".join(f"{line}\n" for line in lines).encode()


def _json_values(column: Column, rows: list[Row]) -> list[Any]:
    values = column.values(rows)
    if column.kind == Kind.TIME:
        return [iso_seconds(value) if value else None for value in values]
    if column.kind == Kind.NUMBER:
        return [_json_number(value) for value in values]
    return [value if value != "" else None for value in values]


def _json_number(value: Any) -> int | float | None:
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _number(value: Any, point: str) -> str:
    if value is None:
        return ""
    text = plain_number(value)
    return text.replace(".", point) if point != "." else text


def _csv_lines(lines: Iterable[Iterable[Any]], dialect: Dialect) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=dialect.delimiter, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode()
