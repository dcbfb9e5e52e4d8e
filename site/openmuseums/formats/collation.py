"""The order of words in a reader's language: the same on every database, because none is asked.

Whatever is sorted for readers (the terms of a glossary, titles, resources, names) is sorted by `collation_key`.

No library does it for us: `pyuca` carries the table of all scripts but no language's own order, and was last released
in 2017; `PyICU` has every language and needs a C library that the site otherwise lives without. Five European
languages need little: their letters in the order of their alphabet, accents and capitals only where words are equal
otherwise.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

Item = TypeVar("Item")
# What decides first (letters), where that is equal (accents), and where that is equal too (capitals).
CollationKey = tuple[tuple[tuple[int, str], ...], tuple[str, ...], str]

# Letters of their own, with the letters they stand after. Digraphs are none: ch and ll left the Spanish alphabet in
# 2010, and Dutch dictionaries put ij where i and j put it.
LETTERS_OF_THEIR_OWN = {"es": {"n\u0303": "n"}}
# Letters that no accent tells apart from those they stand with.
_STAND_WITH = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "\u0131": "i"})
_SCRIPTS = ("DIGIT", "LATIN", "GREEK", "CYRILLIC")
_BLANK, _OTHER = 0, len(_SCRIPTS) + 1


def collation_key(text: str, language: str) -> CollationKey:
    """Return what a text sorts by in a language (its code): blanks before digits before letters, marks left out.

    A Greek reader's list has Greek words before Latin ones.
    """
    letters: list[tuple[int, str]] = []
    accents: list[str] = []
    own = LETTERS_OF_THEIR_OWN.get(language.partition("-")[0], {})
    # Folding before taking apart makes a final sigma the same letter as any other.
    for character in unicodedata.normalize("NFD", text.casefold().translate(_STAND_WITH)):
        if unicodedata.combining(character):
            if letters and letters[-1][1] + character in own:
                letters[-1] = (letters[-1][0], f"{own[letters[-1][1] + character]}\U0010ffff")
            elif accents:
                accents[-1] += character
        elif character.isspace() or character in "-–—/":
            letters.append((_BLANK, ""))
            accents.append("")
        elif character.isalnum():
            letters.append((_rank(character, language), character))
            accents.append("")
    # Small letters before capitals; the text itself last, for what changes its length in another case (ß).
    return tuple(letters), tuple(accents), f"{text.swapcase()}\0{text}"


def in_order(items: Iterable[Item], language: str, *, by: Callable[[Item], str] = str) -> list[Item]:
    """Return things in the order of a language; by: the text of a thing."""
    return sorted(items, key=lambda item: collation_key(by(item), language))


def initial(text: str, language: str) -> str:
    """Return the letter that a text stands under in a list with headings: a capital without accents, “#” for none."""
    for rank, letter in collation_key(text, language)[0]:
        if rank == _BLANK:
            continue
        if letter[0].isdigit():
            return "#"
        own = LETTERS_OF_THEIR_OWN.get(language.partition("-")[0], {})
        whole = next((decomposed for decomposed, after in own.items() if letter == f"{after}\U0010ffff"), letter)
        return unicodedata.normalize("NFC", whole).upper()
    return "#"


@cache
def _rank(character: str, language: str) -> int:
    """Return the place of a character's script."""
    if character.isdigit():
        return 1
    scripts = _SCRIPTS
    if language.partition("-")[0] == "el":
        scripts = ("DIGIT", "GREEK", "LATIN", "CYRILLIC")
    name = unicodedata.name(character, "").split(" ")[0]
    return scripts.index(name) + 1 if name in scripts else _OTHER
