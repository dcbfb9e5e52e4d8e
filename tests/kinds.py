"""A question of each kind, made from what its block previews; and how it is shown."""

import json
from html.parser import HTMLParser
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from wagtail import blocks

from quizzes.blocks.registry import QUESTION_BLOCKS, block_of, question_blocks, questions_of
from quizzes.running.arranging import Arranger
from quizzes.scoring import NOTHING, Given, Question, Words
from quizzes.words import plain_words
from tests.factories import block

# What cannot be made without a file has tests of its own.
WITHOUT_FILES = sorted(
    kind
    for kind, found in QUESTION_BLOCKS.items()
    if not any(isinstance(child, blocks.ChooserBlock) and child.required for child in found().child_blocks.values())
)


def example(kind: str, **fields: Any) -> dict[str, Any]:
    """Return a question of a kind as it is stored: what its block previews, with other values for some fields."""
    question_block = QUESTION_BLOCKS[kind]()
    value = question_block.to_python({**question_block.meta.preview_value, **fields})
    stored = json.dumps(question_block.get_prep_value(value), cls=DjangoJSONEncoder)
    return block(kind, json.loads(stored))


def stream_of(*questions: dict[str, Any]) -> Any:
    """Return stored questions as a stream reads them."""
    return blocks.StreamBlock(question_blocks()).to_python(list(questions))


def asked(question: dict[str, Any]) -> tuple[Question, Words]:
    """Return a stored question without its words, and its words."""
    return questions_of(stream_of(question)[0], page="")[0]


def faults_in(question: dict[str, Any]) -> dict[str, str]:
    """Return the codes of the faults in a stored question, each with its level."""
    found = block_of(question["type"]).faults_in(stream_of(question)[0].value)
    return {fault.code: fault.level.value for fault in found}


def shown(question: dict[str, Any], mode: str, given: Given = NOTHING, *, seed: str = "", **outcome: Any) -> str:
    """Return the HTML of a stored question in a mode of its template."""
    found, words = asked(question)
    arranger = Arranger(seed=seed, scope=found.id)
    made = block_of(found.kind).shown(found, plain_words(words), given=given, arranger=arranger, **outcome)
    template = "quizzes/checked.html" if mode == "checked" else "quizzes/question.html"
    return render_to_string(template, {"question": made, "mode": mode})


class _Elements(HTMLParser):
    """The elements of a piece of HTML, each with its attributes; an option knows its list, a text its field."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.sent: list[tuple[str, str]] = []
        self._list = self._area = self._typed = ""
        self._chosen: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.found.append((tag, found))
        if tag == "select":
            self._list, self._chosen = found["name"], None
        elif tag == "option" and (self._chosen is None or "selected" in found):
            self._chosen = found["value"]
        elif tag == "textarea":
            self._area, self._typed = found["name"], ""
        elif tag == "input" and (found["type"] not in {"radio", "checkbox"} or "checked" in found):
            self.sent.append((found["name"], found.get("value", "")))

    def handle_data(self, data: str) -> None:
        self._typed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.sent.append((self._list, self._chosen or ""))
        elif tag == "textarea":
            self.sent.append((self._area, self._typed))


def elements_in(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a piece of HTML in their order, each with its attributes."""
    return _Elements(html).found


def sent_by(html: str) -> list[tuple[str, str]]:
    """Return what a browser sends of the fields in a piece of HTML as it stands, each with its name."""
    return _Elements(html).sent
