"""Prompts, each to be matched with one of several answers; some answers may belong to none.

The key holds `pairs`, each with its `id`, the id `option` of the answer that was written with it and the id `answer` of
the one that is offered for it: pairs with the same answer share one. `distractors` are answers without a prompt, each
with its `id` and the id `option` that it is offered by.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from quizzes.questions.parting import fault_of_parts, read_parts, share_of_parts
from quizzes.scoring import Given, Parts, Question, Words

IS_GRADED = True
TAKES_ANSWER = True


def options_of(question: Question) -> list[str]:
    """Return the ids of the answers that are offered, each once."""
    answers = [pair["answer"] for pair in question.key.get("pairs", ())]
    others = [distractor["option"] for distractor in question.key.get("distractors", ())]
    return list(dict.fromkeys([*answers, *others]))


def right_options(question: Question) -> Mapping[str, frozenset[str]]:
    """Return what is right for each prompt.

    A translation may have other words for what the source says twice, and then offers both: each is right.
    """
    pairs = question.key.get("pairs", ())
    return {
        pair["id"]: frozenset(other["option"] for other in pairs if other["answer"] == pair["answer"]) for pair in pairs
    }


def read(question: Question, parts: Parts) -> Parts:
    """Return the chosen answer of each prompt."""
    return read_parts(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: a foreign prompt or answer, or two answers to one prompt."""
    offered = {*options_of(question), *(pair["option"] for pair in question.key.get("pairs", ()))}
    return fault_of_parts(given, {pair["id"]: offered for pair in question.key.get("pairs", ())})


def is_complete(question: Question, given: Given) -> bool:
    """Return whether every prompt has an answer."""
    return set(right_options(question)) <= set(given.parts)


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return the share of the prompts that are matched right."""
    return share_of_parts(given, right_options(question))


def model_answer(question: Question, words: Words) -> Parts:
    """Return each prompt with its answer."""
    return {pair["id"]: (pair["answer"],) for pair in question.key.get("pairs", ())}


def offers(question: Question) -> Mapping[str, Mapping[str, bool]]:
    """Return the answers that each prompt can be given, and whether they are right."""
    options = dict.fromkeys((*options_of(question), *(pair["option"] for pair in question.key.get("pairs", ()))))
    return {
        prompt: {option: option in right for option in options} for prompt, right in right_options(question).items()
    }


def key_of(question: Question) -> Any:
    """Return which answers belong to which prompt, whatever their order."""
    return sorted([prompt, sorted(right)] for prompt, right in right_options(question).items())
