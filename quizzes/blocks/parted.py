"""What questions share that are answered part by part, each part by choosing from a list."""

from collections.abc import Iterable
from typing import Any

from quizzes.blocks.choices import ChoiceQuestionBlock, plain
from quizzes.blocks.question import GradedQuestionBlock
from quizzes.words import ShownWords, Word

# Stands for what was left open.
OPEN = "…"


class PartedQuestionBlock(GradedQuestionBlock):
    """A question with several parts. Kinds derive from it: they say what the parts are and how the block previews."""

    fault_messages = ChoiceQuestionBlock.fault_messages


def shown_part(  # noqa: PLR0913 - what is asked, what was answered, and what is said to it
    part: str,
    label: Word,
    options: Iterable[tuple[str, Word, Word]],
    *,
    chosen: str,
    right: Iterable[str],
    feedback: Word | None = None,
) -> dict[str, Any]:
    """Return a part as templates show it.

    options: id, text and feedback of each thing to choose from. feedback: to the part as a whole, whatever was chosen.
    """
    wanted = set(right)
    found = [
        {"id": option, "text": text, "feedback": said, "is_chosen": option == chosen, "is_right": option in wanted}
        for option, text, said in options
    ]
    return {
        "id": part,
        "label": label,
        "options": found,
        "chosen": next((option for option in found if option["is_chosen"]), None),
        "right": next((option for option in found if option["is_right"]), None),
        "is_right": chosen in wanted,
        "feedback": feedback or Word(""),
    }


def joined(words: Iterable[Word], between: str) -> Word:
    """Return several words as one, marked where all are in one language that is not the reader's."""
    found = list(words)
    langs = {word.lang for word in found}
    return Word(between.join(word.text for word in found), langs.pop() if len(langs) == 1 else "")


def doubled(texts: Iterable[str]) -> bool:
    """Return whether two texts say the same."""
    found = [plain(text) for text in texts]
    return len(set(found)) < len(found)


def text_under(words: ShownWords, *names: str) -> Word:
    """Return one text from below some names; the last names the text."""
    *above, name = names
    found: Word = words.under(*above)[name]
    return found
