"""The blocks of standing pages: words, tables, and lists that the page makes of what the site knows."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.figures import ComparisonTableBlock
from lessons.blocks.teaching import without_topics
from lessons.blocks.text import HeadingBlock, RichTextBlock
from openmuseums.editorial.blocks import CleanRichTextBlock


class StandingTextBlock(RichTextBlock):
    """Running text. It teaches nothing, so it has no topics."""

    topics = None  # type: ignore[assignment]
    known_on = None  # type: ignore[assignment]

    class Meta:
        preview_value = without_topics(RichTextBlock)


class StandingTableBlock(ComparisonTableBlock):
    """A table. It teaches nothing, so it has no topics."""

    topics = None  # type: ignore[assignment]
    known_on = None  # type: ignore[assignment]

    class Meta:
        preview_value = without_topics(ComparisonTableBlock)


class OperatorBlock(blocks.StructBlock):
    """Who runs the site, as the settings say it."""

    otherwise = CleanRichTextBlock(
        label=_("While nothing is known"), help_text=_("Shown as long as the settings do not say who runs the site.")
    )

    class Meta:
        icon = "site"
        label = _("Who runs the site")
        group = _("Facts")
        description = _("Name and addresses of the organisation that runs the site, from the settings.")
        template = "home/blocks/operator.html"
        preview_value = {"otherwise": "<p>Ask the museum that told you about the course.</p>"}


class CreditsBlock(blocks.StructBlock):
    """The pictures and documents on live pages, with their makers and licences."""

    otherwise = CleanRichTextBlock(
        label=_("While there are none"), help_text=_("Shown as long as no page shows a picture or offers a document.")
    )

    class Meta:
        icon = "image"
        label = _("Credits of pictures and documents")
        group = _("Facts")
        description = _("A list of all pictures and documents on published pages, made from their own data.")
        template = "home/blocks/credits.html"
        preview_value = {"otherwise": "<p>No page shows a picture yet.</p>"}


class PersonalDataBlock(blocks.StructBlock):
    """What the site keeps of people: made of what each part of the software declares."""

    caption = blocks.CharBlock(label=_("caption"), help_text=_("What the table shows."))

    class Meta:
        icon = "user"
        label = _("What is kept of people")
        group = _("Facts")
        description = _("A table of all that the software keeps of people: what for, on what ground, how long.")
        template = "home/blocks/personal_data.html"
        preview_value = {"caption": "What the site keeps of you"}


class CookiesBlock(blocks.StructBlock):
    """The cookies that the site sets."""

    caption = blocks.CharBlock(label=_("caption"), help_text=_("What the table shows."))

    class Meta:
        icon = "list-ul"
        label = _("Cookies")
        group = _("Facts")
        description = _("A table of the cookies that the software sets: when, what for, how long.")
        template = "home/blocks/cookies.html"
        preview_value = {"caption": "Cookies of this site"}


def standing_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of a standing page's body."""
    return [
        ("heading", HeadingBlock()),
        ("rich_text", StandingTextBlock()),
        ("comparison_table", StandingTableBlock()),
        ("operator", OperatorBlock()),
        ("credits", CreditsBlock()),
        ("personal_data", PersonalDataBlock()),
        ("cookies", CookiesBlock()),
    ]
