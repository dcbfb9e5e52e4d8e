"""Questions between a file and the course: what every format says of a question, in one form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from quizzes.formats.limits import MAX_FAULTS

ONE = Fraction(1)
NONE = Fraction(0)
# What stands in a text where a word is missing, as Moodle writes it.
GAP = "_____"
_MAX_NAME = 80


class ItemKind(StrEnum):
    """What is done with a question, whatever a program calls it."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    TRUE_FALSE = "true_false"
    MATCHING = "matching"
    ORDERING = "ordering"
    NUMERIC = "numeric"
    SHORT_ANSWER = "short_answer"
    ESSAY = "essay"
    DESCRIPTION = "description"


@dataclass(frozen=True, order=True)
class Position:
    """A place in a file; line and column count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file, and where. `details` fill the placeholders of the message that the code stands for."""

    code: str
    position: Position = Position()
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Loss:
    """What of a question cannot be carried. `item` names the question, and is empty where it is the file as a whole."""

    item: str
    what: str
    detail: str = ""
    position: Position | None = None


@dataclass(frozen=True)
class FilePicture:
    """A picture that lies in a file beside a question, whatever its name. Nobody has looked at its bytes yet."""

    name: str = field(compare=False)
    data: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True)
class Answer:
    """A choice, an accepted answer, or a number.

    share: of the points, -1 to 1. number and tolerance: of numeric questions; the text of any other number is “*”.
    """

    text: str
    share: Fraction = NONE
    feedback: str = ""
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True)
class Pair:
    """Two things that belong together; a distractor has no left side."""

    left: str
    right: str


@dataclass(frozen=True)
class Item:
    """A question. Texts are plain.

    answers: of true/false the first is “true”, the second “false”; of ordering they stand in their right order.
    points, penalty (the share that each further try costs) and shuffle are None where a file says nothing of them.
    """

    kind: ItemKind
    prompt: str
    id: str = ""
    name: str = ""
    category: str = ""
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    feedback: str = ""
    hints: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    points: Fraction | None = None
    penalty: Fraction | None = None
    shuffle: bool | None = None
    case_matters: bool = False
    pictures: tuple[FilePicture, ...] = ()
    position: Position = field(default=Position(), compare=False)

    @property
    def title(self) -> str:
        """Return what a report calls it."""
        return self.name or short_name(self.prompt)


@dataclass
class Reading:
    """What a reader found. Items with a fault are not among `items`."""

    items: list[Item] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def fault(self, code: str, position: Position, /, **details: object) -> None:
        """Note a fault, unless there are too many to be read."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(code, position, {name: str(value) for name, value in details.items()}))

    def settle(self) -> None:
        """Keep the first of the questions that share an id, and put the faults into their order."""
        kept: list[Item] = []
        seen: set[str] = set()
        for item in self.items:
            if item.id and item.id in seen:
                self.fault("doubled-id", item.position, id=item.id[:80])
            else:
                kept.append(item)
                seen.add(item.id)
        self.items = kept
        self.faults.sort(key=lambda fault: fault.position)

    def loss(self, item: str, what: str, detail: str = "", position: Position | None = None) -> None:
        """Note a loss once."""
        found = Loss(item, what, detail, position)
        if found not in self.losses:
            self.losses.append(found)


Reader = Callable[[bytes], Reading]


class FaultyItemError(Exception):
    """Raised inside readers where a question cannot be read; carries its fault."""

    def __init__(self, code: str, position: Position, /, **details: object) -> None:
        self.fault = Fault(code, position, {name: str(value) for name, value in details.items()})
        super().__init__(code)


def short_name(prompt: str) -> str:
    """Return the name that a question without one gets: the beginning of its words."""
    words = " ".join(prompt.split())
    if len(words) <= _MAX_NAME:
        return words
    return words[:_MAX_NAME].rsplit(" ", 1)[0].rstrip() + "…"


def tidy(text: str) -> str:
    """Return a text with one kind of line end, and nothing empty around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_sound(character: str) -> bool:
    """Return whether a character can stand in every format: no control character, no half of one, no noncharacter."""
    code = ord(character)
    if code < 0x20:
        return character in "\t\n\r"
    return not (0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0 or code & 0xFFFE == 0xFFFE)


def sound(text: str) -> str:
    """Return a text without the characters that cannot stand in a file."""
    return "".join(character for character in text if is_sound(character))


def lost_between(before: Item, after: Item) -> list[str]:
    """Return what of an item did not come back: names of its fields, those of answers as `answers.<name>`.

    A name made of the prompt is no loss.
    """
    plain = ("kind", "prompt", "id", "category", "feedback", "hints", "tags", "points", "penalty", "shuffle")
    lost = [name for name in (*plain, "case_matters", "pairs", "pictures") if _differs(before, after, name)]
    if before.name not in {"", after.name, short_name(before.prompt)}:
        lost.append("name")
    if len(before.answers) != len(after.answers):
        return [*lost, "answers"]
    both = list(zip(before.answers, after.answers, strict=True))
    names = ("text", "share", "feedback", "number", "tolerance")
    return lost + [f"answers.{name}" for name in names if any(_differs(one, other, name) for one, other in both)]


def _differs(before: object, after: object, name: str) -> bool:
    one, other = getattr(before, name), getattr(after, name)
    if name == "penalty" and not one:
        return False
    if name in {"tags", "hints"}:
        # More than there was is no loss.
        return not set(one) <= set(other)
    if one in {None, ""} if not isinstance(one, tuple) else not one:
        return False
    return bool(one != other)
