"""The stream of a unit: every block that may stand in it."""

from wagtail import blocks

from lessons.blocks.cases import LOCAL_CASE, LocalCaseBlock
from lessons.blocks.figures import ChartBlock, ComparisonTableBlock
from lessons.blocks.pictures import DiagramBlock, ExpertTalkBlock, ImageBlock, VideoBlock
from lessons.blocks.practice import ActivityBlock, CaseStudyBlock, ResourcesBlock
from lessons.blocks.text import CalloutBlock, HeadingBlock, QuotationBlock, RichTextBlock, StepsBlock, TermBlock
from quizzes.blocks import check_blocks


def unit_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of a unit's body. A question among them is a self-check, answered in place."""
    return [
        ("heading", HeadingBlock()),
        ("rich_text", RichTextBlock()),
        ("image", ImageBlock()),
        ("diagram", DiagramBlock()),
        ("video", VideoBlock()),
        ("quotation", QuotationBlock()),
        ("callout", CalloutBlock()),
        ("steps", StepsBlock()),
        ("term", TermBlock()),
        ("comparison_table", ComparisonTableBlock()),
        ("chart", ChartBlock()),
        ("case_study", CaseStudyBlock()),
        (LOCAL_CASE, LocalCaseBlock()),
        ("expert_talk", ExpertTalkBlock()),
        ("activity", ActivityBlock()),
        ("resources", ResourcesBlock()),
        *check_blocks(),
    ]
