"""Inline HTML of a text in pieces, as XLIFF holds it, and back.

A link `<a id="a1">` is known by its id, which translators must keep. Other tags are numbered in their order, for XLIFF
wants an id for each; the number means nothing.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

_LINK_ID = re.compile(r"a\d{1,6}")
_TAG_ID = re.compile(r"([a-z][a-z0-9]{0,11})-\d{1,6}")
# XML 1.0 holds no other control characters, no halves of surrogate pairs, and not the two last of the plane.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VOID = "br"


@dataclass(frozen=True)
class Piece:
    """A part of a text: words, the beginning of a tag with its id, its end, or a tag that is empty."""

    kind: str  # "words", "begin", "end", "empty"
    text: str = ""


def pieces_of(html: str) -> list[Piece]:
    """Return the pieces of a text; a tag that nobody closes ends with the text."""
    parser = _Pieces()
    parser.feed(html)
    parser.close()
    return parser.finished()


def html_of(pieces: list[Piece]) -> str:
    """Return a text from its pieces."""
    found, open_tags = [], []
    for piece in pieces:
        if piece.kind == "words":
            found.append(escape(piece.text, quote=False))
        elif piece.kind == "begin":
            tag = tag_of(piece.text)
            open_tags.append(tag)
            found.append(f'<a id="{piece.text}">' if tag == "a" else f"<{tag}>")
        elif piece.kind == "end":
            found.append(f"</{open_tags.pop()}>")
        else:
            found.append(f"<{tag_of(piece.text)}/>")
    return "".join(found)


def tag_of(piece_id: str) -> str:
    """Return the tag that an id stands for, or an empty text where it stands for none."""
    if _LINK_ID.fullmatch(piece_id):
        return "a"
    found = _TAG_ID.fullmatch(piece_id)
    return found[1] if found else ""


def respelt(html: str) -> str:
    """Return a text as it is once it was in pieces: what has several spellings has one."""
    return html_of(pieces_of(html))


def xml_text(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[Piece] = []
        self._open: list[str] = []
        self._numbers: Counter[str] = Counter()

    def handle_data(self, data: str) -> None:
        text = xml_text(data)
        if not text:
            return
        if self._found and self._found[-1].kind == "words":
            text = self._found.pop().text + text
        self._found.append(Piece("words", text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        piece_id = self._id_of(tag, dict(attrs))
        if tag == _VOID:
            self._found.append(Piece("empty", piece_id))
        elif tag_of(piece_id):
            self._found.append(Piece("begin", piece_id))
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag != _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                self._found.append(Piece("end"))
            self._found.append(Piece("end"))

    def finished(self) -> list[Piece]:
        """Return the pieces, every tag closed."""
        return [*self._found, *(Piece("end") for _tag in self._open)]

    def _id_of(self, tag: str, attributes: dict[str, str | None]) -> str:
        link = attributes.get("id") or ""
        if tag == "a" and _LINK_ID.fullmatch(link):
            return link
        self._numbers[tag] += 1
        return f"{tag}-{self._numbers[tag]}"
