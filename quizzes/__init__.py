"""Quizzes: kinds of question, attempts, frozen versions and scoring."""
