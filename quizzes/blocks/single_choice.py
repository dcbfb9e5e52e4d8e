"""A question with exactly one right choice, as editors write it."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.competences.facets import Facet
from quizzes.blocks.carrying import item_of
from quizzes.blocks.choices import ChoiceQuestionBlock
from quizzes.formats.items import ONE, Answer, Item, ItemKind, tidy


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

    def to_item(self, value: Any) -> Item:
        """Return it with all points for the right choice."""
        answers = tuple(
            Answer(tidy(choice["text"]), Fraction(int(choice["right"])), tidy(choice["feedback"]))
            for choice in value["choices"]
        )
        return item_of(self, value, ItemKind.SINGLE_CHOICE, answers=answers, shuffle=self.shuffle_of(value))

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return it; a choice that is worth a part of the points is wrong here."""
        return self.choices_from(item) if item.kind is ItemKind.SINGLE_CHOICE else None

    @staticmethod
    def counts(answer: Answer) -> bool:
        """Return whether an answer in a file is worth all points."""
        return answer.share == ONE

    @classmethod
    def fault_of_right_choices(cls, right: int) -> Any:
        """Return what is wrong with so many right choices, or an empty string."""
        return "" if right == 1 else _("Mark exactly one choice as right.")


BLOCK = SingleChoiceBlock
