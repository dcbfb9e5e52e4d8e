"""A question with one or more right choices."""

from quizzes.scoring import Question


def accepts(question: Question, chosen: frozenset[str]) -> bool:
    """Return whether this can be an answer: at least one choice, all of them the question's own."""
    return bool(chosen) and chosen <= question.choice_ids


def grade(question: Question, chosen: frozenset[str]) -> int:
    """Return all points where every right choice and no other is chosen, else none."""
    return question.points if accepts(question, chosen) and chosen == question.right_ids else 0
