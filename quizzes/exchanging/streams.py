"""Values of question blocks as they are stored: their ids, what is wrong with them, and how two of them differ."""

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock

from quizzes.blocks.carrying import codes_of
from quizzes.blocks.question import QuestionBlock
from quizzes.blocks.registry import QUESTION_BLOCKS, block_of
from quizzes.formats.items import Item, tidy

Raw = dict[str, Any]
# A block that holds questions has them in a field of this name.
BELOW = "questions"


def questions_below(raw: list[Raw]) -> Iterator[Raw]:
    """Yield the questions of a stored stream, those that stand under another after it."""
    for child in raw:
        yield child
        below = child["value"].get(BELOW)
        if isinstance(below, list):
            yield from questions_below(below)


def taken(item: Item, before: Raw | None) -> tuple[QuestionBlock, Raw] | None:
    """Return the block that takes a question of a file, and its value without ids; None where there is none.

    before: the question as it is stored, where it is. A block that holds other questions is never made of a file.
    """
    kinds = [kind for kind in QUESTION_BLOCKS if before or BELOW not in block_of(kind).child_blocks]
    if before and before["type"] in QUESTION_BLOCKS:
        kinds.sort(key=lambda kind: kind != before["type"])
    for kind in kinds:
        if kind == (before or {}).get("type") or BELOW not in block_of(kind).child_blocks:
            value = block_of(kind).from_item(item)
            if value is not None:
                return block_of(kind), value
    return None


def stored_value(block: QuestionBlock, value: Raw, before: Raw | None) -> Raw:
    """Return a value with ids over what is stored: what a file says nothing new of stays, and so do ids."""
    said = said_before(block, before)
    value = {name: new for name, new in value.items() if name not in said or said[name] != new}
    kept = dict((before or {}).get("value") or {})
    if before and before["type"] != block.name:
        other = block_of(before["type"]).child_blocks if before["type"] in QUESTION_BLOCKS else {}
        kept = {
            name: kept[name]
            for name in kept
            if name in other and name in block.child_blocks and type(other[name]) is type(block.child_blocks[name])
            if not isinstance(other[name], blocks.ListBlock | blocks.StreamBlock)
        }
    for name, new in value.items():
        is_list = isinstance(block.child_blocks[name], blocks.ListBlock)
        kept[name] = _listed(new, kept.get(name) or []) if is_list else new
    return kept


def said_before(block: QuestionBlock, before: Raw | None) -> Raw:
    """Return what a file would say of a stored question: where another says the same, the question knows more."""
    if before is None or before["type"] != block.name or not before["value"]:
        return {}
    item = block.to_item(block.to_python(before["value"]))
    return (block.from_item(item) or {}) if item else {}


def _listed(values: list[Any], before: list[Raw]) -> list[Raw]:
    """Return a list's items. One that says the same keeps its id, and then one that stands at the same place."""
    free = dict(enumerate(before))
    chosen: dict[int, Raw] = {}
    for index, value in enumerate(values):
        found = next((place for place, item in free.items() if _said(item["value"]) == _said(value)), None)
        if found is not None:
            chosen[index] = free.pop(found)
    for index in range(len(values)):
        if index not in chosen and index in free:
            chosen[index] = free.pop(index)
    return [_item(value, chosen.get(index)) for index, value in enumerate(values)]


def _item(value: Any, before: Raw | None) -> Raw:
    if before is None:
        return {"type": "item", "value": value, "id": str(uuid.uuid4())}
    return {**before, "value": {**before["value"], **value} if isinstance(value, dict) else value}


def _said(value: Any) -> Any:
    """Return what one tells a list's item by: its first field."""
    return tidy(str(next(iter(value.values()), ""))) if isinstance(value, Mapping) else value


def cleaned(block: QuestionBlock, value: Raw) -> Raw:
    """Return a stored value as its block stores it.

    Raises ValidationError where the block refuses it. Codes that no file of another program knows may be missing, and
    what choosers hold is not looked up: it may be something that is still to be made.
    """
    missing = [
        name
        for name, child in block.child_blocks.items()
        if isinstance(child, blocks.ChoiceBlock) and child.required and not value.get(name)
    ]
    filled = {**value, **{name: next(codes_of(block.child_blocks[name])) for name in missing}}
    free = _without_choosers(block)
    stored: Raw = free.get_prep_value(free.clean(free.to_python(filled)))
    stored = {**stored, **dict.fromkeys(missing, "")}
    return json.loads(json.dumps(stored, cls=DjangoJSONEncoder))


class _AnyBlock(blocks.Block):
    """Stands for a chooser: it takes whatever it is given."""

    def clean(self, value: Any) -> Any:
        if value is None and self.meta.required:
            raise ValidationError(gettext("This field is required."))
        return value


def _without_choosers(block: blocks.Block) -> Any:
    """Return a block that accepts what another accepts, and anything where it has a chooser."""
    if isinstance(block, ChooserBlock):
        return _AnyBlock(required=block.required, label=block.label)
    copied = object.__new__(type(block))
    copied.__dict__.update(block.__dict__)
    if isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        children = {name: _without_choosers(child) for name, child in block.child_blocks.items()}
        for name, child in children.items():
            child.set_name(name)
        copied.child_blocks = type(block.child_blocks)(children)
    elif isinstance(block, blocks.ListBlock):
        copied.child_block = _without_choosers(block.child_block)
    return copied


def messages_of(error: ValidationError, block: blocks.Block) -> Iterator[str]:
    """Yield what a block says against a value, each after the labels of the fields it stands in."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield from error.messages
        return
    for where, fault in inner.items():
        if isinstance(block, blocks.ListBlock):
            child, label = block.child_block, str(int(where) + 1)
        else:
            child = block.child_blocks.get(where, block)
            label = str(child.label)
        yield from (f"{label}: {message}" for message in messages_of(fault, child))
    for fault in getattr(error, "non_block_errors", ()):
        yield from fault.messages


def differing(block: QuestionBlock, before: Raw, after: Raw) -> list[str]:
    """Return the labels of what differs between two stored values, whatever their ids."""
    one, other = (block.get_prep_value(block.to_python(value)) for value in (before, after))
    return [
        label
        for name, child in block.child_blocks.items()
        for label in _differing(child, _bare(one.get(name)), _bare(other.get(name)))
    ]


def _differing(block: blocks.Block, one: Any, other: Any) -> list[str]:
    if one == other:
        return []
    label = str(block.label)
    is_list = isinstance(block, blocks.ListBlock) and isinstance(block.child_block, blocks.StructBlock)
    if not is_list or len(one) != len(other):
        return [label]
    fields = block.child_block.child_blocks
    return [
        f"{label}: {child.label}"
        for name, child in fields.items()
        if [item.get(name) for item in one] != [item.get(name) for item in other]
    ]


def _bare(value: Any) -> Any:
    """Return a stored value without the ids in it, its texts tidy."""
    if isinstance(value, list):
        return [_bare(item["value"] if isinstance(item, dict) and "value" in item else item) for item in value]
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items()}
    return tidy(value) if isinstance(value, str) else ("" if value is None else value)
