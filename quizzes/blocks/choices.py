"""What questions with choices share as editors write them, whether one or several choices are right."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.blocks.carrying import in_one_line, value_of
from quizzes.blocks.question import Fault, GradedQuestionBlock, Level
from quizzes.formats.items import Answer, Item
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.running.arranging import AS_WRITTEN, KEEP_LAST, Arranger
from quizzes.scoring import Given, Question
from quizzes.words import ShownWords, Word


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


class ChoiceQuestionBlock(GradedQuestionBlock):
    """A question with choices. Kinds derive from it: they say how many choices are right and how the block previews."""

    takes_many = False
    fault_messages = {
        FOREIGN: _("One of the choices does not belong to this question. Choose again."),
        TOO_MANY: _("Choose one answer only."),
    }

    choices = blocks.ListBlock(ChoiceOptionBlock(), label=_("Choices"), min_num=2, max_num=8)
    arrangement = blocks.ChoiceBlock(
        label=_("Order of the choices"),
        required=False,
        default="",
        choices=[
            ("", _("Shuffled, where the quiz shuffles choices")),
            (KEEP_LAST, _("Shuffled, but the last one stays last (“none of these”)")),
            (AS_WRITTEN, _("Always as written (years, amounts)")),
        ],
    )

    class Meta:
        template = "quizzes/kinds/choices.html"

    def faults_in(self, value: Any) -> Iterator[Fault]:
        """Yield a wrong number of right choices, choices that say the same, and those that explain nothing."""
        choices = list(value["choices"])
        fault = self.fault_of_right_choices(sum(1 for choice in choices if choice["right"]))
        if fault:
            yield Fault(Level.UNUSABLE, "wrong-number-of-right-choices", "choices", fault)
        texts = [plain(choice["text"]) for choice in choices]
        if len(set(texts)) < len(texts):
            yield Fault(
                Level.UNPUBLISHABLE,
                "doubled-choice",
                "choices",
                _("Two choices of a question say the same. Change or remove one."),
            )
        if plain(value["prompt"]) in texts:
            yield Fault(
                Level.UNPUBLISHABLE,
                "choice-repeats-question",
                "choices",
                _("A choice repeats the question word for word. Write an answer."),
            )
        if not all(choice["feedback"].strip() for choice in choices):
            yield Fault(
                Level.REMARK,
                "choice-without-feedback",
                "choices",
                _("A choice has no feedback. Say why it is right, or what is mistaken about it."),
            )

    @classmethod
    def fault_of_right_choices(cls, right: int) -> Any:
        """Return what is wrong with so many right choices, or an empty string."""
        return "" if right else _("Mark at least one choice as right.")

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return the ids of the choices and whether each is right."""
        choices = [{"id": bound.id, "right": bool(bound.value["right"])} for bound in value["choices"].bound_blocks]
        arrangement = value["arrangement"]
        return {"choices": choices, **({"arrangement": arrangement} if arrangement else {})}

    def texts_of(self, value: Any) -> dict[str, Any]:
        """Return prompt, feedback and hint, and each choice's text and feedback by its id."""
        return {
            **super().texts_of(value),
            "choices": {
                bound.id: {"text": str(bound.value["text"]), "feedback": str(bound.value["feedback"])}
                for bound in value["choices"].bound_blocks
            },
        }

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return the choices in the order in which they are shown."""
        ids = arranger.choices([choice.id for choice in question.choices], question.key.get("arrangement", ""))
        return {
            "takes_many": self.takes_many,
            "choices": [
                {
                    "id": choice_id,
                    "text": words.under("choices", choice_id)["text"],
                    "feedback": words.under("choices", choice_id)["feedback"],
                    "is_chosen": choice_id in given.chosen,
                    "is_right": choice_id in question.right_ids,
                }
                for choice_id in ids
            ],
        }

    def shuffle_of(self, value: Any) -> bool:
        """Return whether files of other programs are told that the choices may be shuffled."""
        return bool(value["arrangement"] != AS_WRITTEN)

    def choices_from(self, item: Item, **own: Any) -> dict[str, Any]:
        """Return what a file says of a question with choices. own: what the kind adds."""
        if item.shuffle is not None:
            own["arrangement"] = "" if item.shuffle else AS_WRITTEN
        choices = [
            {"text": in_one_line(answer.text), "right": self.counts(answer), "feedback": answer.feedback}
            for answer in item.answers
        ]
        return value_of(self, item, choices=choices, **own)

    @staticmethod
    def counts(answer: Answer) -> bool:
        """Return whether an answer in a file is right."""
        return answer.share > 0

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return the texts of what was chosen, in the order in which it was written."""
        return [words.under("choices", choice.id)["text"] for choice in question.choices if choice.id in given.chosen]


def plain(text: str) -> str:
    """Return a text without what makes no difference to a reader: case, spaces, the stop at the end."""
    return " ".join(text.casefold().split()).rstrip(".?! ")
