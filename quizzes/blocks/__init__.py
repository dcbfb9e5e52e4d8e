"""Blocks that editors write questions in, one a kind; the registry that a stream takes them from."""

from quizzes.blocks.registry import question_blocks

__all__ = ["question_blocks"]
