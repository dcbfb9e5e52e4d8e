"""Blocks of words: headings, text, quotations, call-outs, steps, terms."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.ageing import AgeingBlock
from lessons.blocks.teaching import TeachingBlock
from openmuseums.editorial.blocks import FEATURES, CleanRichTextBlock


class HeadingBlock(blocks.StructBlock):
    """A heading in the unit's outline."""

    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("h2", _("Section")), ("h3", _("Sub-section"))], default="h2")

    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")
        description = _("Divides the unit into sections that its table of contents lists.")
        template = "lessons/blocks/heading.html"
        preview_value = {"text": _("Where to begin"), "level": "h2"}


class RichTextBlock(AgeingBlock):
    """Running text."""

    text = CleanRichTextBlock(features=FEATURES, label=_("Text"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "lessons/blocks/rich_text.html"
        preview_value = {
            "text": "<p>A museum that knows what it is for finds it easier to say what it has to say.</p>",
            "topics": [],
        }


class QuotationBlock(TeachingBlock):
    """Somebody's own words."""

    text = blocks.TextBlock(
        label=_("Quotation"), rows=3, help_text=_("Without quotation marks: the page sets those of its language.")
    )
    person = blocks.CharBlock(label=_("Who said it"), max_length=200)
    source_title = blocks.CharBlock(label=_("Source"), max_length=200, required=False, default="")
    source_address = blocks.URLBlock(label=_("Address of the source"), required=False, default="")

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Words of somebody else, with who said them and where.")
        template = "lessons/blocks/quotation.html"
        preview_value = {
            "text": _("A museum is a not-for-profit, permanent institution in the service of society."),
            "person": _("ICOM, museum definition of 2022"),
            "source_title": "ICOM",
            "source_address": "https://icom.museum/",
            "topics": [],
        }


class CalloutBlock(AgeingBlock):
    """A short text that stands out: a tip, a warning, something to remember."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("tip", _("Tip")), ("warning", _("Warning")), ("remember", _("Remember"))],
        default="tip",
    )
    text = CleanRichTextBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Call-out")
        description = _("A tip, a warning, or something to remember. Use few.")
        template = "lessons/blocks/callout.html"
        preview_value = {"kind": "tip", "text": "<p>Ask a visitor before you ask a report.</p>", "topics": []}


class StepBlock(blocks.StructBlock):
    """One step."""

    title = blocks.CharBlock(label=_("Step"), max_length=120)
    text = CleanRichTextBlock(label=_("What to do"), required=False, default="")

    class Meta:
        icon = "arrow-right"
        label = _("Step")


class StepsBlock(AgeingBlock):
    """A procedure, step by step."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    items = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("A procedure in numbered steps.")
        template = "lessons/blocks/steps.html"
        preview_value = {
            "title": _("Read your own website as a visitor"),
            "items": [
                {"title": _("Open it on a telephone"), "text": "<p>Most visitors do.</p>"},
                {"title": _("Find the opening hours"), "text": "<p>Count the taps.</p>"},
            ],
            "topics": [],
        }


class TermBlock(TeachingBlock):
    """A term of the field with its definition."""

    term = blocks.CharBlock(label=_("Term"), max_length=120)
    definition = blocks.TextBlock(label=_("Definition"), rows=2)

    class Meta:
        icon = "tag"
        label = _("Term")
        description = _("A term of the field, explained once, where it is first needed.")
        template = "lessons/blocks/term.html"
        preview_value = {
            "term": _("Owned media"),
            "definition": _("The channels that a museum decides about itself, such as its website and its newsletter."),
            "topics": [],
        }
