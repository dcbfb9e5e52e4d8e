"""What ages in the body of a unit: blocks, and the items of lists of resources. No database is asked."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import Truncator

from lessons.blocks.ageing import KNOWN_ON, AgeingBlock
from lessons.blocks.practice import ResourcesBlock
from openmuseums.editorial.comparing import Form, Part, links_in, plain
from openmuseums.editorial.contents import parts_of_block

# What a check says nothing of.
_ASIDE = (f".{KNOWN_ON}", ".topics")
# Kinds that lead somewhere else: without a day, nobody knows whether they still do.
_LEADS_ELSEWHERE = ("resources", "case_study")
_NAMES = ("title", "caption")
_LONGEST_NAME = 80


@dataclass(frozen=True)
class AgeingPart:
    """A block that ages, or an item of one.

    kind: the type of the block. label: what editors call it. section: the heading that it stands below. name: its
    title, or how its text begins. digest: of all that it says, but for the day and the topics.
    """

    block_id: str
    item_id: str
    kind: str
    label: str
    section: str
    name: str
    addresses: tuple[str, ...]
    known_on: dt.date | None
    digest: str

    @property
    def place(self) -> tuple[str, str]:
        """Return the ids of block and item, by which it is found in every language."""
        return self.block_id, self.item_id

    @property
    def wants_a_day(self) -> bool:
        """Return whether it leads to somewhere else, so that without any day it is due."""
        return self.kind in _LEADS_ELSEWHERE and bool(self.addresses)


def ageing_parts(body: Any) -> Iterator[AgeingPart]:
    """Yield what ages in a body, in its order: what has a day, or names an address elsewhere."""
    section = ""
    for child in body:
        if child.block_type == "heading":
            section = child.value["text"]
        elif isinstance(child.block, ResourcesBlock):
            for bound in child.value["items"].bound_blocks:
                yield _part(child, bound.block, bound.value, section, str(bound.id or ""))
        elif isinstance(child.block, AgeingBlock):
            part = _part(child, child.block, child.value, section, "")
            if part.known_on or part.addresses:
                yield part


def _part(child: Any, block: Any, value: Any, section: str, item_id: str) -> AgeingPart:
    parts = [part for part in parts_of_block(block, value) if not part.path.startswith(_ASIDE)]
    said = [[part.path, part.form.value, part.value] for part in parts]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return AgeingPart(
        block_id=str(child.id or ""),
        item_id=item_id,
        kind=child.block_type,
        label=str(block.label if item_id else child.block.label),
        section=section,
        name=_name_of(value, parts),
        addresses=tuple(dict.fromkeys(address for part in parts for address in _addresses(part))),
        known_on=value.get(KNOWN_ON),
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _name_of(value: Any, parts: list[Part]) -> str:
    named = next((value[name] for name in _NAMES if value.get(name)), "")
    text = named or next((plain(part.value)[0] for part in parts if part.form is Form.RICH), "")
    return Truncator(" ".join(text.split())).chars(_LONGEST_NAME)


def _addresses(part: Part) -> tuple[str, ...]:
    """Return the addresses elsewhere that a part leads to."""
    if part.form is Form.RICH:
        targets = (target.partition(":") for target in plain(part.value)[1])
        return tuple(target for kind, _colon, target in targets if not kind and target.startswith("http"))
    # An address is a value that a translation may replace; codes and figures hold none.
    is_address = part.form is Form.VALUE and isinstance(part.value, str)
    return (part.value,) if is_address and links_in(part.value) else ()
