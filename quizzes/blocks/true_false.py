"""A statement that is true or false, as editors write it."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.competences.facets import Facet
from quizzes.blocks.carrying import item_of, value_of
from quizzes.blocks.question import GradedQuestionBlock
from quizzes.formats.items import Answer, Item, ItemKind, tidy
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.questions.true_false import FALSE, TRUE
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question
from quizzes.words import ShownWords, Word

_ANSWERS = {TRUE: _("True"), FALSE: _("False")}


class TrueFalseBlock(GradedQuestionBlock):
    """A statement that is true or false."""

    position = 3
    fault_messages = {FOREIGN: _("Choose true or false."), TOO_MANY: _("Choose one answer only.")}

    answer = blocks.ChoiceBlock(label=_("The statement is"), choices=list(_ANSWERS.items()), default=TRUE)
    feedback_true = blocks.TextBlock(label=_("Feedback to who says “true”"), required=False, default="", rows=2)
    feedback_false = blocks.TextBlock(label=_("Feedback to who says “false”"), required=False, default="", rows=2)

    class Meta:
        icon = "circle-check"
        label = _("True or false")
        description = _("A statement to judge. Half of all guesses are right, so use it sparingly.")
        template = "quizzes/kinds/choices.html"
        preview_value = {
            "prompt": _("A museum may publish any photograph of an object that it owns."),
            "answer": FALSE,
            "feedback_true": _("Owning the object is not owning the rights in the photograph."),
            "feedback_false": _("Yes: whoever took the photograph may hold rights in it."),
            "facet": Facet.UNDERSTAND,
            "topic": "owned-media",
            "points": 1,
        }

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return whether it is true."""
        return {"answer": value["answer"]}

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return prompt, feedback and hint, and the feedback to each answer."""
        return {
            **super().texts_of(value),
            "choices": {answer: {"feedback": str(value[f"feedback_{answer}"])} for answer in _ANSWERS},
        }

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return both answers; their words are the site's own."""
        return {
            "takes_many": False,
            "choices": [
                {
                    "id": answer,
                    "text": Word(str(text)),
                    "feedback": words.under("choices", answer)["feedback"],
                    "is_chosen": answer in given.chosen,
                    "is_right": answer == question.key["answer"],
                }
                for answer, text in _ANSWERS.items()
            ],
        }

    def to_item(self, value: Any) -> Item:
        """Return it with both answers."""
        answers = tuple(
            Answer(answer, Fraction(int(answer == value["answer"])), tidy(value[f"feedback_{answer}"]))
            for answer in _ANSWERS
        )
        return item_of(self, value, ItemKind.TRUE_FALSE, answers=answers)

    def from_item(self, item: Item) -> dict[str, Any] | None:
        """Return it."""
        if item.kind is not ItemKind.TRUE_FALSE:
            return None
        true, false = item.answers
        return value_of(
            self,
            item,
            answer=TRUE if true.share > false.share else FALSE,
            feedback_true=true.feedback,
            feedback_false=false.feedback,
        )

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return what was chosen."""
        return [Word(str(text)) for answer, text in _ANSWERS.items() if answer in given.chosen]


BLOCK = TrueFalseBlock
