"""Writing the rows of a list as a workbook (XLSX) with one sheet, cell by cell as they come.

It is written here, and not by a library, because its bytes must follow from the list alone: the libraries put their
version into it, and all but a few lines of a workbook's format stay unused. What is packed is not compressed: what
comes out of a compressor depends on its build, and another machine would write other bytes. There are no formulas and
no links: text is of the type text and in the format of text, whatever it looks like, and numbers are numbers.
"""

import datetime as dt
import zipfile
from collections.abc import Callable, Sequence
from typing import IO, Any

from openmuseums.trainers.lists.cells import iso, iso_seconds, plain_number, xml_text
from openmuseums.trainers.lists.columns import Column, Kind, yes_and_no
from openmuseums.trainers.lists.reading import Row
from openmuseums.trainers.lists.writing import Blocks

# With the heading.
MOST_ROWS = 1_048_576
# What the directory of such a file can say of a part without an extension that not every program reads.
MOST_BYTES = 2**31 - 1
# The earliest that a ZIP can say.
_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_SHEETS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    "</Relationships>"
)
# Formats of cells: 0 numbers, 1 text (whoever edits one that looks like a formula still has text), 2 headings.
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class WorkbookTooLargeError(ValueError):
    """Raised where a list is larger than a workbook may be."""


def write_workbook(  # noqa: PLR0913 - the rows, and what is said of the whole
    file: IO[bytes], columns: Sequence[Column], blocks: Blocks, *, title: str, language: str, as_of: dt.datetime
) -> None:
    """Write a list into a file that can be written at any place. Raises WorkbookTooLargeError."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as package:
        for name, text in (
            ("[Content_Types].xml", _CONTENT_TYPES),
            ("_rels/.rels", _RELATIONS),
            ("docProps/core.xml", _properties(language, as_of)),
            ("xl/workbook.xml", _workbook(title)),
            ("xl/_rels/workbook.xml.rels", _SHEETS),
            ("xl/styles.xml", _STYLES),
        ):
            package.writestr(_entry(name), text)
        with package.open(_entry("xl/worksheets/sheet1.xml"), "w") as sheet:
            _write_sheet(sheet, columns, blocks)


def _write_sheet(sheet: IO[bytes], columns: Sequence[Column], blocks: Blocks) -> None:
    letters = [_letters(place) for place in range(len(columns))]
    cells = [_cells(column, letter) for column, letter in zip(columns, letters, strict=True)]
    sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">'.encode())
    # The heading stays in sight.
    sheet.write(
        b'<sheetViews><sheetView workbookViewId="0">'
        b'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        b'<sheetFormatPr defaultRowHeight="15"/>'
    )
    if columns:
        sheet.write(f'<cols><col min="1" max="{len(columns)}" width="22" customWidth="1"/></cols>'.encode())
    heading = "".join(
        _text(letter, 1, column.heading, style=2) for column, letter in zip(columns, letters, strict=True)
    )
    sheet.write(f'<sheetData><row r="1">{heading}</row>'.encode())
    number, written = 2, 0
    for block in blocks:
        if number + len(block) - 1 > MOST_ROWS:
            raise WorkbookTooLargeError
        parts = [present(block, number) for present in cells]
        lines = [f'<row r="{place}">{"".join(row)}</row>' for place, row in enumerate(zip(*parts, strict=True), number)]
        data = "".join(lines).encode()
        written += len(data)
        if written > MOST_BYTES - 10_000:
            raise WorkbookTooLargeError
        sheet.write(data)
        number += len(block)
    sheet.write(b"</sheetData></worksheet>")


def _cells(column: Column, letter: str) -> Callable[[list[Row], int], list[str]]:
    """Return how the cells of a column are written, for a block of rows from a line on. Empty ones are left out."""
    values = column.values
    before, between, after = f'<c r="{letter}', '" s="1" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"

    def texts(found: list[str], first: int) -> list[str]:
        return [f"{before}{line}{between}{text}{after}" if text else "" for line, text in enumerate(found, first)]

    def numbers(rows: list[Row], first: int) -> list[str]:
        return [
            "" if value is None else f'{before}{line}"><v>{plain_number(value)}</v></c>'
            for line, value in enumerate(values(rows), first)
        ]

    if column.kind == Kind.NUMBER:
        return numbers
    present: Callable[[Any], str]
    if column.kind == Kind.TEXT:
        present = xml_text
    elif column.kind == Kind.TIME:
        present = _time
    elif column.kind == Kind.CODE:
        words = {code: xml_text(word) for code, word in column.words.items()}
        return lambda rows, first: texts([words.get(value) or xml_text(value) for value in values(rows)], first)
    else:
        yes, no = (xml_text(word) for word in yes_and_no())
        present = {True: yes, False: no, None: ""}.__getitem__
    return lambda rows, first: texts([present(value) for value in values(rows)], first)


def _time(value: dt.datetime | None) -> str:
    return iso_seconds(value) if value else ""


def _text(letter: str, line: int, text: str, *, style: int) -> str:
    return f'<c r="{letter}{line}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'


def _letters(place: int) -> str:
    """Return what a column is called: A to Z, then AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _PACKED_AT)
    entry.compress_type = zipfile.ZIP_STORED
    # As on any machine: whoever unpacks it may read it.
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    return entry


def _workbook(title: str) -> str:
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{xml_text(title)[:31]}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _properties(language: str, as_of: dt.datetime) -> str:
    """Return what is said of the whole: made at the time that it speaks of, for it knows no other."""
    moment = iso(as_of.replace(microsecond=0))
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f"<dc:language>{language}</dc:language>"
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )
