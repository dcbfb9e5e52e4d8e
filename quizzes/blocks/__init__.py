"""Blocks that editors write questions in, one a kind; the registry that a stream takes them from."""

from quizzes.blocks.registry import check_blocks, question_blocks

__all__ = ["check_blocks", "question_blocks"]
