"""Quiz pages, the versions of them that were published, and learners' attempts, answers and results."""

from quizzes.models.attempts import Answer, Attempt, GivenValue, Result
from quizzes.models.pages import QuizPage
from quizzes.models.versions import QuizTexts, QuizVersion

__all__ = ["Answer", "Attempt", "GivenValue", "QuizPage", "QuizTexts", "QuizVersion", "Result"]
