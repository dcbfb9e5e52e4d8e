"""Self-checks: questions in a unit that are answered in place and graded at once, on the source page."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lessons.models import UnitPage
from lessons.outline import current_map
from openmuseums.delivery.languages import source_language
from openmuseums.learners.models import Learner
from openmuseums.learners.projection import Record
from openmuseums.learners.recording import record_answers
from quizzes.blocks.registry import QUESTION_BLOCKS
from quizzes.questions.registry import accepts, is_right
from quizzes.scoring import Question
from quizzes.versions import question_of


class NoAnswerError(ValueError):
    """Raised where what was sent is no answer to the question: nothing chosen, or what the question does not offer."""


@dataclass(frozen=True)
class ChosenChoice:
    """A choice somebody made, in the reader's language, and what there is to say about it."""

    text: str
    feedback: str
    is_right: bool


@dataclass(frozen=True)
class CheckResult:
    """What became of somebody's last answer. `was_right` says that some answer was right, this or an earlier one."""

    is_right: bool
    was_right: bool
    chosen: tuple[ChosenChoice, ...]
    feedback: str


def find_question(*, page_key: UUID, block_id: str) -> Question | None:
    """Return a unit's question as its source page has it, or None where it has none."""
    return next((question for question in _source_questions(page_key) if question.id == block_id), None)


def answer_check(
    *, learner: Learner, page_key: UUID, question: Question, chosen: Collection[str], now: dt.datetime
) -> None:
    """Grade an answer and record it.

    Raises NoAnswerError where the question cannot be answered so.
    """
    if not accepts(question, chosen):
        raise NoAnswerError
    record_answers(
        learner=learner,
        page_key=page_key,
        answers={question.id: is_right(question, chosen)},
        chosen={question.id: set(chosen)},
        now=now,
    )


def results_of(*, page: UnitPage, page_key: UUID, record: Record) -> dict[str, CheckResult]:
    """Return the results of the questions of a unit that somebody answered, by block id, in the page's language."""
    answered = {item_id: answer for (key, item_id), answer in record.answers.items() if key == page_key}
    if not answered:
        return {}
    children = {child.id: child for child in _question_children(page.body)}
    is_source = page.content_language == source_language()
    questions = map(question_of, children.values()) if is_source else current_map().checks.get(page_key, ())
    results = {}
    for question in questions:
        answer = answered.get(question.id)
        # Choices that are gone since cannot be shown: then the question stands as if it were new.
        if answer and question.id in children and accepts(question, answer.chosen):
            texts = children[question.id].block.texts_of(children[question.id].value)
            results[question.id] = CheckResult(
                is_right=is_right(question, answer.chosen),
                was_right=answer.right,
                chosen=tuple(
                    ChosenChoice(**texts["choices"][choice.id], is_right=choice.right)
                    for choice in question.choices
                    if choice.id in answer.chosen and choice.id in texts["choices"]
                ),
                feedback=texts["feedback"],
            )
    return results


def _source_questions(page_key: UUID) -> list[Question]:
    sources = UnitPage.objects.filter(translation_key=page_key, locale__language_code=source_language())
    return [question_of(child) for body in sources.values_list("body", flat=True) for child in _question_children(body)]


def _question_children(body: Any) -> Iterator[Any]:
    # By place, for a stream that is iterated fetches what all its blocks refer to.
    return (body[place] for place, raw in enumerate(body.raw_data) if raw["type"] in QUESTION_BLOCKS)
