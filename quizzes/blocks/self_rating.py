"""A statement that learners judge themselves by, as editors write it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from openmuseums.competences.facets import Facet
from quizzes.blocks.question import QuestionBlock
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.questions.self_rating import STEPS
from quizzes.running.arranging import Arranger
from quizzes.scoring import Given, Question
from quizzes.words import ShownWords, Word

_STEPS = dict(
    zip(STEPS, (_("Not yet"), _("With help"), _("On my own"), _("Well enough to teach it to others")), strict=True)
)


class SelfRatingBlock(QuestionBlock):
    """A statement that learners judge themselves by. The steps are the site's own, the same everywhere."""

    position = 21
    in_units = False
    fault_messages = {FOREIGN: _("Choose one of the steps."), TOO_MANY: _("Choose one answer only.")}

    prompt = blocks.TextBlock(
        label=_("Statement"), rows=2, help_text=_("Something one can do, beginning with “I can”.")
    )
    difficulty = None
    hint = None
    feedback = None

    class Meta:
        icon = "user"
        label = _("Self-rating")
        description = _("A statement that learners judge themselves by, in four steps. It is not graded.")
        template = "quizzes/kinds/self_rating.html"
        preview_value = {
            "prompt": _("I can say in one sentence what our museum is for."),
            "facet": Facet.UNDERSTAND,
            "topic": "mission-vision-values",
        }

    def structure_of(self, value: Any) -> dict[str, Any]:
        """Return nothing: the steps are the same everywhere."""
        return {}

    def present(self, question: Question, words: ShownWords, given: Given, arranger: Arranger) -> dict[str, Any]:
        """Return the steps, from the first to the last."""
        return {
            "steps": [{"id": step, "text": text, "is_chosen": step in given.chosen} for step, text in _STEPS.items()]
        }

    def summary(self, question: Question, words: ShownWords, given: Given) -> list[Word]:
        """Return the step that was chosen."""
        return [Word(str(text)) for step, text in _STEPS.items() if step in given.chosen]


BLOCK = SelfRatingBlock
