"""The shape of each field, found out from model fields and block definitions: what a pack may say in it and what is stored.

Nothing here lists fields or blocks: a new block type needs no change of the pack's code.
"""

import difflib
import json
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import RichTextField, StreamField

from lessons.pack.markup import DOCUMENT_LINK, PAGE_LINK, Html, canonical, faults, links, stored
from lessons.pack.names import HOME, Names
from lessons.pack.problems import Place, Problems
from lessons.pack.reading import Listing, Mapping, Node, Scalar
from openmuseums.uploads.models import Attachment

ID = "id"
TYPE = "type"
VALUE = "value"
_SEED = uuid.UUID("6f0f5a0e-1c0b-4c5e-9d0b-3f8a4f6f1b52")


@dataclass
class Reading:
    """What is known while a pack's values are read: what there is to refer to, and the ids met so far.

    `new_id` makes an id where one is missing; without it a missing id is a problem. `places` says where each id stands.
    """

    problems: Problems
    page_paths: frozenset[str] = frozenset()
    upload_names: dict[type[models.Model], frozenset[str]] = field(default_factory=dict)
    new_id: Callable[[], uuid.UUID] | None = None
    places: dict[str, Place] = field(default_factory=dict)

    def read_id(self, node: Mapping) -> str:
        """Return the id of a page, block, item or upload, and see that it stands nowhere else."""
        entry = node.entries.get(ID)
        if entry is None:
            if self.new_id:
                return str(self.new_id())
            self.problems.add(node.place, _("This has no id. “manage.py stamp_course” gives it one."))
            return ""
        text = entry.node.value if isinstance(entry.node, Scalar) else None
        try:
            found = str(uuid.UUID(text)) if isinstance(text, str) else None
        except ValueError:
            found = None
        if found is None or found != text:
            self.problems.add(entry.node.place, _("An id is a UUID in small letters, with its hyphens."))
            return ""
        if found in self.places:
            self.problems.add(
                entry.node.place, _("This id stands at %(place)s already."), place=str(self.places[found])
            )
        self.places.setdefault(found, entry.node.place)
        return found


class Shape(ABC):
    """What a field holds. A value in the pack's form is None where there is nothing to say."""

    required = True
    absent: Any = None  # the value, in the pack's form, of a field that a file leaves out

    @abstractmethod
    def read(self, node: Node, reading: Reading) -> Any:
        """Return the value of a node in the pack's form; what is wrong with it goes to `reading.problems`."""

    @abstractmethod
    def stored(self, value: Any, names: Names, seed: str) -> Any:
        """Return a value as the database holds it. `seed` is what ids that a pack does not keep are made of."""

    @abstractmethod
    def packed(self, raw: Any, names: Names, seed: str) -> Any:
        """Return what the database holds in the pack's form."""


