"""Content checks of quizzes, and of the questions that stand in units as self-checks."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from openmuseums.competences.facets import Facet
from openmuseums.editorial.checks import Finding, Place
from openmuseums.formats.lists import in_words
from quizzes.blocks.question import Level
from quizzes.blocks.registry import block_of
from quizzes.models import QuizPage


def check_quiz(page: QuizPage) -> Iterator[Finding]:
    """Yield what is wrong with a quiz, and with each of its questions."""
    place = Place("questions")
    if not len(page.questions):
        yield place.error("quiz-without-question", _("This quiz asks nothing. Add a question."))
        return
    for child in page.questions:
        yield from check_question(child.block_type, child.value, "questions", child.id or "")
    tested = {child.value["facet"] for child in page.questions}
    missing = [str(facet.label) for facet in Facet if facet not in tested]
    if missing:
        yield place.remark(
            "facets-missing",
            _("No question tests: %(facets)s. A learner’s result cannot say anything about that.")
            % {"facets": in_words(missing)},
        )


def check_question(kind: str, value: Any, field: str, block_id: str) -> Iterator[Finding]:
    """Yield what is wrong with a question, wherever it stands.

    kind: the name of its block. value: the block's value. field and block_id: where the finding points to.
    """
    place = Place(field, block_id)
    for fault in block_of(kind).faults_in(value):
        find = place.remark if fault.level is Level.REMARK else place.error
        yield find(fault.code, fault.message)
