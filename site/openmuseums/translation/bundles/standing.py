"""How the languages of a course stand, in numbers: for a table and for programs."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from openmuseums.segments.states import PageState, State, states_of
from openmuseums.segments.units import plain_text, units_of
from openmuseums.translation.bundles.exporting import kept_of
from openmuseums.translation.bundles.scope import Scope


@dataclass(frozen=True)
class Standing:
    """A language. pages: their number by state. words, words_left: of the source, in all and without a translation."""

    language: str
    pages: dict[State, int]
    texts: int
    texts_done: int
    texts_by_machine: int
    words: int
    words_left: int
    behind_since: dt.datetime | None

    def as_json(self) -> dict[str, Any]:
        """Return it for programs; these names stay."""
        return {
            "language": self.language,
            "pages": {"all": sum(self.pages.values()), **{str(state): count for state, count in self.pages.items()}},
            "texts": {"all": self.texts, "done": self.texts_done, "machine": self.texts_by_machine},
            "words": {"all": self.words, "left": self.words_left},
            "behind_since": self.behind_since.isoformat() if self.behind_since else None,
        }


def standing_of(scope: Scope, languages: list[str]) -> list[Standing]:
    """Return how each language stands, in the order given."""
    keys = [page.translation_key for page in scope.pages]
    states = states_of(languages, keys)
    texts = [
        (unit.context, unit.source, len(plain_text(unit.source).split()))
        for page in scope.pages
        for unit in units_of(page)
        if not unit.is_address
    ]
    found = []
    for language in languages:
        strings, _addresses = kept_of(keys, language)
        words_left = sum(words for context, source, words in texts if (context, source) not in strings)
        of_language = [state for state in states if state.language == language]
        found.append(_standing(language, of_language, words_left))
    return found


def _standing(language: str, states: list[PageState], words_left: int) -> Standing:
    since = [state.behind_since for state in states if state.behind_since]
    return Standing(
        language=language,
        pages={state: sum(1 for page in states if page.state is state) for state in State},
        texts=sum(page.edition.text_count for page in states),
        texts_done=sum(page.done for page in states),
        texts_by_machine=sum(page.machine for page in states),
        words=sum(page.edition.words for page in states),
        words_left=words_left,
        behind_since=min(since) if since else None,
    )
