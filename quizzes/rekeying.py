"""Puts the right answers of a later version under the questions of an earlier one, so that it can be graded again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from quizzes.scoring import Question


def rekeyed(
    asked: Iterable[Question], newest: Iterable[Question], *, is_typed: Callable[[Question], bool]
) -> tuple[Question, ...]:
    """Return the questions that were asked with right answers and points of the newest version.

    What was not offered when they were asked is left out again. A question stays as it was asked where the newest
    version has it no longer, or as another kind, or without something that could be chosen then.
    is_typed: whether answers to a question are typed, so that nothing was offered to choose from.
    """
    by_id = {question.id: question for question in newest}
    return tuple(_rekeyed(question, by_id.get(question.id), is_typed=is_typed) for question in asked)


def _rekeyed(asked: Question, newest: Question | None, *, is_typed: Callable[[Question], bool]) -> Question:
    if newest is None or newest.kind != asked.kind:
        return asked
    if is_typed(asked):
        return replace(asked, points=newest.points, key=newest.key)
    offered = set(_ids(asked.key))
    if not offered <= set(_ids(newest.key)):
        return asked
    dropped: set[str] = set()
    key = _only(newest.key, offered, dropped)
    # Where the right answer was not there to be chosen, nobody can have given it.
    return asked if dropped & set(_texts(key)) else replace(asked, points=newest.points, key=key)


def _ids(value: Any) -> Iterator[str]:
    """Yield the ids of everything in a key that has one."""
    if isinstance(value, Mapping):
        if "id" in value:
            yield value["id"]
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _ids(inner)


def _only(value: Any, offered: set[str], dropped: set[str]) -> Any:
    """Return a key without the list items that were not offered; the texts of those are added to `dropped`."""
    if isinstance(value, Mapping):
        return {name: _only(inner, offered, dropped) for name, inner in value.items()}
    if not isinstance(value, list | tuple):
        return value
    kept = []
    for inner in value:
        if isinstance(inner, Mapping) and "id" in inner and inner["id"] not in offered:
            dropped.update(_texts(inner))
        else:
            kept.append(_only(inner, offered, dropped))
    return kept


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
