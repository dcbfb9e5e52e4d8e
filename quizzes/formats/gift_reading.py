"""Reads GIFT as Moodle does: https://docs.moodle.org/en/GIFT_format, and where that is silent, as its importer."""

import codecs
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from quizzes.formats.items import (
    GAP,
    NONE,
    ONE,
    Answer,
    FaultyItemError,
    Item,
    ItemKind,
    Pair,
    Position,
    Reading,
    is_sound,
    sound,
    tidy,
)
from quizzes.formats.limits import MAX_ITEMS, MAX_TEXT, MAX_TEXT_BYTES
from quizzes.formats.markup import from_text
from quizzes.formats.numbers import read_number, read_share

# An escaped character stands in the text as one of these and a filler, so that places stay what they are.
_ESCAPES = dict(zip("\\~=#{}:n", "\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7\ufdd8\ufdd9", strict=True))
_FILLER = "\ufdda"
_MEANT = str.maketrans({**{held: real for real, held in _ESCAPES.items()}, _ESCAPES["n"]: "\n", _FILLER: None})
_HELD = frozenset([*_ESCAPES.values(), _FILLER])
_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}\.?[0-9]*)%")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_ID = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_CATEGORY = "$CATEGORY:"


def read_gift(data: bytes) -> Reading:
    """Return the questions of a GIFT file."""
    reading = Reading()
    text = _decode(data, reading)
    if text is None:
        return reading
    category = ""
    for number, block in enumerate(_blocks(text)):
        if number >= MAX_ITEMS:
            reading.fault("too-many-questions", block.at(0), most=MAX_ITEMS)
            break
        if block.text.strip().startswith(_CATEGORY):
            category = sound(tidy(_meant(block.text.strip()[len(_CATEGORY) :])))
            continue
        try:
            item = _Question(block, category, reading).read()
        except FaultyItemError as error:
            reading.faults.append(error.fault)
        else:
            reading.items.append(item)
    reading.settle()
    return reading


