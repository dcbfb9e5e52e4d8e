"""Finds out the shape of each field from model fields and block definitions.

Nothing here lists fields or blocks by name: a new block type needs no change of the pack's code.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import RichTextField, StreamField

from lessons.pack.containers import CodeListShape, FieldsShape, ItemsShape, StreamShape, stored_child
from lessons.pack.content import ID, TYPE, VALUE
from lessons.pack.names import Names
from lessons.pack.problems import Problems
from lessons.pack.reading import Listing, Mapping, Node
from lessons.pack.shapes import (
    CodeShape,
    CodesShape,
    DayShape,
    DefaultedShape,
    HtmlShape,
    MomentShape,
    NumberShape,
    Reading,
    ReferenceShape,
    Shape,
    TextShape,
    TruthShape,
    WholeShape,
)
from openmuseums.editorial.blocks import MarkBlock


class StreamFieldShape(StreamShape):
    """A stream that is a field of a page: its blocks are asked themselves whether they accept what they are given."""

    def __init__(self, field: StreamField) -> None:
        children = shape_of_block(field.stream_block)
        if not isinstance(children, StreamShape):
            raise TypeError(field)
        super().__init__(children.children, required=not field.blank)
        self.block = field.stream_block
        self.checked = _without_choosers(field.stream_block)

    def read(self, node: Node, reading: Reading) -> list[dict[str, Any]] | None:
        """Read it from a node."""
        before = len(reading.problems.found)
        found = super().read(node, reading)
        if found and len(reading.problems.found) == before:
            try:
                self.checked.clean(self.checked.to_python(super().stored(found, Names(), "")))
            except ValidationError as error:
                _report(error, node, reading.problems)
        return found

    def stored(self, value: Any, names: Names, seed: str) -> Any:
        """Return it as it is stored."""
        return StreamValue(self.block, super().stored(value, names, seed), is_lazy=True)

    def unseen(self, value: Any, names: Names, seed: str) -> StreamValue:
        """Return it as a stream that does not look up the pictures and documents in it."""
        return self.checked.to_python(super().stored(value, names, seed))

    def packed(self, raw: Any, names: Names, seed: str) -> list[dict[str, Any]] | None:
        """Return what is stored as it stands in a pack."""
        return super().packed(raw.get_prep_value() if isinstance(raw, StreamValue) else raw, names, seed)


class ChildrenShape(ItemsShape):
    """Child objects of a page, such as a unit's outcomes. The id of each is its translation key."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        fields = {found.name: shape_of_field(found) for found in own_fields(model)}
        super().__init__(FieldsShape(fields), required=False)

    def stored(self, value: Any, names: Names, seed: str) -> list[dict[str, Any]]:
        """Return the fields of each object, with its translation key."""
        return [
            {"translation_key": uuid.UUID(item[ID]), **stored_child(self.item, item, names)} for item in value or []
        ]

    def packed(self, raw: Any, names: Names, seed: str) -> list[dict[str, Any]] | None:
        """Return the objects of a page's child relation in the pack's form."""
        return [
            {ID: str(child.translation_key), **self.item.packed(vars(child), names, seed)} for child in raw.all()
        ] or None


def own_fields(model: type[models.Model]) -> list[Any]:
    """Return the fields of a model that an editor writes: not its key, its parents, its order or its language."""
    inherited = {found.name for parent in model._meta.get_parent_list() for found in parent._meta.get_fields()}
    return [
        found
        for found in model._meta.concrete_fields
        if found.editable
        and not found.primary_key
        and found.name not in inherited
        and not isinstance(found, ParentalKey)
        and found.remote_field is None
    ]


def shape_of_field(found: Any) -> Shape:
    """Return the shape of a model's field."""
    shape: Shape
    if isinstance(found, StreamField):
        return StreamFieldShape(found)
    if isinstance(found, RichTextField):
        shape = HtmlShape()
    elif isinstance(found, models.BooleanField):
        shape = TruthShape()
    elif isinstance(found, models.IntegerField):
        shape = WholeShape()
    elif isinstance(found, models.DateTimeField):
        shape = MomentShape()
    elif isinstance(found, models.JSONField) and isinstance(form := found.formfield(), forms.MultipleChoiceField):
        shape = CodesShape(CodeShape(form))
    elif isinstance(found, models.CharField | models.TextField):
        form = found.formfield()
        shape = CodeShape(form) if found.choices and form else TextShape()
    else:
        raise TypeError(f"The course pack has no shape for {found!r} of {found.model!r}.")
    shape.required = not found.blank
    default = found.get_default() if found.has_default() else None
    if default is False or (found.blank and default):
        return DefaultedShape(shape, default)
    return shape


