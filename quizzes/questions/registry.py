"""The kinds of question there are, found by the modules that stand beside this one."""

import pkgutil
from collections.abc import Collection, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from quizzes.scoring import Grader, Question


class Kind(Protocol):
    """What the module of a kind offers."""

    def accepts(self, question: Question, chosen: frozenset[str]) -> bool:
        """Return whether the ids can be an answer to the question."""
        ...

    def grade(self, question: Question, chosen: frozenset[str]) -> int:
        """Return the points, from 0 to the question's own."""
        ...


def _find() -> dict[str, Kind]:
    here = Path(__file__)
    names = [found.name for found in pkgutil.iter_modules([str(here.parent)]) if found.name != here.stem]
    return {name: cast("Kind", import_module(f"quizzes.questions.{name}")) for name in names}


KINDS: Mapping[str, Kind] = MappingProxyType(_find())
GRADERS: Mapping[str, Grader] = MappingProxyType({name: kind.grade for name, kind in KINDS.items()})


def accepts(question: Question, chosen: Collection[str]) -> bool:
    """Return whether the ids can be an answer to the question."""
    return KINDS[question.kind].accepts(question, frozenset(chosen))


def is_right(question: Question, chosen: Collection[str]) -> bool:
    """Return whether the ids answer the question in full."""
    return KINDS[question.kind].grade(question, frozenset(chosen)) == question.points
