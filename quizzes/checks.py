"""Content checks of quizzes."""

from collections.abc import Iterator

from openmuseums.editorial.checks import Finding


def check_quiz(page: object) -> Iterator[Finding]:
    """Yield what is wrong with a quiz."""
    yield from ()
