"""Two texts beside each other, word by word: what both hold, and what only one of them does."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from openmuseums.segments.units import plain_text

_WORD = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and whether the other text lacks them."""

    words: str
    is_other: bool


def differences(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of an old text and of a new one, both inline HTML, as one reads them."""
    before, after = _WORD.findall(plain_text(old)), _WORD.findall(plain_text(new))
    gone: list[Piece] = []
    come: list[Piece] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for pieces, words in ((gone, before[start:end]), (come, after[new_start:new_end])):
            if words:
                pieces.append(Piece("".join(words), kind != "equal"))
    return gone, come
