"""Brings a PO file in line with the texts of a course as they are now."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from openmuseums.segments.catalogues import Message
from openmuseums.segments.units import Unit

# Less alike than this, a text is a new one and not a changed one.
_ALIKE = 0.5
_BLOCK = re.compile(r"\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.|$)")


def messages_of(
    units: Iterable[Unit],
    before: Iterable[Message] = (),
    *,
    translations: Mapping[tuple[str, str], str] | None = None,
) -> list[Message]:
    """Return the entries for a course in its order, with what is translated.

    before: the entries of the file as it was. translations: by (context, source), where something else than that file
    knows what is translated; the file is then asked only for what nobody else keeps: the translators' own remarks,
    fuzzy and obsolete entries. The translation of a text that has changed since becomes a fuzzy one, of a text that is
    gone an obsolete one; that of a block that stands on another page now goes with it.
    """
    old = {message.name: message for message in before}
    found = []
    for unit in units:
        message = Message(unit.context, unit.source, notes=notes_of(unit), where=unit.where)
        there = old.pop(message.name, None)
        if translations is not None:
            message.translation = translations.get(message.name, "")
        if there:
            message.remarks = there.remarks
            if not message.translation and (there.fuzzy or translations is None):
                message.translation, message.fuzzy, message.previous = there.translation, there.fuzzy, there.previous
        found.append(message)
    if translations is None:
        _follow(found, old)
    _take_over(found, old)
    gone = [
        replace(message, obsolete=True, fuzzy=False, previous="", notes="", where="")
        for message in old.values()
        if message.translation
    ]
    return found + gone


def _follow(messages: list[Message], old: dict[tuple[str, str], Message]) -> None:
    """Give the texts of blocks that were moved to another page their translations; what is taken leaves `old`."""
    moved = {
        (path, message.source): message
        for message in old.values()
        if message.translation and (path := _path_in_block(message.context))
    }
    for message in messages:
        there = moved.get((_path_in_block(message.context), message.source)) if not message.translation else None
        if there is not None and old.pop(there.name, None) is not None:
            message.translation, message.fuzzy = there.translation, there.fuzzy
            message.previous, message.remarks = there.previous, there.remarks


def _path_in_block(context: str) -> str:
    """Return where in a page a text of a block stands; empty for what is no block's, as each page has its own title.

    The id of a block stands once in a course.
    """
    _page, _colon, path = context.partition(":")
    return path if _BLOCK.search(path) else ""


def _take_over(messages: list[Message], old: dict[tuple[str, str], Message]) -> None:
    """Give texts without a translation that of the text they took the place of; what is taken leaves `old`."""
    by_context: dict[str, list[Message]] = {}
    for message in old.values():
        if message.translation and not message.obsolete:
            by_context.setdefault(message.context, []).append(message)
    for message in messages:
        candidates = by_context.get(message.context, [])
        if message.translation or not candidates:
            continue
        likeness, best = max(
            ((SequenceMatcher(None, message.source, one.source).ratio(), one) for one in candidates),
            key=lambda pair: pair[0],
        )
        if likeness < _ALIKE:
            continue
        candidates.remove(best)
        del old[best.name]
        message.translation, message.fuzzy = best.translation, True
        message.previous, message.remarks = best.previous or best.source, best.remarks


def notes_of(unit: Unit) -> str:
    """Return what a translator is told of a unit, in the language that is translated from."""
    notes = [".".join(step for step in unit.place.field_path.split(".") if step != "item")]
    with override(settings.LANGUAGE_CODE):
        if unit.is_address:
            notes.append(_("an address: leave it empty where it stays the same"))
        elif unit.place.max_length:
            notes.append(_("at most %(count)d characters") % {"count": unit.place.max_length})
    return ", ".join(notes)
