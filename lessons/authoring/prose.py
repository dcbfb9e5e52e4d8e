"""How a text reads: its words, sentences and paragraphs, and the reading ease of English."""

import re
from collections.abc import Iterable
from html import unescape

_WORD = re.compile(r"[^\W_]+(?:[’'.,:/-][^\W_]+)*")
# A sentence ends in a mark, whatever quotation marks or brackets close after it, and a capital or a figure follows.
_END = re.compile(r"(?<=[.?!…])[”’)»]*\s+(?=[“‘(«]*[A-ZÀ-ÖØ-ÞΑ-Ω0-9])")
_ABBREVIATIONS = re.compile(r"\b(?:e\.g|i\.e|etc|Dr|Mr|Ms|Mrs|St|No|art|Art|approx|c)\.$")
_PARAGRAPH = re.compile(r"</(?:p|li|h3|h4)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]+>")
_VOWELS = re.compile(r"[aeiouy]+")


def words_of(text: str) -> list[str]:
    """Return the words of a plain text."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a plain text; what ends without a mark is one too."""
    found: list[str] = []
    for piece in _END.split(text.strip()):
        if found and _ABBREVIATIONS.search(found[-1]):
            found[-1] += f" {piece}"
        elif words_of(piece):
            found.append(piece)
    return found


def paragraphs_of(html: str) -> list[str]:
    """Return the paragraphs, items and headings of a piece of HTML as plain texts."""
    pieces = (unescape(_TAG.sub("", piece)) for piece in _PARAGRAPH.split(html))
    return [" ".join(piece.split()) for piece in pieces if piece.strip()]


def words_a_sentence(paragraphs: Iterable[str]) -> float:
    """Return how many words a sentence has on average; 0 where there is none."""
    sentences = [sentence for paragraph in paragraphs for sentence in sentences_of(paragraph)]
    return sum(len(words_of(sentence)) for sentence in sentences) / len(sentences) if sentences else 0.0


def reading_ease(paragraphs: Iterable[str]) -> float:
    """Return the Flesch reading ease of English text: 60 to 70 is plain, below 50 hard, below 30 a scholarly paper.

    Rudolf Flesch, “A new readability yardstick”, Journal of Applied Psychology 32 (1948). Syllables are estimated by
    groups of vowels.
    """
    sentences = [sentence for paragraph in paragraphs for sentence in sentences_of(paragraph)]
    words = [word for sentence in sentences for word in words_of(sentence)]
    if not words:
        return 100.0
    syllables = sum(_syllables(word) for word in words)
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    spelt = word.lower()
    groups = len(_VOWELS.findall(spelt))
    if spelt.endswith("e") and not spelt.endswith("le") and groups > 1:
        groups -= 1
    if spelt.endswith("ed") and not spelt.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    return max(groups, 1)
