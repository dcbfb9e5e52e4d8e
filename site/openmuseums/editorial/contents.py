"""Takes pages apart into the parts that two versions of them are compared by."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import get_translatable_fields

from openmuseums.editorial.comparing import Form, Part

_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def parts_of(instance: Any) -> list[Part]:
    """Return the parts of a page (or of a child object of one) in their order: all that its translations know of it."""
    return list(_parts_of_model(instance, ""))


def _parts_of_model(instance: Any, before: str) -> Iterator[Part]:
    model = type(instance)
    for translatable in get_translatable_fields(model):
        field = translatable.get_field(model)
        path = f"{before}{field.name}"
        if isinstance(field, models.ManyToOneRel):
            for number, child in enumerate(getattr(instance, field.get_accessor_name()).all()):
                yield from _parts_of_model(child, f"{path}:{getattr(child, 'translation_key', number)}/")
        else:
            yield from _parts_of_field(field, instance, path, is_value=translatable.is_synchronized(instance))


def _parts_of_field(field: Any, instance: Any, path: str, *, is_value: bool) -> Iterator[Part]:
    value = field.value_from_object(instance)
    if isinstance(field, StreamField):
        yield from parts_of_block(value.stream_block, value, path)
    elif isinstance(field, RichTextField):
        yield Part(path, Form.RICH, _without_keys(value or ""))
    elif isinstance(field, models.CharField | models.TextField) and not is_value:
        yield Part(path, Form.TEXT, value or "")
    else:
        yield Part(path, Form.VALUE, value)


def parts_of_block(block: Any, value: Any, path: str = "") -> Iterator[Part]:
    """Yield the parts of a block's value in their order."""
    if isinstance(block, blocks.StreamBlock):
        for child in value or ():
            yield from parts_of_block(child.block, child.value, f"{path}/{child.block_type}:{child.id}")
        yield Part(path, Form.VALUE, [child.id for child in value or ()])
    elif isinstance(block, blocks.ListBlock):
        # An item that was stored without an id is given another one at each reading.
        items = {str(bound.original_id or number): bound for number, bound in enumerate(value.bound_blocks)}
        for name, bound in items.items():
            yield from parts_of_block(bound.block, bound.value, f"{path}/{name}")
        yield Part(path, Form.VALUE, list(items))
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from parts_of_block(child_block, value.get(name), f"{path}.{name}")
    elif isinstance(block, blocks.RichTextBlock):
        yield Part(path, Form.RICH, _without_keys(value.source if value else ""))
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield Part(path, Form.TEXT, value or "")
    else:
        yield Part(path, Form.VALUE, block.get_prep_value(value))


def _without_keys(html: str) -> str:
    """Return a rich text without the keys that Wagtail's editor gives paragraphs; they are not stored."""
    return _BLOCK_KEY.sub("", html)
