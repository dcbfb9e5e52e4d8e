"""Writes GIFT that Moodle reads. What GIFT has no place for is left out; whoever reads the file back sees what."""

import re
from collections.abc import Callable, Iterable

from quizzes.formats.items import ONE, Answer, Item, ItemKind, short_name, sound
from quizzes.formats.numbers import write_number, write_share

_SPECIAL = re.compile(r"[\\~=#{}:]")
# What could be taken for the format of a text, or for a weight, is kept from being so.
_LOOKS_LIKE_FORMAT = re.compile(r"\[[a-z]+\]")
_DECIMALS = 5


def write_gift(items: Iterable[Item], *, title: str = "") -> bytes:
    """Return a GIFT file (UTF-8) of the questions that GIFT has a kind for.

    title: the category that the questions are put into.
    """
    blocks = [f"$CATEGORY: {_line(title)}"] if title else []
    blocks += [block for block in map(_question, items) if block]
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def _question(item: Item) -> str:
    write = _WRITERS.get(item.kind)
    if write is None:
        return ""
    comment = _comment(item)
    name = _line(item.name or short_name(item.prompt))
    head = f"::{name}::[plain]{_text(item.prompt)}"
    if item.kind is ItemKind.DESCRIPTION:
        body = head
    else:
        lines = write(item)
        if item.feedback:
            lines.append(f"####{_formatted(item.feedback)}")
        body = "\n".join([f"{head} {{", *(f"  {line}" for line in lines), "}"]) if lines else f"{head} {{}}"
    return f"{comment}\n{body}" if comment else body


def _comment(item: Item) -> str:
    parts = [f"[id:{_bracketed(item.id)}]"] if item.id else []
    parts += [f"[tag:{_bracketed(tag)}]" for tag in item.tags]
    return "// " + " ".join(parts) if parts else ""


def _bracketed(text: str) -> str:
    return " ".join(sound(text).replace("]", "\\]").split())


def _line(text: str) -> str:
    return _text(" ".join(text.split()))


def _text(text: str) -> str:
    escaped = _SPECIAL.sub(lambda found: "\\" + found[0], sound(text))
    return escaped.replace("\n", "\\n")


def _formatted(text: str) -> str:
    mark = "[plain]" if _LOOKS_LIKE_FORMAT.match(text) else ""
    return f"{mark}{_text(text)}"


def _commented(text: str, feedback: str) -> str:
    return f"{text}#{_formatted(feedback)}" if feedback else text


def _weight(answer: Answer, default: object) -> str:
    if answer.share != default or answer.text.startswith("%"):
        return f"%{write_share(answer.share, _DECIMALS)}%"
    return ""


def _choice(item: Item) -> list[str]:
    is_single = item.kind is ItemKind.SINGLE_CHOICE
    return [
        _commented(
            f"={_formatted(answer.text)}"
            if is_single and answer.share == ONE
            else f"~{_weight(answer, 0)}{_formatted(answer.text)}",
            answer.feedback,
        )
        for answer in item.answers
    ]


def _true_false(item: Item) -> list[str]:
    true, false = item.answers
    is_true = true.share == ONE
    right, wrong = (true, false) if is_true else (false, true)
    line = "TRUE" if is_true else "FALSE"
    if right.feedback or wrong.feedback:
        line += f"#{_formatted(wrong.feedback)}"
    return [line + (f"#{_formatted(right.feedback)}" if right.feedback else "")]


def _matching(item: Item) -> list[str]:
    # No sign escapes an arrow.
    return [f"={_formatted(pair.left.replace('->', '→'))} -> {_text(pair.right)}" for pair in item.pairs]


def _short_answer(item: Item) -> list[str]:
    # With an arrow in an answer the whole would be taken for pairs.
    return [
        _commented(f"={_weight(answer, ONE)}{_formatted(answer.text)}", answer.feedback).replace("->", "→")
        for answer in item.answers
    ]


def _numeric(item: Item) -> list[str]:
    lines = ["#"]
    for answer in item.answers:
        if answer.number is None:
            lines.append(_commented("~", answer.feedback))
            continue
        number = f"{write_number(answer.number)}:{write_number(answer.tolerance)}"
        lines.append(_commented(f"={_weight(answer, ONE)}{number}", answer.feedback))
    return lines


def _nothing(_item: Item) -> list[str]:
    return []


_WRITERS: dict[ItemKind, Callable[[Item], list[str]]] = {
    ItemKind.SINGLE_CHOICE: _choice,
    ItemKind.MULTIPLE_CHOICE: _choice,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.MATCHING: _matching,
    ItemKind.NUMERIC: _numeric,
    ItemKind.SHORT_ANSWER: _short_answer,
    ItemKind.ESSAY: _nothing,
    ItemKind.DESCRIPTION: _nothing,
}
