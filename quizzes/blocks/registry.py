"""The blocks of the kinds of question, by the name of the kind.

A kind is a module that stands beside this one and has a `BLOCK`; the module's name is the kind's.
"""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from quizzes.blocks.choice import ChoiceQuestionBlock


def _find() -> dict[str, type[ChoiceQuestionBlock]]:
    here = Path(__file__)
    modules = {
        found.name: import_module(f"quizzes.blocks.{found.name}")
        for found in pkgutil.iter_modules([str(here.parent)])
        if found.name != here.stem
    }
    blocks = {name: module.BLOCK for name, module in modules.items() if hasattr(module, "BLOCK")}
    return dict(sorted(blocks.items(), key=lambda named: named[1].position))


QUESTION_BLOCKS: Mapping[str, type[ChoiceQuestionBlock]] = MappingProxyType(_find())


def question_blocks() -> list[tuple[str, ChoiceQuestionBlock]]:
    """Return fresh blocks of every kind, ready for a stream's list of children."""
    return [(kind, block()) for kind, block in QUESTION_BLOCKS.items()]
