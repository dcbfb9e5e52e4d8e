"""Blocks that editors write questions in, one a kind; the registry that a stream takes them from."""

from quizzes.blocks.choice import MultipleChoiceBlock, SingleChoiceBlock
from quizzes.blocks.registry import question_blocks

__all__ = ["MultipleChoiceBlock", "SingleChoiceBlock", "question_blocks"]
