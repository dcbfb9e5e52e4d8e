"""Reads XLIFF 1.2 from anybody: without entities, declarations or addresses, within limits, and with its lines."""

import io
import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext as _

from openmuseums.segments.bundles.entries import Bundle, Entry, FileFault
from openmuseums.segments.bundles.inline import Piece, html_of, tag_of

MAX_BYTES = 20_000_000
MAX_ENTRIES = 50_000
_MAX_DEPTH = 40
_MAX_NODES = 1_000_000
_MAX_FAULTS = 200
_WHITE = " \t\r\n"
_BLANKS = re.compile(f"[{_WHITE}]+")
_TEXTS = {"source", "target"}
# What a text is inside of that is none of the unit's own.
_ASIDE = {"alt-trans", "seg-source", "note", "context-group", "count-group", "prop-group", "header"}


class _RefusedError(SAXException):
    """Raised where nothing of a file may be taken, with the reason in words."""


@dataclass
class _Unit:
    """A `<trans-unit>` while it is read."""

    line: int
    path: str
    digest: str
    source: list[Piece] | None = None
    target: list[Piece] = field(default_factory=list)
    state: str = ""
    fault: str = ""


def read_xliff(data: bytes) -> Bundle:
    """Return what an XLIFF file holds, and what of it could not be read."""
    bundle = Bundle(is_respelt=True)
    builder = _Builder(bundle)
    fault = _parse(data, builder)
    return bundle if fault is None else _broken(bundle, *fault)


def _parse(data: bytes, builder: "_Builder") -> tuple[int, str] | None:
    """Read a file; return the line and the reason where nothing of it may be taken."""
    if len(data) > MAX_BYTES:
        return 1, _("This file is too long (over %(size)s bytes).") % {"size": MAX_BYTES}
    damaged = _("This is no XLIFF file, or it is damaged here.")
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, False)
    parser.setContentHandler(builder)
    try:
        parser.parse(io.BytesIO(data))
    except DefusedXmlException:
        return builder.line, _("This file declares what no file for translators needs.")
    except _RefusedError as error:
        return builder.line, error.getMessage()
    except SAXParseException as error:
        return error.getLineNumber() or 1, damaged
    except (SAXException, ValueError, LookupError):
        return 1, damaged
    return None if builder.is_xliff else (1, damaged)


def _broken(bundle: Bundle, line: int, message: str) -> Bundle:
    """Return a bundle that nothing may be taken from: what was read so far may be cut in the middle."""
    bundle.entries.clear()
    bundle.faults = [FileFault(max(1, line), message)]
    bundle.is_whole = False
    return bundle


