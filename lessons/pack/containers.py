"""Shapes that hold others: named fields, lists and streams."""

import difflib
import uuid
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from lessons.pack.content import ID, TYPE, VALUE
from lessons.pack.names import Names
from lessons.pack.reading import Listing, Mapping, Node, Scalar
from lessons.pack.shapes import CodesShape, Reading, Shape

_SEED = uuid.UUID("6f0f5a0e-1c0b-4c5e-9d0b-3f8a4f6f1b52")


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
        return [{TYPE: "item", ID: item[ID], VALUE: stored_child(self.item, item, names)} for item in value or []]

    def packed(self, raw: Any, names: Names, seed: str) -> list[dict[str, Any]] | None:
        """Return what is stored as it stands in a pack."""
        found = []
        for index, item in enumerate(raw or []):
            item_id, value = _item(item)
            item_id = item_id or _made_id(f"{seed}/{index}")
            found.append({ID: item_id, **packed_child(self.item, value, names, item_id)})
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
            {TYPE: block[TYPE], VALUE: stored_child(self.children[block[TYPE]], block, names), ID: block[ID]}
            for block in value or []
        ]

    def packed(self, raw: Any, names: Names, seed: str) -> list[dict[str, Any]] | None:
        """Return what is stored as it stands in a pack."""
        found = []
        for index, block in enumerate(raw or []):
            if block[TYPE] in self.children:
                block_id = block.get(ID) or _made_id(f"{seed}/{index}")
                packed = packed_child(self.children[block[TYPE]], block[VALUE], names, block_id)
                found.append({ID: block_id, TYPE: block[TYPE], **packed})
        return found or None


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


def stored_child(shape: Shape, item: dict[str, Any], names: Names) -> Any:
    """Return what an item or block of a pack holds besides its id and type, as it is stored."""
    return shape.stored(item if isinstance(shape, FieldsShape) else item.get(VALUE), names, item[ID])


def packed_child(shape: Shape, raw: Any, names: Names, seed: str) -> dict[str, Any]:
    """Return what is stored in an item or block as it stands in a pack besides its id and type."""
    packed = shape.packed(raw, names, seed)
    if isinstance(shape, FieldsShape):
        return dict(packed)
    return {} if packed is None else {VALUE: packed}


def _item(item: Any) -> tuple[str, Any]:
    """Return id and value of a list's item, also of one that was stored without an id."""
    if isinstance(item, dict) and item.get(TYPE) == "item" and VALUE in item:
        return item.get(ID) or "", item[VALUE]
    return "", item


@cache
def _made_id(seed: str) -> str:
    return str(uuid.uuid5(_SEED, seed))
