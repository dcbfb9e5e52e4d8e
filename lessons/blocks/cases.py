"""Local cases: the place in a unit that a country fills with a case of its own, and what such a case is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.figures import ComparisonTableBlock
from lessons.blocks.pictures import ImageBlock
from lessons.blocks.teaching import without_topics
from lessons.blocks.text import CalloutBlock, HeadingBlock, QuotationBlock, RichTextBlock, StepsBlock

LOCAL_CASE = "local_case"
SLOT = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


class LocalCaseBlock(blocks.StructBlock):
    """A place for a case from the reader's country. It holds a key alone: the case itself is a page of its own."""

    slot = blocks.RegexBlock(
        regex=SLOT,
        label=_("Key of the place"),
        max_length=64,
        help_text=_("Small letters, digits and hyphens, such as “first-website”. Never change it: cases hang on it."),
        error_messages={"invalid": _("Write small letters, digits and hyphens, such as “first-website”.")},
    )
    heading = blocks.CharBlock(
        label=_("Heading"),
        max_length=120,
        required=False,
        default="",
        help_text=_("What the case is about in every country. It may be left out."),
    )

    class Meta:
        icon = "globe"
        label = _("Case from the reader’s country")
        group = _("Practice")
        description = _("Each country can tell a case of its own here. Where it has none, the source’s is shown.")
        template = "lessons/blocks/local_case.html"
        preview_value = {"slot": "first-website", "heading": _("A museum that began with little")}


class CaseTextBlock(RichTextBlock):
    """Running text of a case."""

    topics = None  # type: ignore[assignment]
    known_on = None  # type: ignore[assignment]

    class Meta:
        preview_value = without_topics(RichTextBlock)


class CaseImageBlock(ImageBlock):
    """A picture of a case."""

    topics = None  # type: ignore[assignment]

    class Meta:
        preview_value = without_topics(ImageBlock)


class CaseQuotationBlock(QuotationBlock):
    """Somebody's own words about a case."""

    topics = None  # type: ignore[assignment]

    class Meta:
        preview_value = without_topics(QuotationBlock)


class CaseCalloutBlock(CalloutBlock):
    """What stands out in a case."""

    topics = None  # type: ignore[assignment]
    known_on = None  # type: ignore[assignment]

    class Meta:
        preview_value = without_topics(CalloutBlock)


class CaseStepsBlock(StepsBlock):
    """How it was done, step by step."""

    topics = None  # type: ignore[assignment]
    known_on = None  # type: ignore[assignment]

    class Meta:
        preview_value = without_topics(StepsBlock)


class CaseTableBlock(ComparisonTableBlock):
    """A table of a case."""

    topics = None  # type: ignore[assignment]
    known_on = None  # type: ignore[assignment]

    class Meta:
        preview_value = without_topics(ComparisonTableBlock)


class SourceBlock(blocks.StructBlock):
    """Where a case is told."""

    title = blocks.CharBlock(label=_("Source"), max_length=255)
    address = blocks.URLBlock(label=_("Address of the source"), required=False, default="")

    class Meta:
        icon = "link-external"
        label = _("Source")
        description = _("Where the case is told, so that it can be read up.")
        template = "lessons/blocks/source.html"
        preview_value = {"title": "ICOM", "address": "https://icom.museum/"}


def case_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of a case's body. A case is read and not answered, so there is no question among them."""
    return [
        ("heading", HeadingBlock()),
        ("rich_text", CaseTextBlock()),
        ("image", CaseImageBlock()),
        ("quotation", CaseQuotationBlock()),
        ("callout", CaseCalloutBlock()),
        ("steps", CaseStepsBlock()),
        ("comparison_table", CaseTableBlock()),
    ]
