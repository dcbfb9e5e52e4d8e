"""Questions with choices: one right answer, or several."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import topic_choices


class ChoiceOptionBlock(blocks.StructBlock):  # type: ignore[misc]
    """One choice with the reason why it is right or wrong."""

    text = blocks.CharBlock(label=_("Choice"), max_length=300)
    right = blocks.BooleanBlock(label=_("Right"), required=False, default=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        required=False,
        default="",
        rows=2,
        help_text=_("Why it is right, or what is mistaken about it. Shown after answering."),
    )

    class Meta:
        icon = "radio-full"
        label = _("Choice")


class ChoiceQuestionBlock(blocks.StructBlock):  # type: ignore[misc]
    """What both kinds share."""

    prompt = blocks.TextBlock(
        label=_("Question"), rows=2, help_text=_("A real situation works better than a definition.")
    )
    choices = blocks.ListBlock(ChoiceOptionBlock(), label=_("Choices"), min_num=2, max_num=8)
    facet = blocks.ChoiceBlock(
        label=_("Facet"), choices=Facet.choices, help_text=_("Which of the guide's four questions it tests.")
    )
    topic = blocks.ChoiceBlock(
        label=_("Topic"), choices=topic_choices, help_text=_("The topic to reread for who got it wrong.")
    )
    points = blocks.IntegerBlock(label=_("Points"), min_value=1, max_value=10, default=1)
    feedback = blocks.TextBlock(
        label=_("General feedback"), required=False, default="", rows=2, help_text=_("Shown whatever was answered.")
    )

    class Meta:
        group = _("Questions")

    def clean(self, value: Any) -> Any:
        """Refuse a wrong number of right choices."""
        cleaned = super().clean(value)
        message = self.fault_of_right_choices(sum(1 for choice in cleaned["choices"] if choice["right"]))
        if message:
            raise StructBlockValidationError(block_errors={"choices": ValidationError(message)})
        return cleaned

    @classmethod
    def fault_of_right_choices(cls, right: int) -> Any:
        """Return what is wrong with so many right choices, or an empty string."""
        return "" if right else _("Mark at least one choice as right.")


class SingleChoiceBlock(ChoiceQuestionBlock):
    """A question with exactly one right choice."""

    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        description = _("A question with one right answer.")
        template = "quizzes/blocks/choice_question.html"
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


class MultipleChoiceBlock(ChoiceQuestionBlock):
    """A question with one or more right choices; it counts when all of them and no other are chosen."""

    class Meta:
        icon = "tick-inverse"
        label = _("Multiple choice")
        description = _("A question with several right answers.")
        template = "quizzes/blocks/choice_question.html"
        preview_value = {
            "prompt": _("Which of these does the museum itself decide about?"),
            "choices": [
                {
                    "text": _("The text on its website"),
                    "right": True,
                    "feedback": _("Yes: the site is the museum’s own."),
                },
                {
                    "text": _("The order of posts in a network’s feed"),
                    "right": False,
                    "feedback": _("The network decides, and changes its mind."),
                },
                {
                    "text": _("The newsletter"),
                    "right": True,
                    "feedback": _("Yes: address list and text are the museum’s own."),
                },
            ],
            "facet": Facet.MANAGE,
            "topic": "owned-media",
            "points": 1,
        }
