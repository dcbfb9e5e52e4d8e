"""The description of the format names the fields that there are, in their order."""

import re
from pathlib import Path

from django.conf import settings

from lessons.pack.containers import FieldsShape
from lessons.pack.introspection import StreamFieldShape
from lessons.pack.page_types import page_types
from lessons.pack.shapes import Shape


def described() -> dict[str, str]:
    text = (Path(settings.PROJECT_DIR) / "lessons/course/FORMAT.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| ([a-z_]+) \| (.+) \|$", text, re.MULTILINE))


def in_words(fields: dict[str, Shape]) -> str:
    return ", ".join(name if shape.required and shape.absent is None else f"[{name}]" for name, shape in fields.items())


def test_format_describes_pages_and_blocks_as_they_are() -> None:
    expected = {"type": "fields (those in brackets may be left out)"}
    blocks: dict[str, set[str]] = {}
    for kind in page_types().values():
        expected[kind.name] = in_words(kind.fields)
        for shape in kind.fields.values():
            if isinstance(shape, StreamFieldShape):
                for name, child in shape.children.items():
                    assert isinstance(child, FieldsShape)
                    blocks.setdefault(name, set()).add(in_words(child.fields))
    for name, found in blocks.items():
        # What teaches nothing has no topics, and as of when it is known is not said.
        expected[name] = max(found, key=len)
        plain = expected[name].removesuffix(", [topics]")
        assert found <= {expected[name], plain, plain.removesuffix(", [known_on]")}
    assert described() == expected
