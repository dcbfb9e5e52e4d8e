"""What a source says otherwise than when a translation of it was made: old and new side by side."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from openmuseums.segments.models import SourceEdition
from openmuseums.segments.states import PageState
from openmuseums.segments.synchronising import reworded
from openmuseums.segments.units import anchor_of, plain_text
from openmuseums.translation.comparing import Piece, differences


@dataclass(frozen=True)
class Change:
    """A text that changed: in pieces, as it was and as it is; nothing on the side where it is not."""

    old: list[Piece]
    new: list[Piece]
    anchor: str = ""


def changes_since(state: PageState) -> list[Change]:
    """Return what changed in a source since what is live, or else the draft, was made from it, in its new order."""
    made = state.live if state.is_live else state.draft
    if made is None:
        return []
    old = _texts(state.page_key, made.number)
    new = _texts(state.page_key, state.edition.number)
    other_words = {(path, after): before for path, before, after in reworded(old, new)}
    before, now = Counter((path, text) for path, text in old), Counter((path, text) for path, text in new)
    taken = Counter((path, text) for (path, _after), text in other_words.items())
    changes = []
    for path, text in now - before:
        was = other_words.get((path, text), "")
        changes.append(_change(was, text, anchor_of(path, text)))
    changes += [_change(text, "", "") for path, text in before - now - taken]
    return changes


def _texts(page_key: UUID, number: int) -> list[list[str]]:
    edition = SourceEdition.objects.get(page_key=page_key, number=number)
    return list(edition.texts)


def _change(old: str, new: str, anchor: str) -> Change:
    if old and new:
        before, after = differences(old, new)
        return Change(before, after, anchor)
    before, after = ([Piece(plain_text(text), is_other=False)] if text else [] for text in (old, new))
    return Change(before, after, anchor)
