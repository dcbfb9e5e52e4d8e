"""Reads Moodle XML: https://docs.moodle.org/en/Moodle_XML_format."""

import base64
import binascii
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from quizzes.formats.items import (
    NONE,
    ONE,
    Answer,
    FaultyItemError,
    FilePicture,
    Item,
    ItemKind,
    Pair,
    Reading,
    is_sound,
    tidy,
)
from quizzes.formats.limits import MAX_ITEMS, MAX_TEXT
from quizzes.formats.markup import from_text
from quizzes.formats.numbers import read_number, read_share
from quizzes.formats.xml_tree import Node, read_xml

_FORMATS = {"html": "html", "plain_text": "plain", "markdown": "markdown", "moodle_auto_format": "moodle"}
_TRUE = {"true", "1"}
_UNGRADED = {"essay", "description"}
# What is read of a question. Whatever else it says is reported, unless it says what a new question would.
_READ = {
    "name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "idnumber", "hint", "tags", "answer",
    "subquestion", "single", "shuffleanswers", "usecase",
}  # fmt: skip
_USUAL = {
    "answernumbering": {"abc", "none"},
    "attachments": {"0"},
    "attachmentsrequired": {"0"},
    "correctfeedback": {"Your answer is correct."},
    "gradingtype": {"RELATIVE_NEXT_EXCLUDE_LAST", "ABSOLUTE_POSITION", "0", "1"},
    "hidden": {"0"},
    "incorrectfeedback": {"Your answer is incorrect."},
    "layouttype": {"VERTICAL", "0"},
    "maxbytes": {"0"},
    "partiallycorrectfeedback": {"Your answer is partially correct."},
    "responsefieldlines": {"10", "15"},
    "responseformat": {"editor"},
    "responserequired": {"0", "1"},
    "selecttype": {"ALL", "0"},
    "showgrading": {"SHOW", "1"},
    "showstandardinstruction": {"0", "1"},
    "showunits": {"3"},
    "unitgradingtype": {"0"},
    "unitpenalty": {"0.1000000"},
    "unitsleft": {"0"},
}


def read_moodle_xml(data: bytes) -> Reading:
    """Return the questions of a Moodle XML file."""
    reading = Reading()
    root = read_xml(data, reading)
    if root is None:
        return reading
    if root.tag != "quiz":
        reading.fault("not-moodle", root.position, tag=root.tag[:40])
        return reading
    category = ""
    for number, node in enumerate(root.children):
        if number >= MAX_ITEMS:
            reading.fault("too-many-questions", node.position, most=MAX_ITEMS)
            break
        if node.tag != "question":
            reading.loss("", "element", node.tag[:40], node.position)
            continue
        if node.attributes.get("type") == "category":
            category = _category(node)
            continue
        try:
            item = _Question(node, category, reading).read()
        except FaultyItemError as error:
            reading.faults.append(error.fault)
        else:
            if item is not None:
                reading.items.append(item)
    reading.settle()
    return reading


def _category(node: Node) -> str:
    holder = node.child("category")
    return tidy(holder.value("text")) if holder else ""


