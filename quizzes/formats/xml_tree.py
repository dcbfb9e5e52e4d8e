"""Reads XML into a small tree that knows its lines: without entities, declarations or addresses, and within limits."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from quizzes.formats.items import Position, Reading
from quizzes.formats.limits import MAX_BYTES, MAX_DEPTH, MAX_NODES


@dataclass
class Node:
    """An element. `text` is all that stands directly in it."""

    tag: str
    position: Position
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def child(self, tag: str) -> "Node | None":
        """Return the first child with a tag."""
        return next(self.all(tag), None)

    def all(self, tag: str) -> Iterator["Node"]:
        """Yield the children with a tag."""
        return (child for child in self.children if child.tag == tag)

    def value(self, tag: str) -> str:
        """Return the text of the first child with a tag."""
        found = self.child(tag)
        return found.text.strip() if found else ""


class _TooMuchError(SAXException):
    """Raised where a file nests deeper, or holds more, than any question file does."""


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self.open: list[Node] = []
        self.pieces: list[list[str]] = []
        self.nodes = 0
        self.locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802 - SAX's name
        self.locator = locator

    def position(self) -> Position:
        return Position(max(1, self.locator.getLineNumber() or 1), (self.locator.getColumnNumber() or 0) + 1)

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX's name
        self.nodes += 1
        if len(self.open) >= MAX_DEPTH or self.nodes > MAX_NODES:
            raise _TooMuchError("too much")
        node = Node(name, self.position(), dict(attrs.items()))
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)
        self.pieces.append([])

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        self.open.pop().text = "".join(self.pieces.pop())

    def characters(self, content: str) -> None:
        self.pieces[-1].append(content)


def read_xml(data: bytes, reading: Reading) -> Node | None:
    """Return the root of an XML file, or None where it is none; what is wrong with it is noted as a fault."""
    if len(data) > MAX_BYTES:
        reading.fault("too-large", Position(), most=MAX_BYTES // 1024 // 1024)
        return None
    builder = _Builder()
    parser = make_parser()
    # Not even the declaration of a document type: no question file needs one.
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, False)
    parser.setContentHandler(builder)
    try:
        parser.parse(io.BytesIO(data))
    except DefusedXmlException:
        reading.fault("xml-declares", builder.position())
    except _TooMuchError:
        reading.fault("too-deep", builder.position())
    except SAXParseException as error:
        line, column = error.getLineNumber() or 1, error.getColumnNumber() or 0
        reading.fault("not-xml", Position(max(1, line), max(0, column) + 1))
    except (SAXException, ValueError, LookupError):  # an encoding that is unknown, or none
        reading.fault("not-xml", Position())
    else:
        return builder.root
    return None
