"""Answers to quizzes, as tests make and read them."""

from collections.abc import Mapping
from decimal import Decimal

from quizzes.attempts.taking import given_in
from quizzes.models import Attempt
from quizzes.scoring import WHOLE, Given, Parts, Question


def whole(*values: str) -> Parts:
    """Return the parts of an answer to a question as a whole."""
    return {WHOLE: values}


def parts_in(attempt: Attempt) -> dict[str, Parts]:
    """Return what is saved, by question id."""
    return {question_id: dict(given.parts) for question_id, given in given_in(attempt).items()}


def given(*values: str, language: str = "en") -> Given:
    """Return an answer to a question as a whole."""
    return Given(whole(*values) if values else {}, language)


def choice_question(kind: str, right: str, wrong: str = "", *, points: int = 1, **key: str) -> Question:
    """Return a question whose choices are called by one letter each."""
    choices = [{"id": name, "right": name in right} for name in sorted(right + wrong)]
    return Question("q", kind, "use", "swot", points, key={"choices": choices, **key})


def sent(answers: Mapping[str, Parts]) -> dict[str, list[str]]:
    """Return answers, by question id, as the form of an attempt sends them."""
    return {
        f"question-{question_id}:{part}".removesuffix(":"): list(values)
        for question_id, parts in answers.items()
        for part, values in parts.items()
    }


def result_of(attempt: Attempt) -> tuple[Decimal, int, bool]:
    """Return the result of an attempt that holds: points, points possible, passed."""
    assert attempt.result
    return attempt.result.points, attempt.result.points_possible, attempt.result.passed
