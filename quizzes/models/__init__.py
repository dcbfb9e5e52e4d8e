"""Quiz pages, the versions of them that were published, and learners' attempts, answers and results."""

from quizzes.models.attempts import Answer, Attempt, GivenValue, Result
from quizzes.models.banks import BankPage
from quizzes.models.extra_time import ExtraTime
from quizzes.models.pages import QuizPage
from quizzes.models.questions import QuestionsPage
from quizzes.models.versions import QuizTexts, QuizVersion

__all__ = [
    "Answer", "Attempt", "BankPage", "ExtraTime", "GivenValue", "QuestionsPage", "QuizPage", "QuizTexts", "QuizVersion",
    "Result",
]  # fmt: skip