def _decode(data: bytes, reading: Reading) -> str | None:
    if len(data) > MAX_TEXT_BYTES:
        reading.fault("too-large", Position(), most=MAX_TEXT_BYTES // 1024 // 1024)
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        reading.fault("not-utf-8", _position(before))
        return None
    held = next((offset for offset, character in enumerate(text) if character in _HELD), None)
    if held is not None:
        reading.fault("bad-character", _position(text[:held]), code=f"U+{ord(text[held]):04X}")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _position(before: str) -> Position:
    return Position(before.count("\n") + 1, len(before) - before.rfind("\n"))


@dataclass
class _Block:
    """Lines between blank lines. In `text` comments are blanked, and escapes held: places stay what they are."""

    line: int
    text: str = ""
    comments: list[str] = field(default_factory=list)

    def at(self, offset: int) -> Position:
        """Return where an offset of the text stands in the file."""
        before = self.text[:offset]
        return Position(self.line + before.count("\n"), offset - before.rfind("\n"))


def _blocks(text: str) -> list[_Block]:
    found: list[_Block] = []
    lines: list[str] = []
    current = _Block(1)
    for number, line in enumerate([*text.split("\n"), ""], 1):
        stripped = line.strip()
        if not stripped:
            current.text = "\n".join(lines)
            if current.text.strip():
                found.append(current)
            current, lines = _Block(number + 1), []
        elif stripped.startswith("//"):
            current.comments.append(stripped)
            lines.append(" ")
        else:
            lines.append(_ESCAPE.sub(lambda escape: _ESCAPES[escape[1]] + _FILLER, line))
    return found


def _meant(text: str) -> str:
    return text.translate(_MEANT)


class _Question:
    """One question while it is read."""

    def __init__(self, block: _Block, category: str, reading: Reading) -> None:
        self.block = block
        self.category = category
        self.reading = reading
        self.text = block.text
        self.start = len(self.text) - len(self.text.lstrip())
        self.dropped: dict[str, None] = {}
        self.markup = "moodle"

    def read(self) -> Item:
        """Return the question; raises FaultyItemError."""
        if len(self.text) > MAX_TEXT:
            raise FaultyItemError("text-too-long", self.block.at(self.start), most=MAX_TEXT)
        for character in "".join(self.block.comments):
            if not is_sound(character):
                raise FaultyItemError("bad-character", self.block.at(0), code=f"U+{ord(character):04X}")
        for offset, character in enumerate(self.text):
            if not is_sound(character) and character not in _HELD:
                raise FaultyItemError("bad-character", self.block.at(offset), code=f"U+{ord(character):04X}")
        name, begin = self._name()
        prompt, (answer_from, answer_to) = self._parts(begin)
        self.prompt = self._plain(prompt, is_prompt=True)
        comment = "\n".join(self.block.comments)
        found = _ID.search(comment)
        item = self._answered(answer_from, answer_to)
        if not item.prompt and item.kind is not ItemKind.MATCHING:
            raise FaultyItemError("no-prompt", self.block.at(self.start))
        item = replace(
            item,
            id=_unbracketed(found[1]) if found else "",
            tags=tuple(dict.fromkeys(_unbracketed(tag) for tag in _TAG.findall(comment))),
            name=" ".join(_meant(name).split()),
            category=self.category,
            position=self.block.at(self.start),
        )
        for what in self.dropped:
            self.reading.loss(item.title, what, position=item.position)
        return item

    def _name(self) -> tuple[str, int]:
        if not self.text.startswith("::", self.start):
            return "", self.start
        end = self.text.find("::", self.start + 2)
        if end < 0:
            raise FaultyItemError("name-not-closed", self.block.at(self.start))
        return self.text[self.start + 2 : end], end + 2

    def _parts(self, begin: int) -> tuple[str, tuple[int, int]]:
        """Return the text of the question, and from where to where its answers stand: (-1, -1) where it has none."""
        opening, closing = self.text.find("{", begin), self.text.find("}", begin)
        if opening < 0 and closing < 0:
            return self.text[begin:], (-1, -1)
        if opening < 0 or 0 <= closing < opening:
            raise FaultyItemError("brace-not-opened", self.block.at(closing))
        if closing < 0:
            raise FaultyItemError("brace-not-closed", self.block.at(opening))
        before, after = self.text[begin:opening], self.text[closing + 1 :]
        gap = GAP if after.strip() else ""
        return f"{before}{gap}{after}", (opening + 1, closing)

    def _plain(self, source: str, *, is_prompt: bool = False) -> str:
        source = source.strip()
        markup = self.markup
        marked = _FORMAT.match(source)
        if marked:
            markup, source = marked[1], source[marked.end() :]
        if is_prompt:
            self.markup = markup
        # Escapes are meant as letters before the markup is: \= in an address is a = there.
        plain = from_text(_meant(source), markup)
        self.dropped |= dict.fromkeys(sorted(plain.dropped))
        if plain.pictures:
            self.dropped["pictures"] = None
        return tidy(plain.text)

    def _answered(self, start: int, end: int) -> Item:
        """Return the question with its answers, by the first of Moodle's rules that fits."""
        if start < 0:
            return Item(ItemKind.DESCRIPTION, self.prompt)
        answers = self.text[start:end]
        general = answers.rfind("####")
        feedback = ""
        if general >= 0:
            feedback = self._plain(answers[general + 4 :])
            answers = answers[:general]
        bare = answers.strip()
        at = start + len(answers) - len(answers.lstrip())
        if not bare:
            return Item(ItemKind.ESSAY, self.prompt, feedback=feedback)
        if bare.startswith("#"):
            item = self._numeric(bare[1:], at + 1)
        elif "~" in bare:
            item = self._choice(bare, at)
        elif "=" in bare and "->" in bare:
            item = self._matching(bare, at)
        elif bare.partition("#")[0].strip() in _TRUTHS:
            item = self._true_false(bare)
        else:
            item = self._short_answer(bare, at)
        return replace(item, feedback=feedback)

    def _choice(self, source: str, at: int) -> Item:
        parts = _split(source, "~=", at)
        is_single = any(mark == "=" for mark, _part, _at in parts)
        answers = []
        for mark, part, place in parts:
            share, text = (ONE, part) if mark == "=" else self._weighed(part, place, NONE)
            answers.append(self._answer(text, share))
        if len(answers) < 2:
            raise FaultyItemError("too-few-choices", self.block.at(at))
        kind = ItemKind.SINGLE_CHOICE if is_single else ItemKind.MULTIPLE_CHOICE
        return Item(kind, self.prompt, answers=tuple(answers))

    def _matching(self, source: str, at: int) -> Item:
        pairs = []
        for _mark, part, place in _split(source, "=", at):
            left, arrow, right = part.partition("->")
            if not arrow:
                raise FaultyItemError("no-arrow", self.block.at(place))
            pairs.append(Pair(self._plain(left), tidy(_meant(right))))
        if len(pairs) < 2:
            raise FaultyItemError("too-few-pairs", self.block.at(at))
        return Item(ItemKind.MATCHING, self.prompt, pairs=tuple(pairs))

    def _true_false(self, source: str) -> Item:
        answer, _mark, comments = source.partition("#")
        is_true = _TRUTHS[answer.strip()]
        wrong, _mark, right = comments.partition("#")
        said = {is_true: self._plain(right), not is_true: self._plain(wrong)}
        answers = (
            Answer("true", ONE if is_true else NONE, said[True]),
            Answer("false", NONE if is_true else ONE, said[False]),
        )
        return Item(ItemKind.TRUE_FALSE, self.prompt, answers=answers)

    def _short_answer(self, source: str, at: int) -> Item:
        answers = []
        for _mark, part, place in _split(source, "=", at):
            share, text = self._weighed(part, place, ONE)
            answers.append(self._answer(text, share))
        if not any(answer.text for answer in answers):
            raise FaultyItemError("no-answer", self.block.at(at))
        return Item(ItemKind.SHORT_ANSWER, self.prompt, answers=tuple(answers))

    def _numeric(self, source: str, at: int) -> Item:
        source, tilde, wrong = source.partition("~")
        answers = []
        for _mark, part, place in _split(source, "=", at):
            share, text = self._weighed(part, place, ONE)
            number, _hash, comment = text.partition("#")
            value, tolerance = self._number(number, place)
            answers.append(Answer("", share, self._plain(comment), value, tolerance))
        if not answers:
            raise FaultyItemError("no-answer", self.block.at(at))
        if tilde:
            text, _hash, comment = wrong.partition("#")
            answers.append(Answer("*", NONE, self._plain(comment)))
        return Item(ItemKind.NUMERIC, self.prompt, answers=tuple(answers))

    def _number(self, text: str, place: int) -> tuple[Decimal, Decimal]:
        lowest, dots, highest = _meant(text).partition("..")
        if dots:
            low, high = read_number(lowest), read_number(highest)
            if low is not None and high is not None and low <= high:
                # Whole halves of both keep this exact.
                return (low + high) / 2, (high - low) / 2
        else:
            number, colon, margin = _meant(text).partition(":")
            value, tolerance = read_number(number), read_number(margin) if colon else Decimal(0)
            if value is not None and tolerance is not None and tolerance >= 0:
                return value, tolerance
        raise FaultyItemError("no-number", self.block.at(place), text=_meant(text).strip()[:40])

    def _weighed(self, part: str, place: int, default: Fraction) -> tuple[Fraction, str]:
        text = part.lstrip()
        weight = _WEIGHT.match(text)
        if not weight:
            return default, text
        share = read_share(weight[1])
        if share is None:
            raise FaultyItemError("bad-weight", self.block.at(place), weight=weight[0])
        return share, text[weight.end() :]

    def _answer(self, source: str, share: Fraction) -> Answer:
        text, _mark, comment = source.partition("#")
        return Answer(self._plain(text), share, self._plain(comment))


def _split(source: str, marks: str, at: int) -> list[tuple[str, str, int]]:
    """Return the parts that begin with a mark: the mark, what follows, and where that stands.

    What comes before the first mark is a part as well, unless it is empty.
    """
    found: list[tuple[str, str, int]] = []
    mark, begin = "", 0
    for offset, character in enumerate(source):
        if character in marks:
            if offset > begin or mark:
                found.append((mark, source[begin:offset], at + begin))
            mark, begin = character, offset + 1
    found.append((mark, source[begin:], at + begin))
    # Moodle writes ~= where it means =.
    parts = [part for index, part in enumerate(found) if not (_is_empty_tilde(part) and _follows(found, index))]
    return [part for part in parts if part[0] or part[1].strip()]


def _is_empty_tilde(part: tuple[str, str, int]) -> bool:
    return part[0] == "~" and not part[1].strip()


def _follows(parts: list[tuple[str, str, int]], index: int) -> bool:
    return index + 1 < len(parts) and parts[index + 1][0] == "="


def _unbracketed(text: str) -> str:
    return text.replace("\\]", "]").strip()
