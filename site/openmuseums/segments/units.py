"""The units of a page: its translatable texts, and the addresses that a translation may replace by others."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Place:
    """Where a text of a page lives.

    field_path: names of fields and kinds of blocks, as wagtail-localize writes them. max_length: in characters, of the
    text without markup; None where there is no limit. is_rich: whether the field holds HTML.
    """

    field_path: str
    max_length: int | None = None
    is_rich: bool = False


@dataclass(frozen=True)
class Unit:
    """Something to translate. What names it is `context` together with `source`: one rich text holds many texts.

    path: wagtail-localize's content path. source: inline HTML with links as `<a id="a1">`, or an address. where: what
    translators are told of the page.
    """

    key: UUID
    path: str
    source: str
    is_address: bool
    place: Place
    where: str = ""

    @property
    def context(self) -> str:
        """Return what stands in `msgctxt`."""
        return f"{self.key}:{self.path}"


def units_of(page: Page, *, where: str = "") -> list[Unit]:
    """Return the units of a page in its own order; a text that stands twice in one rich text is one unit."""
    places = places_of(page)
    found: dict[tuple[str, str], Unit] = {}
    for segment in extract_segments(page):
        source: Any = None
        if isinstance(segment, StringSegmentValue):
            source = segment.string.data
        elif isinstance(segment, OverridableSegmentValue):
            source = segment.data
        if isinstance(source, str):  # a picture or document is replaced in the CMS, by its number
            is_address = isinstance(segment, OverridableSegmentValue)
            unit = Unit(
                UUID(str(page.translation_key)), segment.path, source, is_address, places.of(segment.path), where
            )
            found.setdefault((unit.path, unit.source), unit)
    return list(found.values())


def anchor_of(path: str, source: str) -> str:
    """Return the id that the segment of a text has on every page which shows it to translators."""
    digest = hashlib.sha1(f"{path}\0{source}".encode(), usedforsecurity=False).hexdigest()
    return f"s-{digest[:10]}"


def plain_text(source: str) -> str:
    """Return a text of a unit, which is inline HTML, as one reads it."""
    return unescape(_TAG.sub(" " if "<br" in source else "", source))


class Places:
    """The places of one page by content path."""

    def __init__(self, found: Iterable[tuple[str, Place]]) -> None:
        self._by_path = dict(found)

    def of(self, path: str) -> Place:
        """Return the place of a content path; an address inside a rich text lives where that does."""
        found = self._by_path.get(path)
        if found is None:
            outer, quote, _address = path.partition(".'")
            found = self._by_path.get(outer) if quote else None
        return found or Place(path)


def places_of(page: Page) -> Places:
    """Return where the texts of a page live."""
    return Places(_of_object(page))


def _of_object(instance: models.Model) -> Iterator[tuple[str, Place]]:
    for field in instance._meta.get_fields():
        name = field.name
        if isinstance(field, StreamField):
            for path, place in _of_value(field.stream_block, field.value_from_object(instance)):
                yield f"{name}.{path}", _inside(name, place)
        elif isinstance(field, models.CharField | models.TextField):
            is_rich = isinstance(field, RichTextField)
            yield name, Place(name, None if is_rich else getattr(field, "max_length", None), is_rich)
    for relation in get_all_child_relations(instance) if isinstance(instance, ClusterableModel) else ():
        if issubclass(relation.related_model, TranslatableMixin):
            name = relation.get_accessor_name()
            for child in getattr(instance, name).all():
                for path, place in _of_object(child):
                    yield f"{name}.{child.translation_key}.{path}", _inside(name, place)


def _of_value(block: blocks.Block, value: Any) -> Iterator[tuple[str, Place]]:
    """Yield the places inside a block's value by their paths there; the path of a single value is empty."""
    if isinstance(block, blocks.StreamBlock):
        for child in value or ():
            yield from _wrapped(child.id, child.block_type, child.block, child.value)
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from _wrapped(name, name, child_block, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for child in value.bound_blocks if isinstance(value, ListValue) else ():
            yield from _wrapped(child.id, "item", child.block, child.value)
    else:
        yield "", _place_of_leaf(block)


def _wrapped(step: str, name: str, block: blocks.Block, value: Any) -> Iterator[tuple[str, Place]]:
    for path, place in _of_value(block, value):
        yield f"{step}.{path}" if path else step, _inside(name, place)


def _place_of_leaf(block: blocks.Block) -> Place:
    is_rich = isinstance(block, blocks.RichTextBlock)
    return Place("", None if is_rich else getattr(getattr(block, "field", None), "max_length", None), is_rich)


def _inside(name: str, place: Place) -> Place:
    path = f"{name}.{place.field_path}" if place.field_path else name
    return Place(path, place.max_length, place.is_rich)
