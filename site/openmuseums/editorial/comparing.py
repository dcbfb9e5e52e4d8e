"""Compares two versions of a content: whether its words, numbers, links or structure changed. Knows no database."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any


class Form(StrEnum):
    """What a part of a content is: words, words with markup, or a value that is the same in every language."""

    TEXT = "text"
    RICH = "rich"
    VALUE = "value"


@dataclass(frozen=True)
class Part:
    """A part of a content. path: where it stands, made of names and ids that outlive an edit."""

    path: str
    form: Form
    value: Any


class Aspect(StrEnum):
    """What can differ between two versions."""

    WORDS = "words"
    NUMBERS = "numbers"
    LINKS = "links"
    STRUCTURE = "structure"


def differences(old: Sequence[Part], new: Sequence[Part]) -> frozenset[Aspect]:
    """Return what differs between two versions of a content, whose parts are given in their order.

    Structure is which parts there are, in which order, and every value. Numbers and links are compared part by part,
    in their order: two numbers that change places change what is said.
    """
    found = set()
    if _structure(old) != _structure(new):
        found.add(Aspect.STRUCTURE)
    before = {part.path: part for part in old if part.form is not Form.VALUE}
    for part in new:
        earlier = before.get(part.path)
        if earlier is None or part.form is Form.VALUE or earlier == part:
            continue
        found |= _differences_of_text(earlier, part)
    return frozenset(found)


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the numbers that a plain text names, in order, however they are written.

    “1,000”, “1 000” and “1000” are one number, as are “3” and the English “three”; “5 %”, “5 €” and “5” are three.
    “One” is no number here: mostly it stands for somebody.
    """
    return tuple(_number(found) for found in _NUMBER.finditer(_ADDRESS.sub(" ", text)))


def links_in(text: str) -> tuple[str, ...]:
    """Return the addresses that a plain text names, in order."""
    return tuple(found.group().rstrip(".,;:!?)]”’\"'").casefold() for found in _ADDRESS.finditer(text))


def plain(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the words of a rich text, and the targets of its links in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.words), tuple(reader.targets)


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_WORDS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "fifteen": "15",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
    "hundred": "100",
    "thousand": "1000",
    "million": "1000000",
}
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_DIGITS = rf"\d{{1,3}}(?:[,{_SPACES}]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:[.,:]\d+)*"
_SIGNS = "%‰€$£¥°"
_NUMBER = re.compile(
    rf"(?:(?<![\w\d.,])(?P<minus>[-\N{{MINUS SIGN}}]))?(?P<before>[{_SIGNS}][{_SPACES}]?)?(?P<digits>{_DIGITS})"
    rf"(?P<after>[{_SPACES}]?[{_SIGNS}])?"
    r"|(?P<fraction>[¼½¾⅐-⅞])"
    rf"|(?<![\w])(?P<word>{'|'.join(_WORDS)})(?![\w])(?P<sign>[{_SPACES}]?[%‰€$£¥°])?",
    re.IGNORECASE,
)


def _number(found: re.Match[str]) -> str:
    if found["fraction"]:
        return found["fraction"]
    if found["word"]:
        return _WORDS[found["word"].casefold()] + (found["sign"] or "").strip(_SPACES)
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in found["digits"])
    if re.fullmatch(rf"\d{{1,3}}(?:[,{_SPACES}]\d{{3}})+(?:\.\d+)?", digits):
        digits = re.sub(rf"[,{_SPACES}]", "", digits)
    sign = ((found["before"] or "") + (found["after"] or "")).strip(_SPACES)
    return ("-" if found["minus"] else "") + digits + sign


def _structure(parts: Sequence[Part]) -> list[tuple[str, Form, Any]]:
    return [(part.path, part.form, part.value if part.form is Form.VALUE else None) for part in parts]


def _differences_of_text(old: Part, new: Part) -> set[Aspect]:
    (old_words, old_links), (new_words, new_links) = _read(old), _read(new)
    found = {Aspect.WORDS}
    if numbers_in(old_words) != numbers_in(new_words):
        found.add(Aspect.NUMBERS)
    if (old_links, links_in(old_words)) != (new_links, links_in(new_words)):
        found.add(Aspect.LINKS)
    return found


def _read(part: Part) -> tuple[str, tuple[str, ...]]:
    return plain(part.value) if part.form is Form.RICH else (part.value, ())


class _Reader(HTMLParser):
    """Takes a rich text as Wagtail stores it apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            named = dict(attrs)
            self.targets.append(f"{named.get('linktype') or ''}:{named.get('id') or named.get('href') or ''}")
        if tag in {"p", "li", "br", "h2", "h3", "h4", "ul", "ol"}:
            self.words.append("\n")  # numbers at the end of one paragraph and the beginning of the next are two

    def handle_data(self, data: str) -> None:
        self.words.append(data)
