"""Answers that are made up to show a question by: one that is worth all points, and one that is worth none.

Kinds say what a right answer is. What is wrong is found by trying, so that no kind has to say it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.questions.registry import KINDS, fault_of, is_complete, is_graded, read, share_of
from quizzes.scoring import WHOLE, Given, Parts, Question, Words

# Tried before the ids of what a question offers, which nobody should read: for kinds that take words or numbers.
_TEXTS = ("…", "true", "false", "1", "0", "999999")


def right_answer(question: Question, words: Words) -> Parts:
    """Return an answer that is worth all points; where a question is not graded, some answer that leaves nothing open.

    words: the texts of the question, in the language that it is shown in. An empty answer where there is none.
    """
    model = KINDS[question.kind].model_answer(question, words)
    if any(model.values()):
        return model
    return next((parts for parts in _fitting(question, model) if is_complete(question, Given(parts))), {})


def wrong_answer(question: Question, words: Words) -> Parts:
    """Return an answer that is worth as little as one can be, none of the points if there is such an answer.

    Where a question is not graded there is no wrong answer: then it is the same as the right one.
    """
    if not is_graded(question):
        return right_answer(question, words)
    model = KINDS[question.kind].model_answer(question, words)
    fitting = list(_fitting(question, model))
    complete = [parts for parts in fitting if is_complete(question, Given(parts))]
    return min(complete or fitting, key=lambda parts: share_of(question, Given(parts), words), default={})


def _fitting(question: Question, model: Parts) -> Iterator[Parts]:
    """Yield answers that the question takes, whatever they are worth."""
    for parts in _candidates(question, model):
        tidy = read(question, parts)
        if tidy and not fault_of(question, Given(tidy)):
            yield tidy


def _candidates(question: Question, model: Parts) -> Iterator[Parts]:
    values = [*dict.fromkeys([*_TEXTS, *_ids_in(question.key), *(each for part in model.values() for each in part)])]
    names = list(model) or [WHOLE]
    # An order turned round, within a part or between the parts; values given to the next part; one for each part.
    yield {name: tuple(reversed(part)) for name, part in model.items()}
    yield dict(zip(names, reversed(list(model.values())), strict=False))
    for shift in range(1, len(names)):
        yield {name: model[names[(place + shift) % len(names)]] for place, name in enumerate(names)}
    for value in values:
        yield dict.fromkeys(names, (value,))
    # For each part by itself something that it takes and that is not right.
    yield {
        name: next(((value,) for value in values if (value,) != model.get(name) and _takes(question, name, value)), ())
        for name in names
    }


def _takes(question: Question, name: str, value: str) -> bool:
    parts = read(question, {name: (value,)})
    return bool(parts) and not fault_of(question, Given(parts))


def _ids_in(value: Any) -> Iterator[str]:
    """Yield what stands as an id in the key of a question, however deep."""
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for part in value.values():
            yield from _ids_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _ids_in(part)
