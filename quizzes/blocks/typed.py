"""What kinds of question share whose answers are typed."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.questions.typed import typed
from quizzes.scoring import Given
from quizzes.words import Word


def share_block(**options: Any) -> blocks.IntegerBlock:
    """Return a field for the share of the points that an answer is worth."""
    return blocks.IntegerBlock(
        label=_("Worth"), min_value=0, max_value=100, default=100, help_text=_("Per cent of the points."), **options
    )


def typed_word(given: Given) -> Word:
    """Return what was typed, marked with its language where it is not the reader's."""
    return Word(typed(given), given.language if given.language != (get_language() or "") else "")
