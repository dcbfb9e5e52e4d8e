"""The kinds of question there are, found by the modules that stand beside this one and have an `IS_GRADED`."""

import pkgutil
from collections.abc import Mapping
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, cast

from quizzes.scoring import WHOLE, Given, Grader, Parts, Question, Words


class Kind(Protocol):
    """What the module of a kind offers. Texts are those of the question, in the language of the answer."""

    IS_GRADED: bool
    TAKES_ANSWER: bool

    def read(self, question: Question, parts: Parts) -> Parts:
        """Return what was sent, tidied: the answer as it is kept. Values nobody gave are left out."""
        ...

    def fault_of(self, question: Question, given: Given) -> str:
        """Return the code of what cannot be kept as an answer to the question, or an empty string."""
        ...

    def is_complete(self, question: Question, given: Given) -> bool:
        """Return whether nothing is left open in an answer that is not empty."""
        ...

    def grade(self, question: Question, given: Given, words: Words) -> Fraction:
        """Return the share of the points, from 0 to 1."""
        ...

    def model_answer(self, question: Question, words: Words) -> Parts:
        """Return an answer that is worth all points; an empty one where a kind is not graded."""
        ...

    def key_of(self, question: Question) -> Any:
        """Return what decides about points, as plain values that can be compared between two versions."""
        ...


def _find() -> dict[str, Kind]:
    here = Path(__file__)
    names = sorted(found.name for found in pkgutil.iter_modules([str(here.parent)]) if found.name != here.stem)
    modules = {name: import_module(f"quizzes.questions.{name}") for name in names}
    return {name: cast("Kind", module) for name, module in modules.items() if hasattr(module, "IS_GRADED")}


KINDS: Mapping[str, Kind] = MappingProxyType(_find())
GRADERS: Mapping[str, Grader | None] = MappingProxyType(
    {name: kind.grade if kind.IS_GRADED else None for name, kind in KINDS.items()}
)


def takes_answer(question: Question) -> bool:
    """Return whether the question can be answered; a scenario is only read."""
    return KINDS[question.kind].TAKES_ANSWER


def is_graded(question: Question) -> bool:
    """Return whether answers to the question are worth points."""
    return KINDS[question.kind].IS_GRADED


def offered(question: Question) -> Mapping[str, Mapping[str, bool]]:
    """Return what each part of a question offers to choose from, and whether it is right; nothing where one types.

    A question with choices offers these; the module of another kind says so by a function `offers`.
    """
    offers = getattr(KINDS[question.kind], "offers", None)
    if offers is not None:
        return cast("Mapping[str, Mapping[str, bool]]", offers(question))
    return {WHOLE: {choice.id: choice.right for choice in question.choices}} if question.choices else {}


def is_typed(question: Question) -> bool:
    """Return whether answers are typed, so that nothing is offered to choose from."""
    return not offered(question)


def read(question: Question, parts: Parts) -> Parts:
    """Return what was sent, tidied: the answer as it is kept."""
    return {part: values for part, values in KINDS[question.kind].read(question, parts).items() if values}


def fault_of(question: Question, given: Given) -> str:
    """Return the code of what cannot be kept as an answer to the question, or an empty string."""
    return "" if given.is_empty else KINDS[question.kind].fault_of(question, given)


def is_complete(question: Question, given: Given) -> bool:
    """Return whether nothing is left open in the answer to the question."""
    return not given.is_empty and KINDS[question.kind].is_complete(question, given)


def share_of(question: Question, given: Given, words: Words) -> Fraction:
    """Return the share of the points that an answer is worth, from 0 to 1; 0 where the kind is not graded."""
    grade = GRADERS[question.kind]
    return Fraction(0) if grade is None or given.is_empty else grade(question, given, words)


def key_of(question: Question) -> Any:
    """Return what decides about points, the points among it, as plain values to compare two versions by."""
    kind = KINDS[question.kind]
    return [question.kind, question.points, kind.key_of(question)] if kind.IS_GRADED else [question.kind]
