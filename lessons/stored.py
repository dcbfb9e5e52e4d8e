"""What stored bodies and quizzes hold, read as they are stored: it is cheap; and what links to a page say."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from openmuseums.learners.outline import OutlineQuestion
from quizzes.blocks.registry import CHECK_BLOCKS, questions_of, stored_questions
from quizzes.scoring import Question


@dataclass(frozen=True)
class PageLink:
    """A page to link: its title, the address, and the language of the title where it is not the reader's."""

    title: str
    url: str
    language: str


def questions_in(stream: Any) -> tuple[OutlineQuestion, ...]:
    """Return the ids and facets of the questions in a body or a quiz."""
    return tuple(OutlineQuestion(*found) for block in stream.raw_data for found in stored_questions(block))


def checks_in(stream: Any) -> tuple[Question, ...]:
    """Return the questions in a body; one that was stored without ids can be answered by nobody."""
    found = []
    for place, block in enumerate(stream.raw_data):
        if block["type"] in CHECK_BLOCKS:
            with suppress(ValueError):
                found += [question for question, _texts in questions_of(stream[place], page="")]
    return tuple(found)


def topics_in(stream: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the topics that blocks teach, with the blocks' ids and the headings above them ("" before the first)."""
    section = ""
    for block in stream.raw_data:
        if block["type"] == "heading":
            section = block["value"].get("text", "")
        elif block["type"] not in CHECK_BLOCKS:
            for topic in block["value"].get("topics") or ():
                yield (topic["value"] if isinstance(topic, dict) else topic), block["id"], section
