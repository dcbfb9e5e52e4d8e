"""The blocks of the kinds of question, by the name of the kind.

A kind is a module that stands beside this one and has a `BLOCK`; the module's name is the kind's.
"""

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quizzes.blocks.question import QuestionBlock, unidentified
from quizzes.questions.registry import KINDS
from quizzes.scoring import Question, Words


def _find() -> dict[str, type[QuestionBlock]]:
    here = Path(__file__)
    modules = {
        found.name: import_module(f"quizzes.blocks.{found.name}")
        for found in pkgutil.iter_modules([str(here.parent)])
        if found.name != here.stem
    }
    blocks = {name: module.BLOCK for name, module in modules.items() if hasattr(module, "BLOCK")}
    return dict(sorted(blocks.items(), key=lambda named: named[1].position))


QUESTION_BLOCKS: Mapping[str, type[QuestionBlock]] = MappingProxyType(_find())
# The kinds that can stand in a unit as a self-check.
CHECK_BLOCKS: Mapping[str, type[QuestionBlock]] = MappingProxyType(
    {kind: block for kind, block in QUESTION_BLOCKS.items() if block.in_units}
)
_BLOCKS: dict[str, QuestionBlock] = {}


def question_blocks(*, below_scenario: bool = False) -> list[tuple[str, QuestionBlock]]:
    """Return fresh blocks of every kind, or of those under a scenario, ready for a stream's list of children."""
    return [(kind, block()) for kind, block in QUESTION_BLOCKS.items() if block.in_scenarios or not below_scenario]


def check_blocks() -> list[tuple[str, QuestionBlock]]:
    """Return fresh blocks of the kinds that can stand in a unit as a self-check."""
    return [(kind, block()) for kind, block in CHECK_BLOCKS.items()]


def block_of(kind: str) -> QuestionBlock:
    """Return the block of a kind, to show or describe a question by."""
    if kind not in _BLOCKS:
        _BLOCKS[kind] = QUESTION_BLOCKS[kind]()
        _BLOCKS[kind].set_name(kind)
    return _BLOCKS[kind]


def questions_in(stream: Any, *, page: str) -> Iterator[tuple[Question, Words]]:
    """Yield the questions of a stream in their order, each with its texts.

    stream: the `questions` of a quiz or bank, as read from the database. page: translation key of the page.
    Raises ValueError where a block, or something in a list of it, was stored without an id.
    """
    for child in stream:
        yield from questions_of(child, page=page)


def stored_questions(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield id and facet of each graded question in a stored block of a stream, itself or below it. Reads nothing else.

    raw: the block as it stands in the stream's raw data.
    """
    if raw["type"] not in QUESTION_BLOCKS:
        return
    if KINDS[raw["type"]].IS_GRADED:
        yield raw["id"], raw["value"].get("facet", "")
    for below in raw["value"].get("questions") or ():
        yield from stored_questions(below)


def questions_of(child: Any, *, page: str) -> list[tuple[Question, Words]]:
    """Return what one block of a stream asks: a question with its texts, or a scenario and those that stand under it.

    Raises ValueError where it, or something in a list of it, was stored without an id.
    """
    if not child.id or unidentified(child.value):
        raise ValueError("A question or one of its parts was stored without an id.")
    return child.block.questions_from(child.value, kind=child.block_type, id=child.id, page=page)