def shape_of_block(block: blocks.Block) -> Shape:
    """Return the shape of a block."""
    shape: Shape
    if isinstance(block, blocks.StructBlock):
        if {ID, TYPE} & set(block.child_blocks):
            raise TypeError(f"The course pack needs the names “{ID}” and “{TYPE}” in {block!r} for itself.")
        return FieldsShape({name: shape_of_block(child) for name, child in block.child_blocks.items()})
    if isinstance(block, blocks.StreamBlock):
        required = bool(block.required or block.meta.min_num)
        return StreamShape(
            {name: shape_of_block(child) for name, child in block.child_blocks.items()}, required=required
        )
    if isinstance(block, blocks.ListBlock):
        child_shape = shape_of_block(block.child_block)
        if isinstance(child_shape, CodeShape):
            return CodeListShape(child_shape)
        return ItemsShape(child_shape, required=bool(block.meta.min_num))
    if isinstance(block, ChooserBlock):
        return ReferenceShape(block.model_class, required=block.required)
    for kind, leaf in _LEAVES.items():
        if isinstance(block, kind):
            shape = leaf(block)
            shape.required = bool(block.required)
            return shape
    raise TypeError(f"The course pack has no shape for {block!r}.")


_LEAVES: dict[Any, Callable[[Any], Shape]] = {
    blocks.RichTextBlock: lambda _block: HtmlShape(),
    MarkBlock: lambda _block: DefaultedShape(TruthShape(), default=False),
    blocks.BooleanBlock: lambda _block: TruthShape(),
    blocks.DateBlock: lambda _block: DayShape(),
    blocks.IntegerBlock: lambda _block: WholeShape(),
    blocks.FloatBlock: lambda _block: NumberShape(),
    blocks.ChoiceBlock: lambda block: CodeShape(block.field),
    blocks.MultipleChoiceBlock: lambda block: CodesShape(CodeShape(block.field)),
    blocks.CharBlock: lambda _block: TextShape(),
    blocks.TextBlock: lambda _block: TextShape(),
    blocks.RegexBlock: lambda _block: TextShape(),
    blocks.URLBlock: lambda _block: TextShape(),
}


class _AnyBlock(blocks.Block):
    """Stands for a block that is not asked while a pack is checked.

    What a chooser names need not be in the database yet. Whether a day is still to come is asked who writes it: a pack
    loads on any day, also where a clock is wrong.
    """

    def clean(self, value: Any) -> Any:
        return value


def _without_choosers(block: blocks.Block) -> blocks.Block:
    """Return a block that accepts what another accepts, and anything where it has a chooser or a day."""
    copied = _shallow(block)
    if isinstance(block, ChooserBlock | blocks.DateBlock):
        return _AnyBlock()
    if isinstance(block, blocks.StructBlock | blocks.StreamBlock):
        children = {name: _without_choosers(child) for name, child in block.child_blocks.items()}
        for name, child in children.items():
            child.set_name(name)
        copied.child_blocks = type(block.child_blocks)(children)
    elif isinstance(block, blocks.ListBlock):
        copied.child_block = _without_choosers(block.child_block)
    return copied


def _shallow(block: blocks.Block) -> blocks.Block:
    copied = object.__new__(type(block))
    copied.__dict__.update(block.__dict__)
    return copied


def _report(error: ValidationError, node: Node, problems: Problems) -> None:
    """Note what blocks say of a value, each where it stands in the file."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        for message in error.messages:
            problems.add(node.place, message)
        return
    for where, fault in inner.items():
        _report(fault, _child_node(node, where), problems)
    for fault in getattr(error, "non_block_errors", ()):
        problems.add(node.place, fault)


def _child_node(node: Node, where: str | int) -> Node:
    if isinstance(node, Mapping) and VALUE in node.entries and (isinstance(where, int) or where not in node.entries):
        node = node.entries[VALUE].node
    if isinstance(node, Listing) and isinstance(where, int):
        return node.items[where]
    if isinstance(node, Mapping) and where in node.entries:
        return node.entries[str(where)].node
    return node
