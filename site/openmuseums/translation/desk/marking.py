"""Marks, in a page that is rendered, which of its texts are still the source's: by `lang`, as all foreign words are."""

import re
from dataclasses import dataclass, field

from django.utils.html import format_html

# They stand around a text from the page's content to what is rendered of it; nobody writes them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"([{_OPEN}{_CLOSE}])")
_ANY_MARK = re.compile(rf"[{_OPEN}{_CLOSE}]|\\ue00[01]|%EE%80%8[01]", re.IGNORECASE)
# What may hold no span is one piece, as a tag is one.
_PIECES = re.compile(
    r"<!--.*?-->|<(?P<closed>script|style|title|textarea|option|svg)\b.*?</(?P=closed)\s*>|<[a-zA-Z/!][^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<(?P<ends>/?)(?P<name>[a-zA-Z][^\s/>]*)")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def as_source(text: str) -> str:
    """Return a text of the source to put into a page, so that it is known again in what is rendered."""
    return f"{_OPEN}{text}{_CLOSE}"


def marked(html: str, language: str) -> str:
    """Return a page with a span around the texts that `as_source` was asked for, and no trace of that anywhere else."""
    marking = _Marking(format_html('<span lang="{}">', language))
    end = 0
    for piece in _PIECES.finditer(html):
        marking.text(html[end : piece.start()])
        marking.piece(piece.group())
        end = piece.end()
    marking.text(html[end:])
    return "".join(marking.parts)


@dataclass
class _Marking:
    """A page while it is gone through. open_at: where in `parts` a text began, and how deep; None outside of texts."""

    span: str
    parts: list[str] = field(default_factory=list)
    depth: int = 0
    open_at: tuple[int, int] | None = None

    def text(self, text: str) -> None:
        """Take what stands between two tags."""
        for part in _MARK.split(text):
            if part == _OPEN:
                self.open_at = (len(self.parts), self.depth)
                self.parts.append("")
            elif part == _CLOSE:
                self._close()
            else:
                self.parts.append(_ANY_MARK.sub("", part))

    def piece(self, piece: str) -> None:
        """Take a tag, or an element that may hold no span."""
        self.parts.append(_ANY_MARK.sub("", piece))
        tag = _TAG.match(piece)
        if tag is None or tag["name"].lower() in _VOID or piece.endswith("/>") or self._is_closed(piece):
            return
        self.depth += -1 if tag["ends"] else 1
        if self.open_at is not None and self.depth < self.open_at[1]:
            self.open_at = None  # it began inside what ends here

    def _is_closed(self, piece: str) -> bool:
        found = _PIECES.match(piece)
        return bool(found and found["closed"])

    def _close(self) -> None:
        if self.open_at is not None and self.open_at[1] == self.depth:
            self.parts[self.open_at[0]] = self.span
            self.parts.append("</span>")
        self.open_at = None
