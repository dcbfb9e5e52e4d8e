"""A question with exactly one right choice."""

from quizzes.scoring import Question


def accepts(question: Question, chosen: frozenset[str]) -> bool:
    """Return whether this can be an answer: one choice of the question's own."""
    return len(chosen) == 1 and chosen <= question.choice_ids


def grade(question: Question, chosen: frozenset[str]) -> int:
    """Return all points for the right choice, else none."""
    return question.points if accepts(question, chosen) and chosen <= question.right_ids else 0
