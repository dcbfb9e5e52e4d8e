"""Puts hostile texts wherever an editor can write: into every text of every block."""

import itertools
from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from lessons.blocks.body import unit_blocks
from tests.factories import block, item


def hostile_body(texts: list[str]) -> list[dict[str, Any]]:
    """Return a unit's body, as stored: each kind of block, and each text in some block of it."""
    kinds = [(name, kind) for name, kind in unit_blocks() if name != "image"]
    turns = itertools.cycle(texts)
    rounds = -(-len(texts) // len(kinds))
    return [block(name, filled(kind, turns)) for _round in range(rounds) for name, kind in kinds]


def filled(kind: blocks.Block, texts: Iterator[str]) -> Any:
    """Return a value of a block, as stored, whose texts are taken from `texts`, cut to the length that is allowed."""
    if isinstance(kind, blocks.StructBlock):
        return {name: filled(child, texts) for name, child in kind.child_blocks.items() if name != "topics"}
    if isinstance(kind, blocks.ListBlock):
        return [item(filled(kind.child_block, texts)) for _number in range(max(kind.meta.min_num or 0, 1))]
    if isinstance(kind, blocks.StreamBlock):
        number = max(kind.meta.min_num or 0, 1)
        return [block(name, filled(child, texts)) for name, child in kind.child_blocks.items() for _ in range(number)]
    if isinstance(kind, (blocks.RichTextBlock, blocks.CharBlock, blocks.TextBlock)):
        longest = getattr(kind.field, "max_length", None)
        return next(texts)[:longest]
    return _other(kind)


def worded(kind: blocks.Block, value: Any, texts: Iterator[str]) -> Any:
    """Return a value of a block, as stored, with a text from `texts` after each of its own, cut to what is allowed."""
    if isinstance(kind, blocks.StructBlock):
        return {name: worded(kind.child_blocks[name], part, texts) for name, part in value.items()}
    if isinstance(kind, blocks.ListBlock):
        return [{**each, "value": worded(kind.child_block, each["value"], texts)} for each in value]
    if isinstance(kind, blocks.StreamBlock):
        return [{**each, "value": worded(kind.child_blocks[each["type"]], each["value"], texts)} for each in value]
    if isinstance(kind, (blocks.CharBlock, blocks.TextBlock)) and not isinstance(kind, blocks.RegexBlock):
        return f"{value} {next(texts)}".strip()[: kind.field.max_length]
    return value


def _other(kind: blocks.Block) -> Any:
    if isinstance(kind, (ImageChooserBlock, DocumentChooserBlock)):
        return None
    values = {
        blocks.URLBlock: lambda: "https://example.org/?a=%22onload=alert(1)&b='",
        blocks.MultipleChoiceBlock: lambda: [_first(kind)],
        blocks.ChoiceBlock: lambda: _first(kind),
        blocks.IntegerBlock: lambda: max(kind.field.min_value or 0, 1),
        blocks.FloatBlock: lambda: 1.0,
        blocks.BooleanBlock: lambda: True,
    }
    found = next((make for type_, make in values.items() if isinstance(kind, type_)), None)
    return found() if found else kind.get_prep_value(kind.get_default())


def _first(kind: Any) -> Any:
    return next(value for value, _words in kind.field.choices if value)
