"""Content checks of quizzes."""

from collections.abc import Iterator
from typing import Any

from openmuseums.editorial.checks import Finding


def check_question(kind: str, value: Any, field: str, block_id: str) -> Iterator[Finding]:
    """Yield what is wrong with a question."""
    yield from ()


def check_quiz(page: object) -> Iterator[Finding]:
    """Yield what is wrong with a quiz."""
    yield from ()
