"""Writes Moodle XML. What it has no place for is left out; whoever reads the file back sees what."""

import base64
import html
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from quizzes.formats.items import NONE, Answer, FilePicture, Item, ItemKind, short_name, sound
from quizzes.formats.markup import PLUGIN_FILE, to_html
from quizzes.formats.numbers import write_number, write_share

_TYPES = {
    ItemKind.SINGLE_CHOICE: "multichoice",
    ItemKind.MULTIPLE_CHOICE: "multichoice",
    ItemKind.TRUE_FALSE: "truefalse",
    ItemKind.SHORT_ANSWER: "shortanswer",
    ItemKind.NUMERIC: "numerical",
    ItemKind.MATCHING: "matching",
    ItemKind.ORDERING: "ordering",
    ItemKind.ESSAY: "essay",
    ItemKind.DESCRIPTION: "description",
}


def write_moodle_xml(items: Iterable[Item], *, title: str = "") -> bytes:
    """Return a Moodle XML file (UTF-8).

    title: the category that the questions are put into.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    if title:
        lines += ['  <question type="category">', f"    <category>{_plain(title)}</category>", "  </question>"]
    for item in items:
        lines += [f'  <question type="{_TYPES[item.kind]}">', *(f"    {line}" for line in _question(item))]
        lines.append("  </question>")
    return ("\n".join([*lines, "</quiz>"]) + "\n").encode("utf-8")


def _question(item: Item) -> Iterator[str]:
    yield f"<name>{_plain(item.name or short_name(item.prompt))}</name>"
    yield f'<questiontext format="html">{_prompt(item)}{"".join(map(_file, item.pictures))}</questiontext>'
    yield f'<generalfeedback format="html">{_html(item.feedback)}</generalfeedback>'
    yield f"<defaultgrade>{_points(item.points or NONE)}</defaultgrade>"
    yield f"<penalty>{_points(item.penalty or NONE)}</penalty>"
    yield "<hidden>0</hidden>"
    yield f"<idnumber>{html.escape(sound(item.id), quote=False)}</idnumber>"
    if item.shuffle is not None:
        yield f"<shuffleanswers>{'true' if item.shuffle else 'false'}</shuffleanswers>"
    yield from _ANSWERS.get(item.kind, _nothing)(item)
    for hint in item.hints:
        yield f'<hint format="html">{_html(hint)}</hint>'
    if item.tags:
        yield "<tags>" + "".join(f"<tag>{_plain(tag)}</tag>" for tag in item.tags) + "</tags>"


def _prompt(item: Item) -> str:
    pictures = "".join(
        f'<br><img src="{PLUGIN_FILE}{quote(picture.name)}" alt="{html.escape(sound(picture.alt))}">'
        for picture in item.pictures
    )
    return f"<text>{_cdata(to_html(sound(item.prompt)) + pictures)}</text>"


def _file(picture: FilePicture) -> str:
    data = base64.b64encode(picture.data).decode("ascii")
    return f'<file name={quoteattr(sound(picture.name))} path="/" encoding="base64">{data}</file>'


def _choice(item: Item) -> Iterator[str]:
    yield f"<single>{'true' if item.kind is ItemKind.SINGLE_CHOICE else 'false'}</single>"
    yield from (_answer(answer, "html") for answer in item.answers)


def _true_false(item: Item) -> Iterator[str]:
    yield from (_answer(answer, "moodle_auto_format") for answer in item.answers)


def _short_answer(item: Item) -> Iterator[str]:
    yield f"<usecase>{int(item.case_matters)}</usecase>"
    yield from (_answer(answer, "plain_text") for answer in item.answers)


def _numeric(item: Item) -> Iterator[str]:
    for answer in item.answers:
        if answer.number is None:
            yield _answer(answer, "plain_text")
        else:
            yield _answer(
                Answer(write_number(answer.number), answer.share, answer.feedback),
                "plain_text",
                f"<tolerance>{write_number(answer.tolerance)}</tolerance>",
            )


def _matching(item: Item) -> Iterator[str]:
    for pair in item.pairs:
        yield (f'<subquestion format="html">{_html(pair.left)}<answer>{_plain(pair.right)}</answer></subquestion>')


def _ordering(item: Item) -> Iterator[str]:
    yield "<layouttype>VERTICAL</layouttype>"
    yield "<selecttype>ALL</selecttype>"
    yield "<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype>"
    for place, answer in enumerate(item.answers, 1):
        yield f'<answer fraction="{place}.0000000" format="html">{_html(answer.text)}</answer>'


def _nothing(_item: Item) -> Iterator[str]:
    return iter(())


_ANSWERS: dict[ItemKind, Callable[[Item], Iterator[str]]] = {
    ItemKind.SINGLE_CHOICE: _choice,
    ItemKind.MULTIPLE_CHOICE: _choice,
    ItemKind.TRUE_FALSE: _true_false,
    ItemKind.SHORT_ANSWER: _short_answer,
    ItemKind.NUMERIC: _numeric,
    ItemKind.MATCHING: _matching,
    ItemKind.ORDERING: _ordering,
}


def _answer(answer: Answer, markup: str, more: str = "") -> str:
    text = _html(answer.text) if markup == "html" else _plain(answer.text)
    feedback = f'<feedback format="html">{_html(answer.feedback)}</feedback>'
    return f'<answer fraction="{write_share(answer.share)}" format="{markup}">{text}{feedback}{more}</answer>'


def _html(text: str) -> str:
    return f"<text>{_cdata(to_html(sound(text)))}</text>"


def _plain(text: str) -> str:
    return f"<text>{_cdata(sound(text))}</text>"


def _cdata(text: str) -> str:
    """Return a text as CDATA; what would end that is split over two sections."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if text else ""


def _points(points: Fraction) -> str:
    """Return points with seven decimals, as Moodle writes them."""
    whole = round(points * 10**7)
    return f"{whole // 10**7}.{whole % 10**7:07d}"
