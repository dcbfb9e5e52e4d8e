"""A question as templates show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from quizzes.scoring import Given, Question
from quizzes.words import ShownWords


@dataclass(frozen=True)
class ShownQuestion:
    """A question in words, with what was answered and what came of it.

    detail: what the template of its kind shows beside. is_complete: nothing is left open in the answer. points and
    is_right say what came of it; is_settled that the answer can be changed no more. fault: what is wrong with an answer
    that was not saved. picture: the one that its kind shows, where that is still there.
    """

    number: int
    question: Question
    words: ShownWords
    given: Given
    template: str
    detail: Mapping[str, Any]
    is_complete: bool = False
    is_graded: bool = True
    takes_answer: bool = True
    is_settled: bool = False
    points: Fraction = Fraction(0)
    is_right: bool = False
    fault: Any = ""
    picture: Any = None

    @property
    def id(self) -> str:
        """Return the id of the question."""
        return self.question.id

    @property
    def field(self) -> str:
        """Return the name of the form field that answers the question as a whole."""
        return f"question-{self.question.id}"

    @property
    def before(self) -> str:
        """Return what was answered, as the form sends it back to tell what was changed in it."""
        return written(self.given.parts)

    @property
    def is_open(self) -> bool:
        """Return whether there is no answer yet."""
        return self.given.is_empty

    @property
    def is_wrong(self) -> bool:
        """Return whether it is graded and was not answered right in full."""
        return self.is_graded and not self.is_right

    @property
    def is_partly_right(self) -> bool:
        """Return whether the answer got points, but not all."""
        return 0 < self.points < self.question.points


def written(parts: Mapping[str, tuple[str, ...]]) -> str:
    """Return an answer on one line, the same for the same answer."""
    return urlencode([(part, value) for part, values in parts.items() for value in values])
