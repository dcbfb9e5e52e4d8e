"""Quizzes and banks as editors preview them: each question in each state, with answers that are made up.

Nothing is read of attempts and nothing is written: a preview shows what stands in the draft.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from openmuseums.uploads.renditions import pictures_to_show
from quizzes.authoring.sample_answers import right_answer, wrong_answer
from quizzes.blocks.registry import block_of
from quizzes.questions.registry import GRADERS, is_complete, is_graded
from quizzes.running.arranging import Arranger
from quizzes.running.drawing import grouped
from quizzes.scoring import NOTHING, Given, Question, Score, Words, score
from quizzes.shown import ShownQuestion
from quizzes.words import plain_words

BEGUN, ANSWERED, RIGHT, WRONG, PAPER = "begun", "answered", "right", "wrong", "paper"
MODES = [
    (BEGUN, _("As begun")),
    (ANSWERED, _("Answered")),
    (RIGHT, _("Result: all right")),
    (WRONG, _("Result: nothing right")),
    (PAPER, _("On paper")),
]
# How the template of a kind is told to show a question.
_SHOWN_AS = {BEGUN: "attempt", ANSWERED: "attempt", RIGHT: "result", WRONG: "result", PAPER: "read"}


@dataclass(frozen=True)
class PreviewedStep:
    """A question, or a scenario (`case`) with the questions under it.

    unfinished: the kind of one that cannot be shown, for it lacks something.
    """

    questions: tuple[ShownQuestion, ...] = ()
    case: ShownQuestion | None = None
    unfinished: str = ""


@dataclass(frozen=True)
class Preview:
    """What a preview shows. result: what the made-up answers are worth; None where a state shows no result."""

    steps: tuple[PreviewedStep, ...]
    shown_as: str
    result: Score | None


def preview_of(streams: Iterable[Any], *, mode: str, language: str, pass_mark: int) -> Preview:
    """Return the questions of streams in a state.

    mode: one of MODES. language: that of the page. pass_mark: per cent.
    """
    found: list[tuple[Question, Words] | str] = []
    for stream in streams:
        for child in _identified(stream):
            found += _asked(child) or [str(child.block.label)]
    asked = [pair for pair in found if not isinstance(pair, str)]
    texts = {question.id: words for question, words in asked}
    given = {question.id: Given(_answer(question, words, mode), language) for question, words in asked}
    questions = [question for question, _words in asked]
    result = None
    if mode in {RIGHT, WRONG}:
        result = score(
            questions, given, graders=GRADERS, pass_mark=pass_mark, words=lambda asked_id, _lang: texts[asked_id]
        )
    shown = _shown(questions, texts, given, result)
    steps = [
        PreviewedStep(tuple(shown[question.id] for question in group), shown[case.id] if case else None)
        for case, group in grouped(questions)
    ]
    unfinished = [PreviewedStep(unfinished=label) for label in found if isinstance(label, str)]
    return Preview((*steps, *unfinished), _SHOWN_AS[mode], result)


def _identified(stream: Any) -> Any:
    """Return a stream in which everything has an id: what has just been typed has none before it is saved."""
    return stream.stream_block.to_python(stream.get_prep_value())


def _asked(child: Any) -> list[tuple[Question, Words]]:
    """Return what a block asks, or nothing where it lacks what it takes to be asked: drafts may."""
    try:
        child.block.clean(child.value)
    except ValidationError:
        return []
    asked: list[tuple[Question, Words]] = child.block.questions_from(child.value, kind=child.block_type, id=child.id)
    return asked


def _answer(question: Question, words: Words, mode: str) -> Any:
    if mode in {ANSWERED, RIGHT}:
        return right_answer(question, words)
    return wrong_answer(question, words) if mode == WRONG else NOTHING.parts


def _shown(
    questions: list[Question], texts: Mapping[str, Words], given: Mapping[str, Given], result: Score | None
) -> dict[str, ShownQuestion]:
    pictures = pictures_to_show(question.key["image"] for question in questions if question.key.get("image"))
    cases = {question.scenario for question in questions}
    numbers = {
        question.id: number
        for number, question in enumerate((each for each in questions if each.id not in cases), start=1)
    }
    return {
        question.id: block_of(question.kind).shown(
            question,
            plain_words(texts[question.id]),
            given=given[question.id],
            arranger=Arranger(scope=question.id),
            number=numbers.get(question.id, 0),
            graded_by=texts[question.id],
            picture=pictures.get(question.key.get("image", 0)),
            is_complete=is_complete(question, given[question.id]),
            is_graded=is_graded(question),
            points=result.points_by_question.get(question.id, Fraction(0)) if result else Fraction(0),
            is_right=bool(result and result.right.get(question.id)),
        )
        for question in questions
    }
