"""Words as they are searched: case and accents folded, and reduced to a light stem of their language."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

SOFT_HYPHEN = "\u00ad"
# A word may say where it can be broken.
_WORD = re.compile(rf"[^\W_]+(?:{SOFT_HYPHEN}[^\W_]+)*")

# Snowball's algorithms, for the languages that museums of Europe may add as well.
ALGORITHMS = {
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}

# Plurals that the algorithms do not know, after folding.
_ENDINGS = {
    "nl": (("ieen", "ie"), ("eeen", "ee"), ("musea", "museum")),
    # Snowball asks for the accent that folding has taken.
    "es": (("ion", "ión"),),
}


def fold(text: str) -> str:
    """Return a text without case, accents and soft hyphens; a Greek final sigma is a sigma."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace(SOFT_HYPHEN, ""))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, in order. Numbers are words; single letters are none."""
    return [word for word in _WORD.findall(fold(text)) if len(word) > 1 or word.isdigit()]


def stem(word: str, language: str) -> str:
    """Return the stem of a folded word; a language without an algorithm keeps the word as it is."""
    return _stem(word, language.partition("-")[0])


def stems_of(text: str, language: str) -> list[str]:
    """Return the stems of a text's words, in order."""
    return [stem(word, language) for word in words_of(text)]


def spans_of(text: str) -> list[tuple[int, int, str]]:
    """Return where the words of a text stand (first, past the last) and each folded."""
    return [(found.start(), found.end(), fold(found[0])) for found in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    algorithm = _algorithm(language)
    if algorithm is None:
        return word
    for ending, other in _ENDINGS.get(language, ()):
        if word.endswith(ending):
            word = word.removesuffix(ending) + other
            break
    return fold(algorithm.stemWord(word))


@cache
def _algorithm(language: str) -> Any:
    name = ALGORITHMS.get(language)
    return snowballstemmer.stemmer(name) if name else None
