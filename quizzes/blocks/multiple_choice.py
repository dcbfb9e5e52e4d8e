"""A question with one or more right choices, as editors write it."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.competences.facets import Facet
from quizzes.blocks.carrying import item_of
from quizzes.blocks.choices import ChoiceQuestionBlock
from quizzes.formats.items import Answer, Item, ItemKind, tidy
from quizzes.questions.multiple_choice import PARTIAL, PENALTY


class MultipleChoiceBlock(ChoiceQuestionBlock):
    """A question with one or more right choices."""

    position = 2
    takes_many = True

    scoring = blocks.ChoiceBlock(
        label=_("Points for a part of it"),
        required=False,
        default="",
        choices=[
            ("", _("None: all right choices and no other")),
            (PARTIAL, _("A share for each right choice")),
            (PENALTY, _("A share for each right choice, less a share for each wrong one")),
        ],
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Multiple choice")
        description = _("A question with several right answers.")
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

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return the choices, and how part of them being right is counted."""
        scoring = value["scoring"]
        return {**super().structure_of(value), **({"scoring": scoring} if scoring else {})}

    def to_item(self, value: Any) -> Item:
        """Return it with a share of the points for each choice; files know nothing of all or nothing."""
        choices = list(value["choices"])
        right = sum(1 for choice in choices if choice["right"])
        worth = Fraction(1, max(1, right))
        cost = Fraction(0) if value["scoring"] == PARTIAL else Fraction(-1, max(1, len(choices) - right))
        answers = tuple(
            Answer(tidy(choice["text"]), worth if choice["right"] else cost, tidy(choice["feedback"]))
            for choice in choices
        )
        return item_of(self, value, ItemKind.MULTIPLE_CHOICE, answers=answers, shuffle=self.shuffle_of(value))

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return it; whether wrong choices cost something is seen from the first that does."""
        if item.kind is not ItemKind.MULTIPLE_CHOICE:
            return None
        costs = any(answer.share < 0 for answer in item.answers)
        return self.choices_from(item, scoring=PENALTY if costs else PARTIAL)


BLOCK = MultipleChoiceBlock
