"""The texts of a version as they were at a moment: what was read, and what typed answers are compared with."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openmuseums.delivery.languages import source_language
from quizzes.models import QuizVersion
from quizzes.scoring import Words
from quizzes.words import ShownWords, words_in


@dataclass(frozen=True)
class TextsOfVersion:
    """Texts by language and question id. source: code of the source's language."""

    by_language: Mapping[str, Mapping[str, Words]]
    source: str

    def of(self, question_id: str, language: str) -> Words:
        """Return the texts of a question in a language; where that has none, the source's."""
        texts: Words = self.by_language.get(language, {}).get(question_id) or {}
        return texts or self.by_language.get(self.source, {}).get(question_id) or {}

    def shown(self, question_id: str, language: str) -> ShownWords:
        """Return the texts of a question for a reader: what the language lacks is the source's, and marked so."""
        mine = self.by_language.get(language, {}).get(question_id) or {}
        source = self.by_language.get(self.source, {}).get(question_id) or {}
        return words_in(mine, source, self.source if self.source != language else "")


class LazyTexts:
    """The texts of a version, read at the first look into one of them: most kinds of question never look."""

    def __init__(self, version: QuizVersion, languages: Collection[str], until: dt.datetime | None) -> None:
        self._version, self._languages, self._until = version, languages, until

    @cached_property
    def _texts(self) -> TextsOfVersion:
        return texts_of_version(self._version, self._languages, self._until)

    def of(self, question_id: str, language: str) -> Words:
        """Return the texts of a question in a language; where that has none, the source's."""
        return _LazyWords(lambda: self._texts.of(question_id, language))


class _LazyWords(Mapping[str, Any]):
    def __init__(self, read: Callable[[], Words]) -> None:
        self._read = read

    def __getitem__(self, name: str) -> Any:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def texts_of_version(
    version: QuizVersion, languages: Collection[str], until: dt.datetime | None = None
) -> TextsOfVersion:
    """Return the newest texts of a version in some languages and in the source's; with `until`, those that held then.

    Two queries, whatever the number of questions.
    """
    source = source_language()
    wanted = {*languages, source}
    rows: dict[str, list[tuple[Any, int]]] = {}
    listed = version.texts.filter(language__in=wanted).order_by("number")
    for code, created_at, pk in listed.values_list("language", "created_at", "pk"):
        rows.setdefault(code, []).append((created_at, pk))
    picked = {code: _pick(history, until) for code, history in rows.items()}
    found = version.texts.in_bulk(list(picked.values()))
    return TextsOfVersion({code: found[pk].texts for code, pk in picked.items()}, source)


def _pick(history: list[tuple[dt.datetime, int]], until: dt.datetime | None) -> int:
    held = [pk for created_at, pk in history if until is None or created_at <= until]
    # A translation that came later is better than none.
    return held[-1] if held else history[0][1]
