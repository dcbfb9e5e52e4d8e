"""The glossary as it is read: in the order of the alphabet, by letters."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import HttpRequest

from lessons.models import GlossaryPage
from lessons.outline import current_outline
from lessons.terms import entry_anchor
from openmuseums.formats.collation import in_order, initial

_PARTS = ("term", "definition", "use", "avoid")


@dataclass(frozen=True)
class Entry:
    """A term with what is said of it; `anchor` is the same in every language."""

    anchor: str
    term: str
    definition: str
    use: str
    avoid: str


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet and the terms that begin with it."""

    name: str
    anchor: str
    entries: list[Entry] = field(default_factory=list)


def glossary_context(page: GlossaryPage, request: HttpRequest) -> dict[str, Any]:
    """Give the template the terms by letters, and the outline for the way back to the course."""
    return {"outline": current_outline(), "letters": letters_of(page, page.content_language)}


def letters_of(page: GlossaryPage, language: str) -> list[Letter]:
    """Return the terms of a glossary under the letters that they begin with, both in the order of a language."""
    entries = [
        Entry(anchor=entry_anchor(block.get("id", "")), **{part: block["value"].get(part, "") for part in _PARTS})
        for block in page.terms.raw_data
        if block["type"] == "entry"
    ]
    entries = in_order(entries, language, by=lambda entry: entry.term)
    return [
        Letter(name=name, anchor=f"letter-{number}", entries=list(found))
        for number, (name, found) in enumerate(
            groupby(entries, key=lambda entry: initial(entry.term, language)), start=1
        )
    ]
