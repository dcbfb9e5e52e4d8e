"""The final task of a lesson: something to make of all that was made in it, and a rubric to look at it by."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.practice import ROLES, SheetLineBlock
from openmuseums.editorial.blocks import CleanRichTextBlock

CRITERIA = 4
LEVELS = [("beginning", _("Beginning")), ("sound", _("Sound")), ("strong", _("Strong"))]


class CriterionBlock(blocks.StructBlock):
    """Something to look at in what was made, and in words how it looks at each of three levels."""

    criterion = blocks.CharBlock(label=_("What to look at"), max_length=160)
    beginning = blocks.TextBlock(label=_("Beginning"), rows=2, help_text=_("What one sees in a first attempt."))
    sound = blocks.TextBlock(label=_("Sound"), rows=2, help_text=_("What one sees where it does its work."))
    strong = blocks.TextBlock(label=_("Strong"), rows=2, help_text=_("What one sees where others could learn from it."))

    class Meta:
        icon = "list-ul"
        label = _("Criterion")
        label_format = "{criterion}"


class FinalTaskBlock(blocks.StructBlock):
    """A task at the end of a lesson that builds on its activities, with a rubric of four criteria."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    for_roles = blocks.ListBlock(blocks.ChoiceBlock(choices=ROLES, label=_("Role")), label=_("For whom"), default=[])
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=600)
    task = CleanRichTextBlock(label=_("What to do"))
    result = blocks.TextBlock(label=_("What you have at the end"), rows=2)
    rubric = blocks.ListBlock(
        CriterionBlock(),
        label=_("Rubric"),
        min_num=CRITERIA,
        max_num=CRITERIA,
        help_text=_("Four things to look at, each described in words at three levels."),
    )
    sheet = blocks.ListBlock(
        SheetLineBlock(),
        label=_("Sheet to print"),
        min_num=1,
        help_text=_("Prompts with ruled lines, printed on A4 with the rubric below them."),
    )

    class Meta:
        icon = "clipboard-list"
        label = _("Final task")
        label_format = "{title}"
        description = _(
            "What the reader makes at the end of the lesson, with a rubric and a sheet that works on paper."
        )
        template = "lessons/blocks/final_task.html"
        preview_value = {
            "title": _("A first look at your channels"),
            "for_roles": ["professional", "volunteer"],
            "minutes": 60,
            "task": "<p>List every place where your museum speaks to people.</p>",
            "result": _("A list of channels with somebody’s name beside each."),
            "rubric": [
                {
                    "criterion": _("Where do we speak to people?"),
                    "beginning": _("A list of channels."),
                    "sound": _("A list of channels with somebody’s name beside each."),
                    "strong": _("A list of channels with somebody’s name beside each, and a day to look at it again."),
                }
            ]
            * CRITERIA,
            "sheet": [{"prompt": _("Where do we speak to people?"), "lines": 4}],
        }
