"""Numbers as people write them, in the manner of a language, and as blocks store them; exact in both."""

import re
from dataclasses import dataclass
from fractions import Fraction

NOT_A_NUMBER, WITH_COMMA, WITH_POINT = "not-a-number", "with-comma", "with-point"

# How blocks and versions write a number, whatever the language.
STORED = r"-?\d{1,12}(\.\d{1,12})?"
# Where decimals stand after a point; everywhere else in Europe after a comma. No language: as blocks write it.
_WITH_POINT = frozenset({"", "cy", "en", "ga", "mt"})
_SPACES = re.compile(r"[\s\u200b\u2060]+")
_TYPED = re.compile(
    r"""(?P<sign>[-+]?)\ ?(?P<front>[€$£]?)\ ?
        (?P<number>\d[\d.,' ]*(?<=\d)|[.,]\d+)
        (?!\d|[.,']\d)
        \ ?(?P<rest>\D.*)?""",
    re.VERBOSE | re.ASCII,
)
# A unit, such as "m²", "km/h" or "m2"; no sum, no second number, no power of ten.
_REST = re.compile(r"(?![-+*/=<>^.,:]|[eE]\d)(?:\D|(?<=[^\W\d])\d(?![\w]))*", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3})*", re.ASCII)


@dataclass(frozen=True)
class Typed:
    """A number that somebody typed, and what stands after it, such as a unit. fault: why it cannot be read."""

    number: Fraction = Fraction(0)
    rest: str = ""
    fault: str = ""


def stored_number(text: str) -> Fraction | None:
    """Return a number as blocks write it: digits with a point before decimals; None for anything else."""
    return Fraction(text) if re.fullmatch(STORED, text, re.ASCII) else None


def typed_number(text: str, language: str) -> Typed:
    """Return the number that a text begins with, in the manner of a language.

    Thousands may be grouped by spaces, thin ones too, by apostrophes, or by the mark that decimals do not stand after.
    A sign of a currency may stand before it.
    Digits with that mark once, such as 1.500 where decimals have a comma, can be read in two ways: they are refused and
    not guessed, and so is the other mark before decimals.
    """
    has_point = language.partition("-")[0].lower() in _WITH_POINT
    match = _TYPED.fullmatch(_plain(text).rstrip(".,"))
    rest = (match["rest"] or match["front"]).strip() if match else ""
    if match is None or not _REST.fullmatch(rest):
        return Typed(fault=NOT_A_NUMBER)
    decimal, other = (".", ",") if has_point else (",", ".")
    whole, _mark, decimals = match["number"].partition(decimal)
    if not (decimals or not _mark) or not re.fullmatch(r"\d*", decimals, re.ASCII) or not _is_whole(whole, other):
        return Typed(fault=WITH_POINT if has_point else WITH_COMMA)
    if not _mark and whole.count(other) == 1 and not re.search("[' ]", whole):
        return Typed(fault=WITH_POINT if has_point else WITH_COMMA)
    digits = re.sub(r"\D", "", whole) or "0"
    number = Fraction(f"{match['sign']}{digits}.{decimals or 0}")
    return Typed(number, rest)


def _plain(text: str) -> str:
    text = text.replace("\u2212", "-").replace("\u2013", "-").replace("\u2019", "'")
    return _SPACES.sub(" ", text).strip()


def _is_whole(text: str, mark: str) -> bool:
    """Return whether a text is what stands before the decimals: digits, grouped by threes or not at all."""
    if not text or (text.isascii() and text.isdigit()):
        return True
    grouped = _GROUPED.fullmatch(text)
    return grouped is not None and grouped["mark"] in {mark, "'", " "}