class _Builder(ContentHandler):
    def __init__(self, bundle: Bundle) -> None:
        super().__init__()
        self.bundle = bundle
        self.is_xliff = False
        self.locator: Any = None
        self.open: list[str] = []
        self.nodes = 0
        self.page_key = ""
        self.unit: _Unit | None = None
        self.pieces: list[Piece] | None = None
        self.words: list[str] = []  # as many parts as the parser likes
        self.inside: list[bool] = []  # for each open element inside a text, whether it is a tag of it
        self.seen: dict[tuple[str, str], int] = {}

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802 - SAX's name
        self.locator = locator

    @property
    def line(self) -> int:
        """Return the line that is being read, from 1."""
        return max(1, (self.locator.getLineNumber() if self.locator else 1) or 1)

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX's name
        tag = name.rpartition(":")[2]
        self.nodes += 1
        if len(self.open) >= _MAX_DEPTH or self.nodes > _MAX_NODES:
            raise _RefusedError(_("This file holds more than can be taken at once. Divide it."))
        if not self.open:
            self.is_xliff = tag == "xliff"
        if self.pieces is not None:
            self._end_words(self.pieces)
            self._begin_inline(self.pieces, tag, attrs)
        elif tag == "file":
            self._begin_file(attrs)
        elif tag == "trans-unit":
            self.unit = _Unit(self.line, attrs.get("resname", ""), attrs.get("extradata", ""))
        elif self.unit is not None and tag in _TEXTS and not _ASIDE & set(self.open):
            self._begin_text(self.unit, tag, attrs)
        self.open.append(tag)

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        self.open.pop()
        tag = name.rpartition(":")[2]
        if self.pieces is not None:
            self._end_words(self.pieces)
        if self.pieces is not None and self.inside:
            if self.inside.pop():
                self.pieces.append(Piece("end"))
        elif self.pieces is not None and tag in _TEXTS:
            self.pieces = None
        elif tag == "trans-unit" and self.unit is not None:
            self._finish(self.unit)
            self.unit = None

    def characters(self, content: str) -> None:
        if self.pieces is not None:
            self.words.append(content)

    def _end_words(self, pieces: list[Piece]) -> None:
        if self.words:
            pieces.append(Piece("words", "".join(self.words)))
            self.words = []

    def _begin_file(self, attrs: Any) -> None:
        self.page_key = attrs.get("original", "")
        for field_name, attribute in (
            ("course", "product-name"),
            ("source_language", "source-language"),
            ("language", "target-language"),
        ):
            said, found = getattr(self.bundle, field_name), attrs.get(attribute, "")
            if said and found and said != found:
                raise _RefusedError(_("The parts of this file are of several courses or languages. Divide it."))
            setattr(self.bundle, field_name, said or found)

    def _begin_text(self, unit: _Unit, tag: str, attrs: Any) -> None:
        self.pieces, self.inside = [], []
        if tag == "source":
            unit.source = self.pieces
        else:
            unit.target = self.pieces
            unit.state = attrs.get("state", "")

    def _begin_inline(self, pieces: list[Piece], tag: str, attrs: Any) -> None:
        piece_id = attrs.get("id", "")
        is_tag = tag == "g" and bool(tag_of(piece_id))
        if is_tag:
            pieces.append(Piece("begin", piece_id))
        elif tag == "x" and tag_of(piece_id):
            pieces.append(Piece("empty", piece_id))
        elif tag != "mrk" and self.unit is not None:
            self.unit.fault = _("The tag <%(tag)s> is none that the file was written with.") % {"tag": tag}
        self.inside.append(is_tag)

    def _finish(self, unit: _Unit) -> None:
        if unit.source is None or not unit.path or not self.page_key:
            self._fault(unit.line, _("This text does not say where it belongs, or of what it is a translation."))
            return
        translation = _text(unit.target)
        entry = Entry(
            context=f"{self.page_key}:{unit.path}",
            source=_text(unit.source),
            translation=translation,
            is_fuzzy=bool(translation) and (unit.state == "new" or unit.state.startswith("needs-")),
            digest=unit.digest,
            line=unit.line,
        )
        if unit.fault:
            self._fault(unit.line, unit.fault)
        elif entry.name in self.seen:
            self._fault(unit.line, _("This text stands at line %(line)d already.") % {"line": self.seen[entry.name]})
        elif len(self.bundle.entries) >= MAX_ENTRIES:
            raise _RefusedError(_("This file holds more than can be taken at once. Divide it."))
        else:
            self.seen[entry.name] = unit.line
            self.bundle.entries.append(entry)

    def _fault(self, line: int, message: str) -> None:
        if len(self.bundle.faults) < _MAX_FAULTS:
            self.bundle.faults.append(FileFault(line, message))


def _text(pieces: list[Piece]) -> str:
    """Return the HTML of a text that a program may have wrapped and indented."""
    found = _joined(pieces)
    if found and found[0].kind == "words":
        found[0] = Piece("words", _without_wrapping(found[0].text, found[0].text.lstrip(_WHITE)))
    if found and found[-1].kind == "words":
        found[-1] = Piece("words", _without_wrapping(found[-1].text, found[-1].text.rstrip(_WHITE)))
    return html_of(
        [Piece("words", _BLANKS.sub(_unwrapped, piece.text)) if piece.kind == "words" else piece for piece in found]
    )


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with words that only a mark stood between as one."""
    found: list[Piece] = []
    for is_words, group in groupby(pieces, key=lambda piece: piece.kind == "words"):
        run = list(group)
        found += [Piece("words", "".join(piece.text for piece in run))] if is_words else run
    return found


def _without_wrapping(text: str, stripped: str) -> str:
    """Return a text without the blanks at one end, where a line ends among them."""
    blanks = text[: len(text) - len(stripped)] if text.endswith(stripped) else text[len(stripped) :]
    return stripped if _is_wrapped(blanks) else text


def _unwrapped(blanks: re.Match[str]) -> str:
    """Return blanks as they were before a program put the end of a line among them."""
    return " " if _is_wrapped(blanks[0]) else blanks[0]


def _is_wrapped(blanks: str) -> bool:
    return "\n" in blanks or "\r" in blanks