class _Question:
    """One question while it is read."""

    def __init__(self, node: Node, category: str, reading: Reading) -> None:
        self.node = node
        self.category = category
        self.reading = reading
        self.dropped: dict[tuple[str, str], None] = {}

    def read(self) -> Item | None:
        """Return the question, or None where its type is not known, which is noted; raises FaultyItemError."""
        kind = self.node.attributes.get("type", "")
        name = " ".join(self._sound(self.node.child("name")).split())
        prompt, pictures = self._prompt()
        title = name or prompt[:80]
        read = _TYPES.get(kind)
        if read is None:
            self.reading.loss(title or kind[:40], "type", kind[:40], self.node.position)
            return None
        if not prompt and kind != "matching":
            raise FaultyItemError("no-prompt", self.node.position)
        item_kind, fields = read(self)
        points = self._points("defaultgrade", ONE)
        item = Item(
            kind=item_kind,
            prompt=prompt,
            id=tidy(self._checked(self.node.value("idnumber"), self.node)),
            name=name,
            category=self.category,
            feedback=self._text(self.node.child("generalfeedback")),
            hints=tuple(hint for hint in (self._text(node) for node in self.node.all("hint")) if hint),
            tags=self._tags(),
            points=None if kind in _UNGRADED and not points else points,
            penalty=self._points("penalty", NONE) if self.node.child("penalty") else None,
            shuffle=self._flag("shuffleanswers"),
            case_matters=self.node.value("usecase") == "1",
            pictures=pictures,
            position=self.node.position,
            **fields,
        )
        self._note_besides()
        for what, detail in self.dropped:
            self.reading.loss(item.title, what, detail, self.node.position)
        return item

    def choice(self) -> tuple[ItemKind, dict[str, tuple[Answer, ...]]]:
        """Return the answers of a question with choices."""
        answers = tuple(self._answer(node) for node in self.node.all("answer"))
        if len(answers) < 2:
            raise FaultyItemError("too-few-choices", self.node.position)
        is_single = (self.node.value("single") or "true") in _TRUE
        return ItemKind.SINGLE_CHOICE if is_single else ItemKind.MULTIPLE_CHOICE, {"answers": answers}

    def true_false(self) -> tuple[ItemKind, dict[str, tuple[Answer, ...]]]:
        """Return the two answers, true before false."""
        found = {answer.text.lower(): answer for answer in (self._answer(node) for node in self.node.all("answer"))}
        if set(found) != {"true", "false"} or sum(answer.share == ONE for answer in found.values()) != 1:
            raise FaultyItemError("no-true-and-false", self.node.position)
        answers = tuple(Answer(text, found[text].share, found[text].feedback) for text in ("true", "false"))
        return ItemKind.TRUE_FALSE, {"answers": answers}

    def short_answer(self) -> tuple[ItemKind, dict[str, tuple[Answer, ...]]]:
        """Return the accepted answers."""
        answers = tuple(self._answer(node) for node in self.node.all("answer"))
        if not any(answer.text for answer in answers):
            raise FaultyItemError("no-answer", self.node.position)
        return ItemKind.SHORT_ANSWER, {"answers": answers}

    def numeric(self) -> tuple[ItemKind, dict[str, tuple[Answer, ...]]]:
        """Return the numbers with their tolerances."""
        answers = []
        for node in self.node.all("answer"):
            answer = self._answer(node)
            if answer.text == "*":
                answers.append(answer)
                continue
            number, margin = read_number(answer.text), read_number(node.value("tolerance") or "0")
            if number is None or margin is None or margin < 0:
                raise FaultyItemError("no-number", node.position, text=answer.text[:40])
            answers.append(Answer("", answer.share, answer.feedback, number, margin))
        if not answers:
            raise FaultyItemError("no-answer", self.node.position)
        return ItemKind.NUMERIC, {"answers": tuple(answers)}

    def matching(self) -> tuple[ItemKind, dict[str, tuple[Pair, ...]]]:
        """Return the pairs."""
        pairs = []
        for node in self.node.all("subquestion"):
            answer = node.child("answer")
            right = tidy(self._checked(answer.value("text"), answer)) if answer else ""
            if right:
                pairs.append(Pair(self._text(node), right))
        if len(pairs) < 2:
            raise FaultyItemError("too-few-pairs", self.node.position)
        return ItemKind.MATCHING, {"pairs": tuple(pairs)}

    def ordering(self) -> tuple[ItemKind, dict[str, tuple[Answer, ...]]]:
        """Return the steps in their right order, which is that of the file."""
        answers = tuple(Answer(self._text(node), ONE) for node in self.node.all("answer"))
        if len(answers) < 2:
            raise FaultyItemError("too-few-choices", self.node.position)
        return ItemKind.ORDERING, {"answers": answers}

    def essay(self) -> tuple[ItemKind, dict[str, tuple[Answer, ...]]]:
        """Return nothing: there is no right answer."""
        return ItemKind.ESSAY, {}

    def description(self) -> tuple[ItemKind, dict[str, tuple[Answer, ...]]]:
        """Return nothing: there is nothing to answer."""
        return ItemKind.DESCRIPTION, {}

    def _answer(self, node: Node) -> Answer:
        share = read_share(node.attributes.get("fraction", "0"))
        if share is None:
            raise FaultyItemError("bad-weight", node.position, weight=node.attributes["fraction"][:40])
        return Answer(self._text(node), share, self._text(node.child("feedback")))

    def _prompt(self) -> tuple[str, tuple[FilePicture, ...]]:
        holder = self.node.child("questiontext")
        if holder is None:
            return "", ()
        plain = from_text(self._sound(holder), _FORMATS.get(holder.attributes.get("format", "html"), "html"))
        self._note(plain.dropped)
        files = {node.attributes.get("name", ""): node for node in holder.all("file")}
        pictures = []
        for name, alt in plain.pictures:
            if name in files:
                pictures.append(self._picture(files[name], tidy(alt)))
            else:
                self.dropped["pictures", name[:80]] = None
        for name in files.keys() - {name for name, _alt in plain.pictures}:
            self.dropped["files", name[:80]] = None
        return tidy(plain.text), tuple(pictures)

    @staticmethod
    def _picture(node: Node, alt: str) -> FilePicture:
        name = node.attributes["name"]
        if node.attributes.get("encoding") != "base64":
            raise FaultyItemError("bad-picture", node.position, name=name[:80])
        try:
            data = base64.b64decode("".join(node.text.split()), validate=True)
        except (binascii.Error, ValueError) as error:
            raise FaultyItemError("bad-picture", node.position, name=name[:80]) from error
        return FilePicture(name, data, alt)

    def _text(self, holder: Node | None) -> str:
        """Return the words of an element with a format and a text."""
        if holder is None:
            return ""
        source = self._sound(holder)
        plain = from_text(source, _FORMATS.get(holder.attributes.get("format", "plain_text"), "html"))
        self._note(plain.dropped)
        if plain.pictures:
            self.dropped["pictures", ""] = None
        return tidy(plain.text)

    def _sound(self, holder: Node | None) -> str:
        node = holder.child("text") if holder else None
        if node is None:
            return ""
        if node.children:
            raise FaultyItemError("markup-in-text", node.children[0].position)
        return self._checked(node.text, node)

    @staticmethod
    def _checked(text: str, node: Node) -> str:
        if len(text) > MAX_TEXT:
            raise FaultyItemError("text-too-long", node.position, most=MAX_TEXT)
        for character in text:
            if not is_sound(character):
                raise FaultyItemError("bad-character", node.position, code=f"U+{ord(character):04X}")
        return text

    def _note(self, dropped: set[str]) -> None:
        self.dropped |= dict.fromkeys((what, "") for what in sorted(dropped))

    def _tags(self) -> tuple[str, ...]:
        holder = self.node.child("tags")
        tags = [" ".join(self._sound(tag).split()) for tag in holder.all("tag")] if holder else []
        return tuple(dict.fromkeys(tag for tag in tags if tag))

    def _points(self, tag: str, default: Fraction) -> Fraction:
        node = self.node.child(tag)
        if node is None or not node.text.strip():
            return default
        number = read_number(node.text)
        if number is None or not 0 <= number <= Decimal(10000):
            raise FaultyItemError("no-number", node.position, text=node.text.strip()[:40])
        near = Fraction(number).limit_denominator(20)
        return near if abs(near - Fraction(number)) < Fraction(1, 1_000_000) else Fraction(number)

    def _flag(self, tag: str) -> bool | None:
        text = self.node.value(tag)
        return text in _TRUE if text else None

    def _note_besides(self) -> None:
        for node in self.node.children:
            said = self._said(node)
            if node.tag not in _READ and said and said not in _USUAL.get(node.tag, ()):
                self.dropped["element", node.tag[:40]] = None
            if node.tag == "hint":
                self.dropped |= dict.fromkeys(
                    ("element", more.tag[:40]) for more in node.children if more.tag != "text"
                )

    @staticmethod
    def _said(node: Node) -> str:
        if not node.children:
            return node.text.strip()
        return node.value("text") if all(child.tag == "text" for child in node.children) else "…"


_Read = tuple[ItemKind, dict[str, tuple[Answer, ...]]] | tuple[ItemKind, dict[str, tuple[Pair, ...]]]
_TYPES: dict[str, Callable[[_Question], _Read]] = {
    "multichoice": _Question.choice,
    "truefalse": _Question.true_false,
    "shortanswer": _Question.short_answer,
    "numerical": _Question.numeric,
    "matching": _Question.matching,
    "ordering": _Question.ordering,
    "essay": _Question.essay,
    "description": _Question.description,
}
