"""The walk through a unit's body: what holds in every block, then what holds in blocks of its kind."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

import lessons.checks.blocks  # noqa: F401 - registers the checks of each kind of block
from lessons.blocks.ageing import KnownOnBlock
from lessons.blocks.practice import ResourcesBlock
from lessons.checks.registry import BLOCK_CHECKS
from lessons.models import GlossaryPage
from openmuseums.editorial.checks import Finding, Place
from openmuseums.editorial.fields import check_headings, check_rich_text, language_of
from openmuseums.editorial.texts import read_html, says_nothing
from quizzes.blocks.registry import CHECK_BLOCKS

# Required parts whose absence a check of the block's own says better.
SAID_BETTER = frozenset({("image", "image"), ("chart", "source_title")})


def check_body(page: Any) -> Iterator[Finding]:
    """Yield what is wrong with the blocks in the body of a unit, or of another page that has one, in their order."""
    language = language_of(page)
    outline: list[tuple[int, Place]] = []
    for child in page.body:
        place = Place("body", child.id or "")
        outline += [(level, place) for level in headings_of(child)]
        for check in BLOCK_CHECKS.get(child.block_type, ()):
            yield from check(child.value, place)
        if child.block_type not in CHECK_BLOCKS:
            yield from check_parts(child.block, child.value, place, language, child.block_type)
        if isinstance(child.block, ResourcesBlock):
            yield from check_resource_titles(child.value, place, language)
    yield from check_headings(outline)
    yield from check_resource_addresses(page)


def check_terms(page: GlossaryPage) -> Iterator[Finding]:
    """Yield what is missing in a glossary’s terms, and terms that stand in it twice."""
    seen: set[str] = set()
    for child in page.terms:
        place = Place("terms", child.id or "")
        yield from check_parts(child.block, child.value, place, language_of(page), child.block_type)
        term = child.value["term"].strip().casefold()
        if term and term in seen:
            yield place.error("doubled-term", _("“%(term)s” stands here twice.") % {"term": child.value["term"]})
        seen.add(term)


def headings_of(child: Any) -> list[int]:
    """Return the levels of the headings in a block; those that a template writes for a block's title do not count."""
    if child.block_type == "heading":
        return [int(child.value["level"].removeprefix("h") or 2)]
    if child.block_type == "rich_text":
        return read_html(child.value["text"].source).headings
    return []


def check_parts(block: blocks.Block, value: Any, place: Place, language: str, name: str) -> Iterator[Finding]:
    """Yield what is missing in a block, and what is wrong with rich text in it, however deep.

    A draft may be saved with gaps, and a draft can be published without its form having been looked at again.
    """
    if isinstance(block, blocks.StructBlock):
        for part_name, part in block.child_blocks.items():
            if (name, part_name) not in SAID_BETTER:
                yield from check_parts(part, value[part_name], place, language, name)
    elif isinstance(block, blocks.ListBlock):
        yield from _check_number(block, value, place)
        for part in value:
            yield from check_parts(block.child_block, part, place, language, name)
    elif isinstance(block, blocks.StreamBlock):
        yield from _check_number(block, value, place)
        for part in value:
            yield from check_parts(part.block, part.value, place, language, name)
    elif isinstance(value, RichText):
        yield from check_rich_text(value.source, place, language=language, required=block.required)
        yield from _check_features(block, value, place)
    else:
        yield from _check_leaf(block, value, place)


def _check_features(block: Any, value: RichText, place: Place) -> Iterator[Finding]:
    # A form without headings would drop them without a word.
    if "h3" not in block.features and read_html(value.source).headings:
        yield place.error("heading-out-of-place", _("A heading stands in a text that has none. Take it out."))


def _check_leaf(block: blocks.Block, value: Any, place: Place) -> Iterator[Finding]:
    if block.required and (value is None or (isinstance(value, str) and not value.strip())):
        yield place.error("required", _("“%(field)s” is empty.") % {"field": block.label})
    # It stops no publication, for it may be the clock that is wrong.
    if isinstance(block, KnownOnBlock) and value and value > timezone.localdate():
        yield place.remark("known-too-soon", _("A text says that it is known as of a day that is still to come."))


def _check_number(block: Any, value: Any, place: Place) -> Iterator[Finding]:
    if block.meta.min_num and len(value) < block.meta.min_num:
        yield place.error(
            "too-few",
            _("“%(field)s” needs %(count)s or more.") % {"field": block.label, "count": block.meta.min_num},
        )


def check_resource_titles(value: Any, place: Place, language: str) -> Iterator[Finding]:
    """The title of a resource is what one clicks."""
    for resource in value["items"]:
        title = resource["title"].strip()
        if title and says_nothing(title, language):
            yield place.error(
                "link-says-nothing",
                _("A link reads “%(text)s”. Link words that say where it leads.") % {"text": title},
            )


def check_resource_addresses(page: Any) -> Iterator[Finding]:
    """A unit names a resource once."""
    seen: set[str] = set()
    for child in page.body:
        if not isinstance(child.block, ResourcesBlock):
            continue
        for resource in child.value["items"]:
            address = resource["address"].rstrip("/")
            if address and address in seen:
                yield Place("body", child.id or "").remark(
                    "doubled-resource", _("“%(address)s” is listed twice in this unit.") % {"address": address}
                )
            seen.add(address)
