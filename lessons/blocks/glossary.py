"""The entries of the glossary."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.editorial.blocks import MarkBlock


class EntryBlock(blocks.StructBlock):
    """A term, what it means, and which forms of it the course uses and which it leaves alone."""

    term = blocks.CharBlock(
        label=_("Term"), max_length=120, help_text=_("In brackets: the sense that is meant, where there are several.")
    )
    definition = blocks.TextBlock(label=_("Definition"), rows=2, help_text=_("One or two plain sentences."))
    use = blocks.CharBlock(
        label=_("Forms to use"), max_length=300, help_text=_("With commas between them, the plural as well.")
    )
    avoid = blocks.CharBlock(
        label=_("Forms to avoid"),
        max_length=300,
        help_text=_("With commas between them. No text of the course may hold one of them."),
    )
    unlinked = MarkBlock(
        label=_("Not linked in texts"),
        help_text=_(
            "In units the first use of a term leads here. Tick this for everyday words, and for those that this site "
            "uses of itself."
        ),
    )

    class Meta:
        icon = "tag"
        label = _("Term")
        label_format = "{term}"
        template = "lessons/blocks/entry.html"
        description = _("A term with its definition, the forms to use and the forms to avoid.")
        preview_value = {
            "term": _("Owned media"),
            "definition": _("The channels that a museum decides about itself, such as its website and its newsletter."),
            "use": _("owned media"),
            "avoid": _("house media"),
        }
