"""The course's own drawings: their labels are texts of the course, and the file is drawn with them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path

from django.utils.translation import gettext_lazy as _

# What editors choose from.
NAMES = {
    "checkout-flow": _("Steps of a checkout"),
    "conversion-funnel": _("Funnel from seeing to acting"),
    "crisis-steps": _("Steps in a crisis"),
    "file-name": _("Parts of a file name"),
    "hotspots": _("Hotspots in a room"),
    "interoperability": _("One record in many places"),
    "licence-choice": _("Choosing a licence for a picture"),
    "museum-front": _("Front of a small museum"),
    "object-metadata": _("An object and its record"),
    "object-to-record": _("From object to public page"),
    "owned-earned-paid": _("Owned, earned and paid media"),
    "persona-card": _("Card of a persona"),
    "picture-formats": _("Formats of a picture"),
    "reading-together": _("Three people at a table"),
    "shipping": _("From order to door"),
    "smart-objective": _("From a wish to an objective"),
    "story-arc": _("Arc of a story"),
    "strategy-canvas": _("Strategy canvas"),
    "suspicious-mail": _("Signs of a suspicious mail"),
    "swot": _("Four fields of a SWOT analysis"),
    "three-copies": _("Three copies of a file"),
    "visitor-journey": _("Journey of a visitor"),
}

DRAWINGS = Path(__file__).resolve().parent / "diagrams"

# Sizes of the classes of text, in the drawing's units, as the stylesheet has them; the strong one's weight is wider.
_SIZES = {"label-strong": 17 * 1.06, "label": 15, "label-small": 14}
_LEADING = 1.15

# Advance widths in the site's face, in hundredths of its size, rounded up; a letter that is not listed counts as 62.
_WIDTHS = {
    25: "'!,.:;·iljìíîï|IÌÍÎÏΙ",
    31: "ίϊΐι \u00a0()[]’‘J",
    41: '"rft-1?/_',
    47: "sςζξτ“”",
    52: "vyýcxzçakàáâãäåνέεγλχκ«»7",
    57: "eèéêëgu$ùúûüυϋύΓ5FLSdhnñήημ2+=–",
    78: "wωώUÙÚÛÜDGHΗΠNÑΝ&",
    83: "OQÒÓÔÕÖØæΘΟΦΨΩ%",
    100: "mMWΜ@—…",
}
_WIDTH = {letter: width / 100 for width, letters in _WIDTHS.items() for letter in letters}

_TEXT = re.compile(r"<text (?P<attributes>[^>]*)>(?P<words>[^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass(frozen=True)
class Label:
    """A label of a drawing: its key, the source's words, and the room it has (`width` in the drawing's units)."""

    key: str
    words: str
    width: float
    lines: int
    size: float

    def wrapped(self, words: str) -> list[str]:
        """Return the words in lines that fit the label's width; a word that is too wide stands in a line of its own."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and _width(longer) * self.size <= self.width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def has_room_for(self, words: str) -> bool:
        """Return whether the words fit into the label's room."""
        lines = self.wrapped(words)
        return len(lines) <= self.lines and all(_width(line) * self.size <= self.width for line in lines)


def drawing_names() -> list[str]:
    """Return the names of the drawings, in the order of the alphabet."""
    return sorted(file.stem for file in DRAWINGS.glob("*.svg"))


@cache
def labels_of(name: str) -> tuple[Label, ...]:
    """Return the labels of a drawing in their order; none for a name that is no drawing's.

    A key that stands more than once (“back”) is one label.
    """
    labels: dict[str, Label] = {}
    for found in _TEXT.finditer(_source(name)):
        attributes = dict(_ATTRIBUTE.findall(found["attributes"]))
        key = attributes.get("data-label")
        if key and key not in labels:
            labels[key] = Label(
                key=key,
                words=unescape(found["words"]),
                width=float(attributes["data-width"]),
                lines=int(attributes["data-lines"]),
                size=_SIZES[attributes["class"]],
            )
    return tuple(labels.values())


def draw(name: str, words: Mapping[str, str] | None = None) -> str:
    """Return a drawing as SVG with its labels' words, by key; a label that is not named keeps the source's.

    Returns an empty string for a name that is no drawing's.
    """
    labels = {label.key: label for label in labels_of(name)}
    given = words or {}

    def lettered(found: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(found["attributes"]))
        label = labels.get(attributes.get("data-label", ""))
        if label is None:
            return found[0]
        kept = {key: value for key, value in attributes.items() if not key.startswith("data-")}
        lines = label.wrapped(given.get(label.key) or label.words)
        return f"<text{_written(kept)}>{_set_in_lines(lines, label, x=kept['x'])}</text>"

    return _TEXT.sub(lettered, _source(name)).strip()


def lettering(name: str, words: Mapping[str, str]) -> dict[str, str]:
    """Return the words of each of a drawing's labels by key: those given, else the source's; others are left out."""
    return {label.key: words.get(label.key) or label.words for label in labels_of(name)}


def cramped(name: str, words: Mapping[str, str]) -> list[str]:
    """Return the words that have no room in a drawing."""
    given = lettering(name, words)
    return [given[label.key] for label in labels_of(name) if not label.has_room_for(given[label.key])]


def _set_in_lines(lines: list[str], label: Label, *, x: str) -> str:
    if len(lines) < 2:
        return escape("".join(lines), quote=False)
    step = round(label.size * _LEADING)
    first, *others = (escape(line, quote=False) for line in lines)
    return f'<tspan x="{x}">{first}</tspan>' + "".join(
        # The blank keeps the words apart where the drawing is read as text.
        f' <tspan x="{x}" dy="{step}">{line}</tspan>'
        for line in others
    )


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{value}"' for name, value in attributes.items())


def _width(words: Iterable[str]) -> float:
    return sum(_WIDTH.get(letter, 0.62) for letter in words)


@cache
def _source(name: str) -> str:
    return (DRAWINGS / f"{name}.svg").read_text(encoding="utf-8") if name in drawing_names() else ""
