"""A question that learners answer for themselves, as editors write it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.competences.facets import Facet
from quizzes.blocks.carrying import item_of, value_of
from quizzes.blocks.question import QuestionBlock
from quizzes.blocks.typed import typed_word
from quizzes.formats.items import Item, ItemKind
from quizzes.questions.typed import PAGE, TOO_LONG
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question
from quizzes.words import ShownWords, Word


class ReflectionBlock(QuestionBlock):
    """A question that learners answer for themselves. What they write is theirs: nobody else is ever shown it."""

    position = 22
    in_units = False
    fault_messages = {TOO_LONG: _("This is too long: 4000 characters are the most. Shorten it.")}

    difficulty = None

    class Meta:
        icon = "edit"
        label = _("Reflection")
        description = _("A question to think about in writing. It is not graded, and nobody else reads the answer.")
        template = "quizzes/kinds/reflection.html"
        preview_value = {
            "prompt": _("Which one thing will you change in your museum’s next newsletter, and why?"),
            "facet": Facet.MAKE,
            "topic": "owned-media",
        }

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return nothing: no answer is right."""
        return {}

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return what was written."""
        return {"typed": typed_word(given), "most": PAGE}

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return what was written."""
        return [] if given.is_empty else [typed_word(given)]

    def to_item(self, value: Any) -> Item:
        """Return it as an essay."""
        return item_of(self, value, ItemKind.ESSAY)

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return it."""
        return value_of(self, item) if item.kind is ItemKind.ESSAY else None


BLOCK = ReflectionBlock
