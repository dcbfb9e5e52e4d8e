"""What changed between two editions of a source, as learners are told of it. Knows no database."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.editorial.comparing import links_in, numbers_in
from openmuseums.segments.synchronising import reworded
from openmuseums.segments.units import plain_text

# A content path and the text there.
Text = tuple[str, str]
_DIGITS = re.compile(r"\d(?:[\d.,:\s]*\d)?")


class Aspect(StrEnum):
    """What of a page may have changed, in the order in which it is told."""

    WORDS = "words"
    NUMBERS = "numbers"
    LINKS = "links"
    QUESTIONS = "questions"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    BESIDE = "beside"

    @property
    def label(self) -> Any:
        """Return it in words, as a part of a list."""
        return _LABELS[self]


_LABELS = {
    Aspect.WORDS: _("the wording"),
    Aspect.NUMBERS: _("a number or a date"),
    Aspect.LINKS: _("a link"),
    Aspect.QUESTIONS: _("a question"),
    Aspect.ADDED: _("something added"),
    Aspect.REMOVED: _("something taken out"),
    Aspect.MOVED: _("the order of its parts"),
    Aspect.BESIDE: _("something beside the text, such as a picture"),
}


@dataclass(frozen=True)
class Changes:
    """What changed: the aspects; the paragraphs as they are now, and those that were taken out, without markup."""

    aspects: tuple[Aspect, ...]
    now: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def changes_between(
    old: Iterable[Sequence[str]], new: Iterable[Sequence[str]], *, questions: Collection[str] = ()
) -> Changes:
    """Return what changed between the texts of two editions: pairs of content path and text, in their order.

    questions: ids of questions. That one changed is told, but none of its texts is shown: they would give answers away.
    """
    before, asked_before = _apart(old, questions)
    after, asked_after = _apart(new, questions)
    pairs = reworded([list(text) for text in before], [list(text) for text in after])
    added = _without(_without(after, before), [(path, text) for path, _old, text in pairs])
    removed = _without(_without(before, after), [(path, text) for path, text, _new in pairs])
    # What stands in another place with the same words was moved.
    moved = Counter(text for _path, text in added) & Counter(text for _path, text in removed)
    added = [each for each in added if each[1] not in moved]
    removed = [each for each in removed if each[1] not in moved]
    found = {aspect for _path, was, now in pairs for aspect in _aspects(was, now)}
    for texts, aspect in ((added, Aspect.ADDED), (removed, Aspect.REMOVED)):
        found |= {Aspect.LINKS if _is_address(each) else aspect for each in texts}
    if moved or _in_both(before, after) != _in_both(after, before):
        found.add(Aspect.MOVED)
    if asked_before != asked_after:
        found.add(Aspect.QUESTIONS)
    shown = {*((path, text) for path, _old, text in pairs), *added}
    return Changes(
        aspects=tuple(aspect for aspect in Aspect if aspect in (found or {Aspect.BESIDE})),
        now=tuple(plain_text(text) for path, text in after if (path, text) in shown),
        gone=tuple(plain_text(each[1]) for each in removed if not _is_address(each)),
    )


def _apart(texts: Iterable[Sequence[str]], questions: Collection[str]) -> tuple[list[Text], list[Text]]:
    """Return the texts that anybody may read, and those of questions."""
    free: list[Text] = []
    asked: list[Text] = []
    for path, text in texts:
        (asked if set(path.split(".")) & set(questions) else free).append((path, text))
    return free, asked


def _without(texts: list[Text], others: Iterable[Text]) -> list[Text]:
    known = set(others)
    return [each for each in texts if each not in known]


def _in_both(texts: list[Text], others: list[Text]) -> list[Text]:
    known = set(others)
    return [each for each in texts if each in known]


def _is_address(each: Text) -> bool:
    """Return whether a text is nothing but an address: one on its own, or one that a link in a rich text leads to."""
    path, text = each
    return ".'" in path or links_in(text) == (text.strip().casefold(),)


def _aspects(was: str, now: str) -> set[Aspect]:
    if _is_address(("", was)) and _is_address(("", now)):
        return {Aspect.LINKS}
    found = set()
    old, new = plain_text(was), plain_text(now)
    if numbers_in(old) != numbers_in(new):
        found.add(Aspect.NUMBERS)
    if links_in(old) != links_in(new):
        found.add(Aspect.LINKS)
    if _DIGITS.sub("0", old) != _DIGITS.sub("0", new) or not found:
        found.add(Aspect.WORDS)
    return found
