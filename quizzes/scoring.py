"""What an attempt is worth: from the frozen structure of a quiz and the choices made, without a database."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """A choice of a question, by the id that is the same in every language."""

    id: str
    right: bool


@dataclass(frozen=True)
class Question:
    """A question without its words."""

    id: str
    kind: str
    facet: str
    topic: str
    points: int
    choices: tuple[Choice, ...]

    @property
    def choice_ids(self) -> frozenset[str]:
        """Return the ids of all choices."""
        return frozenset(choice.id for choice in self.choices)

    @property
    def right_ids(self) -> frozenset[str]:
        """Return the ids of the right choices."""
        return frozenset(choice.id for choice in self.choices if choice.right)


@dataclass(frozen=True)
class FacetScore:
    """How many questions of a facet were asked, and how many of them were answered right."""

    right: int
    asked: int


@dataclass(frozen=True)
class Score:
    """The result of an attempt. `points_by_question` and `right` hold every question of the structure, in its order."""

    points: int
    points_possible: int
    points_by_question: dict[str, int]
    right: dict[str, bool]
    by_facet: dict[str, FacetScore]
    passed: bool


# Takes a question and the ids that were chosen; returns points from 0 to the question's own.
Grader = Callable[[Question, frozenset[str]], int]


def read_structure(structure: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Return the questions of a structure as `write_structure` wrote it."""
    return tuple(
        Question(
            id=item["id"],
            kind=item["kind"],
            facet=item["facet"],
            topic=item["topic"],
            points=item["points"],
            choices=tuple(Choice(choice["id"], choice["right"]) for choice in item["choices"]),
        )
        for item in structure
    )


def write_structure(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Return questions as plain values that JSON can hold."""
    return [
        {
            "id": question.id,
            "kind": question.kind,
            "facet": question.facet,
            "topic": question.topic,
            "points": question.points,
            "choices": [{"id": choice.id, "right": choice.right} for choice in question.choices],
        }
        for question in questions
    ]


def score(
    questions: Iterable[Question],
    chosen: Mapping[str, Collection[str]],
    *,
    graders: Mapping[str, Grader],
    pass_mark: int,
) -> Score:
    """Return what the choices are worth.

    chosen: ids of choices by question id; a question that is missing in it, or has none, was not answered.
    pass_mark: per cent.
    Raises KeyError where no grader knows the kind of a question.
    """
    points: dict[str, int] = {}
    right: dict[str, bool] = {}
    by_facet: dict[str, FacetScore] = {}
    possible = 0
    for question in questions:
        answer = frozenset(chosen.get(question.id, ()))
        points[question.id] = graders[question.kind](question, answer) if answer else 0
        right[question.id] = points[question.id] == question.points
        possible += question.points
        before = by_facet.get(question.facet, FacetScore(0, 0))
        by_facet[question.facet] = FacetScore(before.right + right[question.id], before.asked + 1)
    total = sum(points.values())
    return Score(
        points=total,
        points_possible=possible,
        points_by_question=points,
        right=right,
        by_facet=by_facet,
        passed=has_passed(total, possible, pass_mark),
    )


def has_passed(points: int, points_possible: int, pass_mark: int) -> bool:
    """Return whether so many points reach the pass mark (per cent); whole numbers only, so nothing is rounded away."""
    return points_possible > 0 and points * 100 >= pass_mark * points_possible


def points_to_pass(points_possible: int, pass_mark: int) -> int:
    """Return the fewest points that reach the pass mark (per cent)."""
    return -(-pass_mark * points_possible // 100)
