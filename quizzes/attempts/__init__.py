"""Attempts at quizzes: taken, shown, handed in and graded, with the pages that learners see of them."""
