"""Texts as they are shown: in the reader's language, or in the source's and marked so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.scoring import Words


@dataclass(frozen=True)
class Word:
    """A text and, where that is not the reader's, the code of its language."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


class ShownWords(dict[str, Any]):
    """Texts by name, nested as they are stored. What is not there is an empty text."""

    def __missing__(self, name: str) -> Word:
        return Word("")

    def under(self, *names: str) -> "ShownWords":
        """Return the texts that stand below a name, or none."""
        found: Any = self
        for name in names:
            found = found.get(name)
            if not isinstance(found, ShownWords):
                return ShownWords()
        return found


def plain_words(texts: Words) -> ShownWords:
    """Return texts that are all in the reader's language."""
    return words_in(texts, texts, "")


def words_in(mine: Words, source: Words, source_lang: str) -> ShownWords:
    """Return texts of the reader's language; what it lacks, or says as the source does, is marked as the source's.

    source_lang: code of the source's language, or empty where the reader's is the source's.
    """
    shown = ShownWords()
    for name in {**source, **mine}:
        here, there = mine.get(name), source.get(name)
        if isinstance(there if there is not None else here, Mapping):
            shown[name] = words_in(here or {}, there or {}, source_lang)
        elif here and (here != there or not source_lang):
            shown[name] = Word(str(here))
        else:
            shown[name] = Word(str(there or ""), source_lang)
    return shown


def without_unknown(texts: Words, known: Words) -> dict[str, Any]:
    """Return texts without those that the source does not have: a translation may lag behind."""
    return {
        name: without_unknown(text, known[name]) if isinstance(text, Mapping) else text
        for name, text in texts.items()
        if name in known and isinstance(text, Mapping) == isinstance(known[name], Mapping)
    }
