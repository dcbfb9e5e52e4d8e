"""Plain text of the markup in question files. What a plain text cannot say is noted; nothing of it is kept."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from quizzes.formats.items import sound

PLUGIN_FILE = "@@PLUGINFILE@@/"
_LINES = {"p", "div", "br", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
_SAYS_NOTHING = {"p", "div", "br", "span", "html", "body", "head", "tbody"}
_UNSEEN = {"script", "style", "template", "noscript", "title", "textarea", "xmp", "svg", "math", "object", "iframe"}
_MEDIA = {"video", "audio", "source", "track", "embed", "object", "iframe"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_MARKDOWN = re.compile(r"[*_`#\[\]>|~]|^\s*(?:[-+]|\d+\.)\s", re.MULTILINE)


@dataclass
class Plain:
    """A text without its markup. dropped: “formatting”, “links”, “media”; pictures: name or address, and its words."""

    text: str = ""
    dropped: set[str] = field(default_factory=set)
    pictures: list[tuple[str, str]] = field(default_factory=list)


def from_html(source: str) -> Plain:
    """Return the words of an HTML text. Whatever it holds, nothing is raised."""
    reader = _Reader()
    # What was written as a character reference is meant, whatever it looks like.
    source = source.replace("&#32;", _KEPT_SPACE).replace("&#9;", _KEPT_TAB)
    try:
        reader.feed(source)
        reader.close()
    except (AssertionError, ValueError):  # html.parser, on declarations that no writer of ours or Moodle's makes
        reader.plain.dropped.add("formatting")
    lines = ("".join(line).strip(" ") if line else "" for line in reader.lines)
    text = "\n".join(line.replace(_KEPT_SPACE, " ").replace(_KEPT_TAB, "\t") for line in lines)
    reader.plain.text = sound(text).strip()
    return reader.plain


def to_html(text: str) -> str:
    """Return a plain text as HTML that `from_html` reads back to the letter."""
    escaped = html.escape(text, quote=False).replace("\t", "&#9;")
    escaped = re.sub(r"(?<= ) |^ | $", "&#32;", escaped, flags=re.MULTILINE)
    return escaped.replace("\n", "<br>")


def from_text(source: str, markup: str) -> Plain:
    """Return the words of a text in one of Moodle's formats: html, plain, markdown, or moodle, which may hold HTML."""
    if markup == "html":
        return from_html(source)
    if markup == "moodle" and _TAG.search(source):
        return from_html(source.replace("\n", "<br>"))
    dropped = {"formatting"} if markup == "markdown" and _MARKDOWN.search(source) else set()
    return Plain(source, dropped)


# Stand for a space and a tab that were written as character references, until the others are folded.
_KEPT_SPACE = "\ufdd0"
_KEPT_TAB = "\ufdd1"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.plain = Plain()
        self.lines: list[list[str]] = [[]]
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self._picture({name: value or "" for name, value in attrs})
        elif tag in _MEDIA:
            self.plain.dropped.add("media")
        elif tag == "a":
            self.plain.dropped.add("links")
        elif tag not in _SAYS_NOTHING:
            self.plain.dropped.add("formatting")
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag == "br":
            self.lines.append([])
        elif tag in _LINES:
            self._new_line()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _UNSEEN:
            self._unseen.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        elif tag in _LINES and tag != "br":
            self._new_line()

    def handle_data(self, data: str) -> None:
        folded = _SPACES.sub(" ", data)
        line = self.lines[-1]
        if folded.startswith(" ") and (not line or line[-1].endswith(" ")):
            folded = folded[1:]
        self._add(folded)

    def handle_comment(self, data: str) -> None:
        self.plain.dropped.add("formatting")

    def handle_decl(self, decl: str) -> None:
        self.plain.dropped.add("formatting")

    def handle_pi(self, data: str) -> None:
        self.plain.dropped.add("formatting")

    def unknown_decl(self, data: str) -> None:
        self.plain.dropped.add("formatting")

    def _add(self, text: str) -> None:
        if text and not self._unseen:
            self.lines[-1].append(text)

    def _new_line(self) -> None:
        if self.lines[-1]:
            self.lines.append([])

    def _picture(self, attributes: dict[str, str]) -> None:
        address = attributes.get("src", "")
        if address.startswith(PLUGIN_FILE):
            address = unquote(address.removeprefix(PLUGIN_FILE).partition("?")[0])
            self.plain.pictures.append((address, attributes.get("alt", "")))
        else:
            self.plain.dropped.add("media")
