"""What an attempt is worth: from the frozen structure of a quiz and the answers given, without a database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

# Values by the name of the part of a question that they answer.
Parts = Mapping[str, tuple[str, ...]]
# The part of a question that is answered as a whole.
WHOLE = ""
# Texts of a question in one language, as a version keeps them: nested mappings of strings.
Words = Mapping[str, Any]

_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Given:
    """An answer as it was given, and the language it was given in."""

    parts: Parts = field(default_factory=dict)
    language: str = ""

    @property
    def whole(self) -> tuple[str, ...]:
        """Return the values of a question that is answered as a whole."""
        return self.parts.get(WHOLE, ())

    @property
    def chosen(self) -> frozenset[str]:
        """Return the values of a question that is answered as a whole, without their order."""
        return frozenset(self.whole)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was given."""
        return not any(self.parts.values())


NOTHING = Given()


@dataclass(frozen=True)
class Choice:
    """A choice of a question, by the id that is the same in every language."""

    id: str
    right: bool


@dataclass(frozen=True)
class Question:
    """A question without its words.

    page: translation key of the page it was written on. scenario: id of the scenario that it stands under, or empty.
    key: what its kind needs beside, as plain values that JSON can hold: choices, right answers, tolerances.
    """

    id: str
    kind: str
    facet: str = ""
    topic: str = ""
    points: int = 0
    difficulty: str = ""
    page: str = ""
    scenario: str = ""
    key: Mapping[str, Any] = field(default_factory=dict)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return what can be chosen; empty for a question without choices."""
        return tuple(Choice(choice["id"], bool(choice["right"])) for choice in self.key.get("choices", ()))

    @property
    def choice_ids(self) -> frozenset[str]:
        """Return the ids of all choices."""
        return frozenset(choice.id for choice in self.choices)

    @property
    def right_ids(self) -> frozenset[str]:
        """Return the ids of the right choices."""
        return frozenset(choice.id for choice in self.choices if choice.right)


@dataclass(frozen=True)
class Tally:
    """How many questions of a group were asked and how many answered right in full; points got and possible."""

    right: int = 0
    asked: int = 0
    points: Fraction = Fraction(0)
    possible: int = 0

    def with_question(self, points: Fraction, possible: int) -> "Tally":
        """Return the tally with one question more."""
        return Tally(self.right + (points == possible), self.asked + 1, self.points + points, self.possible + possible)


@dataclass(frozen=True)
class Score:
    """The result of an attempt.

    `points_by_question` and `right` hold every graded question that was asked, in its order; points are exact.
    """

    points: Fraction
    points_possible: int
    points_by_question: dict[str, Fraction]
    right: dict[str, bool]
    by_facet: dict[str, Tally]
    by_topic: dict[str, Tally]
    passed: bool


# Takes a question, an answer, and the question's texts in the language of the answer; returns the share of the points
# that it is worth, from 0 to 1. None stands for a kind of question that is not graded.
Grader = Callable[[Question, Given, Words], Fraction]

_COMMON = ("id", "kind", "page", "scenario", "facet", "topic", "points", "difficulty")


def read_structure(structure: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Return the questions of a structure as `write_structure` wrote it."""
    return tuple(
        Question(
            **{name: item[name] for name in _COMMON if name in item},
            key={name: value for name, value in item.items() if name not in _COMMON},
        )
        for item in structure
    )


def write_structure(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Return questions as plain values that JSON can hold; what is empty is left out."""
    return [
        {**{name: value for name in _COMMON if (value := getattr(question, name)) != ""}, **question.key}
        for question in questions
    ]


def score(
    questions: Iterable[Question],
    given: Mapping[str, Given],
    *,
    graders: Mapping[str, Grader | None],
    pass_mark: int,
    words: Callable[[str, str], Words] | None = None,
) -> Score:
    """Return what the answers are worth.

    given: answers by question id; a question that is missing in it, or has an empty one, was not answered.
    graders: by kind; None where a kind is not graded. pass_mark: per cent.
    words: returns the texts of a question, by its id, in a language; only kinds whose right answers are texts need it.
    Raises KeyError where the kind of a question is unknown.
    """
    points: dict[str, Fraction] = {}
    by_facet: dict[str, Tally] = {}
    by_topic: dict[str, Tally] = {}
    possible = 0
    right = {}
    for question in questions:
        grade = graders[question.kind]
        if grade is None:
            continue
        answer = given.get(question.id, NOTHING)
        texts = words(question.id, answer.language) if words and not answer.is_empty else {}
        got = question.points * grade(question, answer, texts) if not answer.is_empty else Fraction(0)
        points[question.id], right[question.id] = got, got == question.points
        possible += question.points
        by_facet[question.facet] = by_facet.get(question.facet, Tally()).with_question(got, question.points)
        by_topic[question.topic] = by_topic.get(question.topic, Tally()).with_question(got, question.points)
    total = sum(points.values(), Fraction(0))
    return Score(
        points=total,
        points_possible=possible,
        points_by_question=points,
        right=right,
        by_facet=by_facet,
        by_topic=by_topic,
        passed=has_passed(total, possible, pass_mark),
    )


def has_passed(points: Fraction | int, points_possible: int, pass_mark: int) -> bool:
    """Return whether so many points reach the pass mark (per cent); exact, so nothing is rounded away."""
    return points_possible > 0 and points * 100 >= pass_mark * points_possible


def points_to_pass(points_possible: int, pass_mark: int) -> Decimal:
    """Return the fewest points that reach the pass mark (per cent)."""
    return Decimal(pass_mark * points_possible) / 100


def as_decimal(points: Fraction) -> Decimal:
    """Return exact points as they are stored: with four decimals, halves to the even digit."""
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(_PLACES, ROUND_HALF_EVEN)
