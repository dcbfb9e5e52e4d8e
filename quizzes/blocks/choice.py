"""What every question with choices shares, whether one or several of them are right."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from openmuseums.competences.facets import Facet
from openmuseums.competences.guide import topic_choices
from openmuseums.editorial.blocks import CodeBlock


class ChoiceOptionBlock(blocks.StructBlock):
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


class ChoiceQuestionBlock(blocks.StructBlock):
    """A question with choices. Kinds derive from it: they say how many choices are right and how the block previews."""

    # Where the kind stands among the blocks that an editor chooses from.
    position = 0
    takes_many = False

    prompt = blocks.TextBlock(
        label=_("Question"), rows=2, help_text=_("A real situation works better than a definition.")
    )
    choices = blocks.ListBlock(ChoiceOptionBlock(), label=_("Choices"), min_num=2, max_num=8)
    facet = blocks.ChoiceBlock(
        label=_("Facet"), choices=Facet.choices, help_text=_("Which of the guide's four questions it tests.")
    )
    topic = CodeBlock(label=_("Topic"), choices=topic_choices, help_text=_("The topic to reread for who got it wrong."))
    points = blocks.IntegerBlock(label=_("Points"), min_value=1, max_value=10, default=1)
    feedback = blocks.TextBlock(
        label=_("General feedback"), required=False, default="", rows=2, help_text=_("Shown whatever was answered.")
    )

    class Meta:
        group = _("Questions")
        template = "quizzes/blocks/choice_question.html"

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

    def choices_of(self, value: Any) -> list[tuple[str, Any]]:
        """Return the choices with their ids, in order."""
        return [(bound.id, bound.value) for bound in value["choices"].bound_blocks]

    def structure_of(self, value: Any) -> list[tuple[str, bool]]:
        """Return the ids of the choices and whether each is right."""
        return [(choice_id, bool(choice["right"])) for choice_id, choice in self.choices_of(value)]

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return the words a learner reads: prompt, feedback, and each choice's text and feedback by its id."""
        return {
            "prompt": str(value["prompt"]),
            "feedback": str(value["feedback"]),
            "choices": {
                choice_id: {"text": str(choice["text"]), "feedback": str(choice["feedback"])}
                for choice_id, choice in self.choices_of(value)
            },
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the question as the template shows it; whoever includes the block passes its id as `block_id`."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["question"] = {
            "id": context.get("block_id") or "preview",
            "prompt": value["prompt"],
            "takes_many": self.takes_many,
            "choices": [{"id": choice_id, "text": choice["text"]} for choice_id, choice in self.choices_of(value)],
        }
        return context
