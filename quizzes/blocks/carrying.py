"""What the questions of all kinds share in the files of other programs. What a kind adds stands with its block."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

from wagtail import blocks

from quizzes.formats.items import FilePicture, Item, ItemKind, tidy

# Files of other programs have no place for these but among a question's tags. Their codes do not meet.
CODES = ("facet", "topic", "difficulty")


def item_of(block: blocks.StructBlock, value: Any, kind: ItemKind, **own: Any) -> Item:
    """Return a question as files hold it. own: what its kind adds."""
    hint, points = tidy(value.get("hint") or ""), value.get("points")
    return Item(
        kind,
        tidy(value["prompt"]),
        feedback=tidy(value.get("feedback") or ""),
        hints=(hint,) if hint else (),
        tags=tuple(value[name] for name in CODES if value.get(name)),
        points=Fraction(points) if points else None,
        **own,
    )


def value_of(block: blocks.StructBlock, item: Item, **own: Any) -> dict[str, Any]:
    """Return what a file says of a question, as the block stores it but for ids. own: what its kind adds."""
    known = block.child_blocks
    value = {name: text for name, text in (("prompt", item.prompt), ("feedback", item.feedback)) if name in known}
    value |= own
    if item.hints and "hint" in known:
        value["hint"] = "\n\n".join(item.hints)
    if item.points is not None and "points" in known:
        field = known["points"].field
        value["points"] = max(field.min_value, min(field.max_value, round(item.points)))
    for name in CODES:
        codes = set(codes_of(known[name])) & set(item.tags) if name in known else set()
        if codes:
            value[name] = next(tag for tag in item.tags if tag in codes)
    return value


def pictures_of(image: Any, alt: str) -> tuple[FilePicture, ...]:
    """Return a chosen picture as it lies in a file; none where nothing is chosen, or its own file is lost."""
    if image is None:
        return ()
    try:
        with image.file.storage.open(image.file.name) as file:
            return (FilePicture(PurePosixPath(image.file.name).name, file.read(), " ".join(alt.split())),)
    except OSError:
        return ()


def codes_of(block: blocks.Block) -> Iterator[str]:
    """Yield the codes that a choice block knows, but the empty one."""
    for code, label in block.field.choices:
        found = (inner for inner, _label in label) if isinstance(label, list | tuple) else (code,)
        yield from (str(each) for each in found if each)


def in_one_line(text: str) -> str:
    """Return a text for a field that has one line."""
    return " ".join(text.split("\n"))


def missing_codes(block: blocks.StructBlock, value: Any) -> list[str]:
    """Return the labels of what must be chosen for a question and is not."""
    return [
        str(child.label)
        for name, child in block.child_blocks.items()
        if isinstance(child, blocks.ChoiceBlock) and child.required and not value.get(name)
    ]
