"""The rules that keep streams translatable: every stream of every model is walked, and each rule is seen to bite."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock as WagtailImageBlock

# Names of parts that hold codes: what is not for translators must not be a text block.
CODES = {
    "code", "colour", "country", "diagram", "facet", "form", "icon", "id", "key", "kind", "language", "level", "lines",
    "minutes", "points", "right", "seconds", "slot", "slug", "size", "topic", "type", "value", "width", "year",
}  # fmt: skip
UNTRANSLATABLE = (TableBlock, TypedTableBlock, blocks.RawHTMLBlock, WagtailImageBlock)
TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.URLBlock, blocks.EmailBlock)


def faults(block: blocks.Block, path: str = "") -> Iterator[str]:
    """Yield each rule that a block, or a block in it, breaks, as “rule: path”."""
    if isinstance(block, UNTRANSLATABLE):
        yield f"4 extracts nothing: {path}"
    if isinstance(block, EmbedBlock) and not block.required:
        yield f"2 optional embed: {path}"
    if isinstance(block, blocks.ListBlock):
        yield from faults(block.child_block, f"{path}[]")
    for name, child in getattr(block, "child_blocks", {}).items():
        if isinstance(block, blocks.StructBlock):
            yield from faults_of_part(name, child, f"{path}.{name}")
        yield from faults(child, f"{path}.{name}")


def faults_of_part(name: str, part: blocks.Block, path: str) -> Iterator[str]:
    """Yield each rule that a part of a struct block breaks by standing there."""
    if isinstance(part, blocks.StructBlock):
        yield f"1 struct in struct: {path}"
    if isinstance(part, TEXTS) and not part.required and part.meta.default is None:
        yield f"2 no default: {path}"
    if isinstance(part, TEXTS) and name in CODES and not isinstance(part, blocks.URLBlock):
        yield f"6 code as text: {path}"


def all_streams() -> list[tuple[str, blocks.StreamBlock]]:
    return [
        (f"{model._meta.label}.{field.name}", field.stream_block)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, StreamField)
    ]


def in_stream(**children: blocks.Block) -> blocks.StreamBlock:
    return blocks.StreamBlock([("part", blocks.StructBlock(list(children.items())))])


def test_walker_finds_the_streams_of_the_project():
    assert sorted(name for name, _ in all_streams()) == [
        "home.StandingPage.body",
        "lessons.CasePage.body",
        "lessons.CasePage.sources",
        "lessons.FacilitatorNotesPage.plan",
        "lessons.GlossaryPage.terms",
        "lessons.LessonPage.final_task",
        "lessons.UnitPage.body",
        "quizzes.BankPage.questions",
        "quizzes.QuizPage.questions",
        "translation.PartnerPage.helpers",
    ]


def test_no_stream_breaks_a_rule():
    assert [fault for name, stream in all_streams() for fault in faults(stream, name)] == []


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (in_stream(inner=blocks.StructBlock([])), "1 struct in struct: .part.inner"),
        (in_stream(text=blocks.RichTextBlock(required=False, default=None)), "2 no default: .part.text"),
        (in_stream(video=EmbedBlock(required=False)), "2 optional embed: .part.video"),
        (in_stream(table=TableBlock()), "4 extracts nothing: .part.table"),
        (in_stream(table=TypedTableBlock([("text", blocks.CharBlock())])), "4 extracts nothing: .part.table"),
        (in_stream(html=blocks.RawHTMLBlock()), "4 extracts nothing: .part.html"),
        (in_stream(picture=WagtailImageBlock()), "4 extracts nothing: .part.picture"),
        (in_stream(level=blocks.CharBlock()), "6 code as text: .part.level"),
    ],
)
def test_walker_catches_a_block_that_breaks_a_rule(bad, fault):
    assert fault in list(faults(bad))


def test_walker_looks_into_lists_and_nested_streams():
    deep = blocks.ListBlock(blocks.StructBlock([("rows", blocks.StreamBlock([("html", blocks.RawHTMLBlock())]))]))
    assert list(faults(in_stream(items=deep))) == ["4 extracts nothing: .part.items[].rows.html"]
