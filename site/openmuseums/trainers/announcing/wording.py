"""Texts of announcements: cleaned of what steers, and chosen by who reads."""

import unicodedata
from collections.abc import Collection, Sequence
from typing import Protocol, TypeVar


class _Text(Protocol):
    language: str


_Any = TypeVar("_Any", bound=_Text)


def cleaned(text: str) -> str:
    """Return a text in lines, without control characters and those that turn the direction of words around."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(each for each in line if _is_kept(each)).rstrip() for line in lines).strip()


def cleaned_line(text: str) -> str:
    """Return the same in one line."""
    return " ".join(cleaned(text).split())


def text_for(texts: Collection[_Any], *, language: str, order: Sequence[str]) -> _Any:
    """Return the text in a language, else the first in the order of the cohort's languages, else any. There is one."""
    by_language = {text.language: text for text in texts}
    return next((by_language[code] for code in (language, *order) if code in by_language), next(iter(texts)))


def _is_kept(sign: str) -> bool:
    # Joiners (U+200C, U+200D) shape letters and pictures; all else of their kind hides or steers.
    return sign in "\t\u200c\u200d" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
