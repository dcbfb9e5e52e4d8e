"""Kinds of question, each a pure module: what a right answer is and what an answer is worth. Nothing here knows Django."""
