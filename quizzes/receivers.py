"""What quizzes do when pages are published."""
