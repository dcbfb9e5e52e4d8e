"""The steps of a plan for a group: how long each takes, who works with whom, and who does what."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.competences.guide import unit_choices
from openmuseums.editorial.blocks import CleanRichTextBlock, CodeBlock

FORMS = [
    ("plenary", _("Everybody together")),
    ("small-groups", _("In small groups")),
    ("pairs", _("In pairs")),
    ("alone", _("Each alone")),
]


class PlanStepBlock(blocks.StructBlock):
    """A step of a plan: what the facilitator and the group do in some minutes, and how it is done in other settings."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    form = blocks.ChoiceBlock(label=_("Who works with whom"), choices=FORMS, default="plenary")
    unit = CodeBlock(
        choices=unit_choices, label=_("Unit it uses"), required=False, help_text=_("The plan links to the unit.")
    )
    facilitator = CleanRichTextBlock(label=_("What you do"))
    group = CleanRichTextBlock(label=_("What the group does"))
    small_group = blocks.TextBlock(label=_("With a small group"), rows=2, required=False, default="")
    large_group = blocks.TextBlock(label=_("With a large group"), rows=2, required=False, default="")
    online = blocks.TextBlock(label=_("Online"), rows=2, required=False, default="")

    class Meta:
        icon = "time"
        label = _("Step")
        label_format = "{title}"
        description = _("A step of the plan: its minutes, what you do and what the group does.")
        template = "lessons/blocks/plan_step.html"
        preview_value = {
            "title": _("What brings us here"),
            "minutes": 10,
            "form": "pairs",
            "unit": "audiences",
            "facilitator": "<p>Write the question where everybody can read it, and keep the time.</p>",
            "group": "<p>Two and two tell each other whom their museum reached last week.</p>",
            "small_group": _("Do it in one round instead."),
            "large_group": "",
            "online": _("Use rooms of two people."),
        }
