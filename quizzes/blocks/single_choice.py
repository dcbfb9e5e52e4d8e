"""A question with exactly one right choice, as editors write it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.competences.facets import Facet
from quizzes.blocks.choices import ChoiceQuestionBlock


class SingleChoiceBlock(ChoiceQuestionBlock):
    """A question with exactly one right choice."""

    position = 1

    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        description = _("A question with one right answer.")
        preview_value = {
            "prompt": _("A volunteer asks where to begin with digital marketing. What do you read first together?"),
            "choices": [
                {
                    "text": _("The museum’s mission"),
                    "right": True,
                    "feedback": _("Yes: every choice of channel follows from it."),
                },
                {
                    "text": _("The figures of the last post"),
                    "right": False,
                    "feedback": _("Figures say little before you know what they are for."),
                },
            ],
            "facet": Facet.UNDERSTAND,
            "topic": "mission-vision-values",
            "points": 1,
        }

    @classmethod
    def fault_of_right_choices(cls, right: int) -> Any:
        """Return what is wrong with so many right choices, or an empty string."""
        return "" if right == 1 else _("Mark exactly one choice as right.")


BLOCK = SingleChoiceBlock
