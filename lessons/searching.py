"""What of the course's pages readers find by words. Questions are left out: their choices would answer them."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.rich_text import RichText, get_text_for_indexing

from lessons.models import (
    CasePage,
    CasesPage,
    CoursePage,
    FacilitatorNotesPage,
    GlossaryPage,
    LessonPage,
    PartPage,
    UnitPage,
)
from lessons.outline import block_anchor
from lessons.terms import entry_anchor
from openmuseums.search.sources import HEADING, Passage, register_searchable
from quizzes.blocks.registry import CHECK_BLOCKS
from quizzes.models import QuizPage

# Where something of somebody else's is named, in whatever language.
_NAMES = frozenset({"source_title", "person", "role"})


def register_readers() -> None:
    """Have the pages of the course found."""
    register_searchable(CoursePage, lambda page: read_html(page.introduction))
    register_searchable(PartPage, lambda page: read_html(page.opening, weight=HEADING))
    register_searchable(LessonPage, _read_lesson)
    register_searchable(UnitPage, _read_unit)
    register_searchable(GlossaryPage, _read_glossary)
    register_searchable(CasesPage, lambda page: read_html(page.introduction))
    register_searchable(CasePage, _read_case)
    register_searchable(FacilitatorNotesPage, _read_notes)
    register_searchable(QuizPage, lambda page: read_html(page.introduction))


def _read_lesson(page: LessonPage) -> Iterator[Passage]:
    yield Passage(page.message, weight=HEADING)
    yield from read_html(page.opening, weight=HEADING)
    for _facet, statement in page.statements:
        yield Passage(statement)
    for child in page.final_task:
        anchor = block_anchor(child.id or "")
        title, *texts = texts_of(child.block, child.value)
        yield Passage(title, anchor, HEADING)
        for text in texts:
            yield Passage(text, anchor)


def _read_unit(page: UnitPage) -> Iterator[Passage]:
    yield Passage(page.lead, weight=HEADING)
    for outcome in page.outcomes.all():
        yield Passage(outcome.text)
    yield from read_stream(page.body, is_anchored=True)


def _read_case(page: CasePage) -> Iterator[Passage]:
    yield Passage(page.summary, weight=HEADING)
    if page.place:
        yield Passage(page.place)
    yield from read_stream(page.body, is_anchored=True)


def _read_notes(page: FacilitatorNotesPage) -> Iterator[Passage]:
    yield from read_html(page.introduction, weight=HEADING)
    for html in (page.aims, page.materials):
        yield from read_html(html)
    for child in page.plan:
        anchor = block_anchor(child.id or "")
        title, *texts = texts_of(child.block, child.value)
        yield Passage(title, anchor, HEADING)
        for text in texts:
            yield Passage(text, anchor)
    for html in (page.discussion, page.signs):
        yield from read_html(html)


def read_stream(stream: Any, *, is_anchored: bool) -> Iterator[Passage]:
    """Yield the passages of a stream of blocks, at their blocks where those have anchors; questions are left out."""
    for child in stream:
        if child.block_type in CHECK_BLOCKS:
            continue
        anchor = block_anchor(child.id) if child.id and is_anchored else ""
        if child.block_type == "heading":
            yield Passage(child.value["text"], anchor, HEADING)
        else:
            for text in texts_of(child.block, child.value):
                yield Passage(text, anchor)


def _read_glossary(page: GlossaryPage) -> Iterator[Passage]:
    # The forms that the course does not use are left out: they lead to the term by no sentence that is worth reading.
    for entry in page.terms:
        anchor = entry_anchor(entry.id or "")
        yield Passage(entry.value["term"], anchor, HEADING)
        yield Passage(entry.value["definition"], anchor)


def texts_of(block: blocks.Block, value: Any) -> Iterator[str]:
    """Yield the texts in a block's value, however deep, without markup."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if name not in _NAMES:
                yield from texts_of(child, value[name])
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from texts_of(block.child_block, item)
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from texts_of(child.block, child.value)
    elif isinstance(value, RichText):
        yield from _paragraphs(value.source)
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)) and value:
        yield value


def read_html(source: str, *, weight: int = 1) -> Iterator[Passage]:
    """Yield the paragraphs of a rich text."""
    for paragraph in _paragraphs(source):
        yield Passage(paragraph, weight=weight)


def _paragraphs(source: str) -> Iterator[str]:
    # Wagtail puts a blank where a paragraph ends; a line is kept so that no sentence runs over two paragraphs.
    for piece in source.replace("</p>", "</p>\n").replace("</li>", "</li>\n").split("\n"):
        text = " ".join(get_text_for_indexing(piece).split())
        if text:
            yield text