class TextShape(Shape):
    """Plain text."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Read it from a node."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or node.odd:
            hint = isinstance(node, Scalar) and node.value is not None
            reading.problems.add(
                node.place,
                _("Text belongs here. Put it in quotes.") if hint else _("Text belongs here."),
            )
            return None
        return _tidy(node.value) or None

    def stored(self, value: Any, names: Names, seed: str) -> str:
        """Return it as it is stored."""
        return value or ""

    def packed(self, raw: Any, names: Names, seed: str) -> str | None:
        """Return what is stored as it stands in a pack."""
        return _tidy(str(raw)) if raw else None


class HtmlShape(Shape):
    """HTML in the pack's spelling."""

    def read(self, node: Node, reading: Reading) -> Html | None:
        """Read it from a node."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or node.odd:
            reading.problems.add(node.place, _("HTML text belongs here, such as <p>…</p>."))
            return None
        for line, message in faults(node.value):
            reading.problems.add(_line_of(node, line), message)
        found = canonical(node.value)
        self._check_links(node, found, reading)
        return found or None

    def stored(self, value: Any, names: Names, seed: str) -> str:
        """Return it as it is stored; pages clean their texts themselves when they are saved."""
        return stored(value, names.link_attributes) if value else ""

    def packed(self, raw: Any, names: Names, seed: str) -> Html | None:
        """Return what is stored as it stands in a pack."""
        return (canonical(str(raw), names.link_address) or None) if raw else None

    @staticmethod
    def _check_links(node: Scalar, html: Html, reading: Reading) -> None:
        for address in links(html):
            known: Iterable[str] | None = None
            if address.startswith(PAGE_LINK):
                wanted, known = address.removeprefix(PAGE_LINK), reading.page_paths
                wanted = "" if wanted == HOME else wanted or HOME
            elif address.startswith(DOCUMENT_LINK):
                wanted, known = address.removeprefix(DOCUMENT_LINK), reading.upload_names.get(Attachment, frozenset())
            if known is not None and wanted not in known:
                line = next((i for i, text in enumerate(str(node.value).split("\n")) if address in text), 0)
                reading.problems.add(
                    _line_of(node, line), _("The pack holds nothing that “%(address)s” leads to."), address=address
                )


class WholeShape(Shape):
    """A whole number."""

    def read(self, node: Node, reading: Reading) -> int | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, int) or isinstance(value, bool):
            reading.problems.add(node.place, _("A whole number belongs here."))
            return None
        return value

    def stored(self, value: Any, names: Names, seed: str) -> int | None:
        """Return it as it is stored."""
        return value

    def packed(self, raw: Any, names: Names, seed: str) -> int | None:
        """Return what is stored as it stands in a pack."""
        return None if raw is None else int(raw)


class NumberShape(Shape):
    """A number."""

    def read(self, node: Node, reading: Reading) -> int | float | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, int | float) or isinstance(value, bool):
            reading.problems.add(node.place, _("A number belongs here, with a point before decimals."))
            return None
        return _shortest(value)

    def stored(self, value: Any, names: Names, seed: str) -> int | float | None:
        """Return it as it is stored."""
        return value

    def packed(self, raw: Any, names: Names, seed: str) -> int | float | None:
        """Return what is stored as it stands in a pack."""
        return None if raw is None else _shortest(float(raw))


class TruthShape(Shape):
    """True or false. It is always written out; left out it is false."""

    absent = False

    def read(self, node: Node, reading: Reading) -> bool | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, bool):
            reading.problems.add(node.place, _("“true” or “false” belongs here."))
            return None
        return value

    def stored(self, value: Any, names: Names, seed: str) -> bool:
        """Return it as it is stored."""
        return bool(value)

    def packed(self, raw: Any, names: Names, seed: str) -> bool:
        """Return what is stored as it stands in a pack."""
        return bool(raw)


class CodeShape(Shape):
    """One of a set of codes. `form_field` knows the set, which may change while the site runs."""

    def __init__(self, form_field: forms.Field) -> None:
        self.form_field = form_field

    def read(self, node: Node, reading: Reading) -> str | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, str):
            reading.problems.add(node.place, _("One word belongs here: a code that the course knows."))
            return None
        if value not in (codes := self.codes()):
            near = difflib.get_close_matches(value, codes, n=1)
            message = _("“%(value)s” is not known here.")
            if near:
                message += " " + _("Perhaps “%(near)s”?")
            elif len(codes) < 12:
                message += " " + _("It must be one of: %(codes)s.")
            reading.problems.add(node.place, message, value=value, near=near[0] if near else "", codes=", ".join(codes))
        return value

    def stored(self, value: Any, names: Names, seed: str) -> str:
        """Return it as it is stored."""
        return value or ""

    def packed(self, raw: Any, names: Names, seed: str) -> str | None:
        """Return what is stored as it stands in a pack."""
        return str(raw) if raw else None

    def codes(self) -> list[str]:
        """Return the codes, without the empty one."""
        found: list[str] = []
        for value, label in self.form_field.choices:  # type: ignore[attr-defined]
            found += [str(inner) for inner, _label in label] if isinstance(label, list | tuple) else [str(value)]
        return [code for code in found if code]


class CodesShape(Shape):
    """A plain list of codes."""

    def __init__(self, code: CodeShape) -> None:
        self.code = code

    def read(self, node: Node, reading: Reading) -> list[str] | None:
        """Read it from a node."""
        return _read_codes(node, self.code, reading) or None

    def stored(self, value: Any, names: Names, seed: str) -> list[str]:
        """Return it as it is stored."""
        return list(value or [])

    def packed(self, raw: Any, names: Names, seed: str) -> list[str] | None:
        """Return what is stored as it stands in a pack."""
        return [str(code) for code in raw] if raw else None


class ReferenceShape(Shape):
    """A picture or document, by its name in the pack."""

    def __init__(self, model: type[models.Model], *, required: bool) -> None:
        self.model = model
        self.required = required

    def read(self, node: Node, reading: Reading) -> str | None:
        """Read it from a node."""
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, str):
            reading.problems.add(node.place, _("The name of a file in “media” belongs here."))
            return None
        known = reading.upload_names.get(self.model, frozenset())
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            message = _("“media” holds no “%(name)s”.") + (" " + _("Perhaps “%(near)s”?") if near else "")
            reading.problems.add(node.place, message, name=value, near=near[0] if near else "")
        return value

    def stored(self, value: Any, names: Names, seed: str) -> int | None:
        """Return it as it is stored."""
        return names.upload_id(self.model, value) if value else None

    def packed(self, raw: Any, names: Names, seed: str) -> str | None:
        """Return what is stored as it stands in a pack."""
        return names.upload_name(self.model, int(raw)) if raw else None


class FieldsShape(Shape):
    """Named fields: a struct block, or the fields of a child object."""

    def __init__(self, fields: dict[str, Shape]) -> None:
        self.fields = fields

    def read(self, node: Node, reading: Reading, *, besides: tuple[str, ...] = ()) -> dict[str, Any] | None:
        """Read the fields of a mapping; `besides` names keys that somebody else reads."""
        if not isinstance(node, Mapping):
            reading.problems.add(node.place, _("A list of “name: value” lines belongs here."))
            return None
        for name, entry in node.entries.items():
            if name not in self.fields and name not in besides:
                near = difflib.get_close_matches(name, self.fields, n=1)
                message = _("There is no field “%(name)s” here.") + (" " + _("Perhaps “%(near)s”?") if near else "")
                reading.problems.add(entry.place, message, name=name, near=near[0] if near else "")
        values = {}
        for name, shape in self.fields.items():
            entry_of = node.entries.get(name)
            if entry_of is None:
                value = shape.absent
                if shape.required and value is None:
                    reading.problems.add(node.place, _("The field “%(name)s” is missing."), name=name)
            else:
                before = len(reading.problems.found)
                value = shape.read(entry_of.node, reading)
                if value is None and shape.required and len(reading.problems.found) == before:
                    reading.problems.add(entry_of.node.place, _("“%(name)s” must not be empty."), name=name)
            if value is not None:
                values[name] = value
        return values

    def stored(self, value: Any, names: Names, seed: str) -> dict[str, Any]:
        """Return it as it is stored."""
        return {name: shape.stored(value.get(name), names, f"{seed}/{name}") for name, shape in self.fields.items()}

    def packed(self, raw: Any, names: Names, seed: str) -> dict[str, Any]:
        """Return what is stored as it stands in a pack."""
        found = {name: shape.packed(raw.get(name), names, f"{seed}/{name}") for name, shape in self.fields.items()}
        return {name: value for name, value in found.items() if value is not None}


class CodeListShape(CodesShape):
    """A list block of codes: their ids are of no use to anybody and are made when they are stored."""

    required = False

    def stored(self, value: Any, names: Names, seed: str) -> list[Any]:
        """Return it as it is stored."""
        return [
            {TYPE: "item", ID: _made_id(f"{seed}/{index}/{code}"), VALUE: code}
            for index, code in enumerate(value or [])
        ]

    def packed(self, raw: Any, names: Names, seed: str) -> list[str] | None:
        """Return what is stored as it stands in a pack."""
        return super().packed([_item(item)[1] for item in raw or []], names, seed)


class ItemsShape(Shape):
    """A list block of structs or texts. Each item has an id, for translations hang on it."""

    def __init__(self, item: Shape, *, required: bool) -> None:
        self.item = item
        self.required = required

    def read(self, node: Node, reading: Reading) -> list[dict[str, Any]] | None:
        """Read it from a node."""
        return [
            {ID: reading.read_id(item), **_read_child(self.item, item, reading, (ID,))}
            for item in _mappings(node, reading)
        ] or None

    def stored(self, value: Any, names: Names, seed: str) -> list[Any]:
        """Return it as it is stored."""
        return [{TYPE: "item", ID: item[ID], VALUE: _stored_child(self.item, item, names)} for item in value or []]

    def packed(self, raw: Any, names: Names, seed: str) -> list[dict[str, Any]] | None:
        """Return what is stored as it stands in a pack."""
        found = []
        for index, item in enumerate(raw or []):
            item_id, value = _item(item)
            item_id = item_id or _made_id(f"{seed}/{index}")
            found.append({ID: item_id, **_packed_child(self.item, value, names, item_id)})
        return found or None


class StreamShape(Shape):
    """A stream of blocks."""

    def __init__(self, children: dict[str, Shape], *, required: bool) -> None:
        self.children = children
        self.required = required

    def read(self, node: Node, reading: Reading) -> list[dict[str, Any]] | None:
        """Read it from a node."""
        found = []
        for item in _mappings(node, reading):
            entry = item.entries.get(TYPE)
            kind = entry.node.value if entry and isinstance(entry.node, Scalar) else None
            if entry is None:
                reading.problems.add(item.place, _("The field “%(name)s” is missing."), name=TYPE)
            elif kind not in self.children:
                near = difflib.get_close_matches(str(kind), self.children, n=1)
                message = _("There is no block “%(kind)s” here.") + (" " + _("Perhaps “%(near)s”?") if near else "")
                reading.problems.add(entry.node.place, message, kind=kind, near=near[0] if near else "")
            else:
                child = self.children[str(kind)]
                block_id = reading.read_id(item)
                found.append({ID: block_id, TYPE: kind, **_read_child(child, item, reading, (ID, TYPE))})
        return found or None

    def stored(self, value: Any, names: Names, seed: str) -> list[Any]:
        """Return it as it is stored."""
        return [
            {TYPE: block[TYPE], VALUE: _stored_child(self.children[block[TYPE]], block, names), ID: block[ID]}
            for block in value or []
        ]

    def packed(self, raw: Any, names: Names, seed: str) -> list[dict[str, Any]] | None:
        """Return what is stored as it stands in a pack."""
        found = []
        for index, block in enumerate(raw or []):
            if block[TYPE] in self.children:
                block_id = block.get(ID) or _made_id(f"{seed}/{index}")
                packed = _packed_child(self.children[block[TYPE]], block[VALUE], names, block_id)
                found.append({ID: block_id, TYPE: block[TYPE], **packed})
        return found or None


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
            {"translation_key": uuid.UUID(item[ID]), **_stored_child(self.item, item, names)} for item in value or []
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
    elif isinstance(found, models.JSONField) and isinstance(form := found.formfield(), forms.MultipleChoiceField):
        shape = CodesShape(CodeShape(form))
    elif isinstance(found, models.CharField | models.TextField):
        form = found.formfield()
        shape = CodeShape(form) if found.choices and form else TextShape()
    else:
        raise TypeError(f"The course pack has no shape for {found!r} of {found.model!r}.")
    shape.required = not found.blank
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
    for kind, make in _LEAVES.items():
        if isinstance(block, kind):
            shape = make(block)
            shape.required = bool(block.required)
            return shape
    raise TypeError(f"The course pack has no shape for {block!r}.")


_LEAVES: dict[type, Callable[[blocks.Block], Shape]] = {
    blocks.RichTextBlock: lambda _block: HtmlShape(),
    blocks.BooleanBlock: lambda _block: TruthShape(),
    blocks.IntegerBlock: lambda _block: WholeShape(),
    blocks.FloatBlock: lambda _block: NumberShape(),
    blocks.ChoiceBlock: lambda block: CodeShape(block.field),
    blocks.CharBlock: lambda _block: TextShape(),
    blocks.TextBlock: lambda _block: TextShape(),
    blocks.RegexBlock: lambda _block: TextShape(),
    blocks.URLBlock: lambda _block: TextShape(),
}


class _AnyBlock(blocks.Block):
    """Stands for a chooser while a pack is checked: what it names need not be in the database yet."""

    def clean(self, value: Any) -> Any:
        return value


def _without_choosers(block: blocks.Block) -> blocks.Block:
    """Return a block that accepts what another accepts, and anything where it has a chooser."""
    copied = _shallow(block)
    if isinstance(block, ChooserBlock):
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


def _mappings(node: Node, reading: Reading) -> list[Mapping]:
    if not isinstance(node, Listing):
        reading.problems.add(node.place, _("A list belongs here."))
        return []
    for item in node.items:
        if not isinstance(item, Mapping):
            reading.problems.add(item.place, _("A list of “name: value” lines belongs here."))
    return [item for item in node.items if isinstance(item, Mapping)]


def _read_child(shape: Shape, node: Mapping, reading: Reading, besides: tuple[str, ...]) -> dict[str, Any]:
    if isinstance(shape, FieldsShape):
        return shape.read(node, reading, besides=besides) or {}
    return FieldsShape({VALUE: shape}).read(node, reading, besides=besides) or {}


def _stored_child(shape: Shape, item: dict[str, Any], names: Names) -> Any:
    return shape.stored(item if isinstance(shape, FieldsShape) else item.get(VALUE), names, item[ID])


def _packed_child(shape: Shape, raw: Any, names: Names, seed: str) -> dict[str, Any]:
    packed = shape.packed(raw, names, seed)
    if isinstance(shape, FieldsShape):
        return dict(packed)
    return {} if packed is None else {VALUE: packed}


def _read_codes(node: Node, code: CodeShape, reading: Reading) -> list[str]:
    if not isinstance(node, Listing):
        reading.problems.add(node.place, _("A list belongs here."))
        return []
    found = [code.read(item, reading) for item in node.items]
    for index, item in enumerate(node.items):
        if found[index] is not None and found[index] in found[:index]:
            reading.problems.add(item.place, _("“%(value)s” stands here twice."), value=found[index])
    return [value for value in found if value is not None]


def _item(item: Any) -> tuple[str, Any]:
    """Return id and value of a list's item, also of one that was stored without an id."""
    if isinstance(item, dict) and item.get(TYPE) == "item" and VALUE in item:
        return item.get(ID) or "", item[VALUE]
    return "", item


@cache
def _made_id(seed: str) -> str:
    return str(uuid.uuid5(_SEED, seed))


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _shortest(value: int | float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _line_of(node: Scalar, line: int) -> Place:
    """Return the place of a line of a literal block; of other texts only their beginning is known."""
    return Place(node.place.file, node.place.line + 1 + line) if node.literal else node.place


def digestible(value: Any) -> str:
    """Return a value in the pack's form as one text, the same for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
