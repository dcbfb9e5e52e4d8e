"""Whether a value in a file has the form that a block stores: asked before the block sees it."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock

from quizzes.formats.course_json import is_id
from quizzes.formats.json_tree import Path

# What is wrong: a code, where, and the name of what is not known.
Misfit = tuple[str, Path, str]
_LEAVES: list[tuple[Any, tuple[type, ...]]] = [
    (blocks.BooleanBlock, (bool,)),
    (blocks.IntegerBlock, (int,)),
    (blocks.FloatBlock, (int, float)),
    (blocks.DecimalBlock, (int, float, str)),
    (blocks.MultipleChoiceBlock, (list,)),
    (ChooserBlock, (str,)),
]


def misfits(block: blocks.Block, value: Any, path: Path, ids: set[str]) -> Iterator[Misfit]:
    """Yield what has another form than it should. ids: those met so far in the file."""
    if isinstance(block, blocks.StructBlock):
        yield from _in_struct(block, value, path, ids)
    elif isinstance(block, blocks.ListBlock | blocks.StreamBlock):
        yield from _in_list(block, value, path, ids)
    else:
        kinds = next((kinds for kind, kinds in _LEAVES if isinstance(block, kind)), (str,))
        is_number_as_truth = isinstance(value, bool) and bool not in kinds
        if value is not None and (not isinstance(value, kinds) or is_number_as_truth):
            yield "wrong-kind", path, ""


def _in_struct(block: blocks.StructBlock, value: Any, path: Path, ids: set[str]) -> Iterator[Misfit]:
    if not isinstance(value, dict):
        yield "wrong-kind", path, ""
        return
    for name, inner in value.items():
        if name in block.child_blocks:
            yield from misfits(block.child_blocks[name], inner, (*path, name), ids)
        else:
            yield "unknown-name", (*path, name), name


def _in_list(block: Any, value: Any, path: Path, ids: set[str]) -> Iterator[Misfit]:
    if not isinstance(value, list):
        yield "wrong-kind", path, ""
        return
    for index, item in enumerate(value):
        here = (*path, index)
        if not isinstance(item, dict) or item.keys() != {"type", "id", "value"}:
            yield "wrong-kind", here, ""
            continue
        if not isinstance(item["id"], str) or not is_id(item["id"]):
            yield "bad-id", (*here, "id"), ""
        elif item["id"] in ids:
            yield "doubled-id", (*here, "id"), item["id"]
        else:
            ids.add(item["id"])
        is_stream = isinstance(block, blocks.StreamBlock)
        child = block.child_blocks.get(item["type"]) if is_stream else block.child_block
        if child is None or (not is_stream and item["type"] != "item"):
            yield "unknown-name", (*here, "type"), str(item["type"])
        else:
            yield from misfits(child, item["value"], (*here, "value"), ids)
