"""Versions of quizzes: frozen when a page is published, told apart by kinds of change, read back in any language."""
