"""What each text of a page is called for people: the field or the block it stands in, and its place there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import AbstractImage
from wagtail.models import Page, TranslatableMixin

from lessons.models import GlossaryPage
from lessons.outline import block_anchor, check_anchor
from lessons.terms import entry_anchor
from quizzes.blocks.registry import CHECK_BLOCKS
from quizzes.models import QuestionsPage

PICTURE, DOCUMENT = "picture", "document"


@dataclass(frozen=True)
class Spot:
    """Where a text stands. group, heading: the fields or the block that it is shown with; label: its own name there.

    anchor: id of the element that shows it in the page's preview, or empty. chooses: `PICTURE` or `DOCUMENT` where no
    text but one of these stands there.
    """

    group: str
    heading: str
    label: str
    anchor: str = ""
    chooses: str = ""


class Spots:
    """The spots of one page by content path."""

    def __init__(self, found: Iterable[tuple[str, Spot]]) -> None:
        self._by_path = dict(found)

    def of(self, path: str) -> Spot:
        """Return the spot of a content path; an address inside a rich text stands where that does."""
        found = self._by_path.get(path)
        outer, quote, _address = path.partition(".'")
        if found is None and quote and outer in self._by_path:
            there = self._by_path[outer]
            return Spot(there.group, there.heading, _joined([there.label, _("address of a link")]), there.anchor)
        return found or Spot(path.partition(".")[0], _("Other texts"), "")


def spots_of(page: Page) -> Spots:
    """Return where the texts, pictures and documents of a page stand."""
    return Spots(_of_page(page))


def _of_page(page: Page) -> Iterator[tuple[str, Spot]]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for number, child in enumerate(field.value_from_object(page) or (), 1):
                heading = _("%(number)d. %(kind)s") % {"number": number, "kind": child.block.label}
                for path, labels, chooses in _inside(child.block, child.value):
                    spot = Spot(child.id, heading, _joined(labels), _anchor(page, child), chooses)
                    yield f"{field.name}.{child.id}" + (f".{path}" if path else ""), spot
        elif isinstance(field, models.Field):
            yield field.name, Spot("", _("The page itself"), _name(field), chooses=_chooses_by(field))
    for relation in get_all_child_relations(page):
        if issubclass(relation.related_model, TranslatableMixin):
            name = relation.get_accessor_name()
            heading = capfirst(str(relation.related_model._meta.verbose_name_plural))
            for number, child in enumerate(getattr(page, name).all(), 1):
                for field in child._meta.concrete_fields:
                    label = f"{_name(field)} {number}"
                    yield f"{name}.{child.translation_key}.{field.name}", Spot(name, heading, label)


def _inside(block: blocks.Block, value: Any) -> Iterator[tuple[str, list[str], str]]:
    """Yield the paths of what stands inside a block's value, with labels from the outside in, and what is chosen."""
    if isinstance(block, blocks.StreamBlock):
        for number, child in enumerate(value or (), 1):
            yield from _under(child.id, f"{child.block.label} {number}", child.block, child.value)
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            if isinstance(child_block, blocks.ListBlock):
                yield from _of_list(name, child_block, value.get(name))
            else:
                yield from _under(name, str(child_block.label), child_block, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        yield from _of_list("", block, value)
    else:
        yield "", [], _chooses(block)


def _of_list(name: str, block: blocks.ListBlock, value: Any) -> Iterator[tuple[str, list[str], str]]:
    for number, child in enumerate(value.bound_blocks if isinstance(value, ListValue) else (), 1):
        step = f"{name}.{child.id}" if name else child.id
        yield from _under(step, f"{block.label} {number}".strip(), child.block, child.value)


def _under(step: str, label: str, block: blocks.Block, value: Any) -> Iterator[tuple[str, list[str], str]]:
    for path, labels, chooses in _inside(block, value):
        yield (f"{step}.{path}" if path else step), [label, *labels], chooses


def _chooses(block: blocks.Block) -> str:
    if isinstance(block, ImageChooserBlock):
        return PICTURE
    return DOCUMENT if isinstance(block, DocumentChooserBlock) else ""


def _chooses_by(field: Any) -> str:
    if isinstance(field, models.ForeignKey):
        if issubclass(field.related_model, AbstractImage):
            return PICTURE
        if issubclass(field.related_model, AbstractDocument):
            return DOCUMENT
    return ""


def _anchor(page: Page, child: Any) -> str:
    if isinstance(page, GlossaryPage):
        return entry_anchor(child.id)
    if isinstance(page, QuestionsPage):
        return f"question-{child.id}"
    return check_anchor(child.id) if child.block_type in CHECK_BLOCKS else block_anchor(child.id)


def _name(field: Any) -> str:
    return str(capfirst(str(field.verbose_name)))


def _joined(labels: Sequence[str]) -> str:
    return " – ".join(label for label in labels if label)
