"""The kinds of question there are, by the name of their block."""

from wagtail import blocks

from quizzes.blocks.choice import MultipleChoiceBlock, SingleChoiceBlock

QUESTION_BLOCKS: dict[str, type[blocks.StructBlock]] = {
    "single_choice": SingleChoiceBlock,
    "multiple_choice": MultipleChoiceBlock,
}


def question_blocks() -> list[tuple[str, blocks.StructBlock]]:
    """Return fresh blocks of every kind, ready for a stream's list of children."""
    return [(kind, block()) for kind, block in QUESTION_BLOCKS.items()]
