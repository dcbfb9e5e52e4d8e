"""Questions made up by hypothesis, and how many of them a test looks at."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from quizzes.formats.items import Answer, FilePicture, Item, ItemKind, Pair, tidy

# The same examples at every run: what a test says does not depend on chance.
FEW = settings(
    derandomize=True, max_examples=50, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
MANY = settings(FEW, max_examples=3000)
PICTURE = b"\x89PNG\r\n\x1a\n"

# What means something to a format, and what people write.
_PIECES = [
    *(
        "~",
        "=",
        "#",
        "{",
        "}",
        ":",
        "\\",
        "\\n",
        "->",
        "%50%",
        "####",
        "::",
        "//",
        "[html]",
        "[plain]",
        "[id:x]",
        "$CATEGORY:",
    ),
    *(
        "]]>",
        "<![CDATA[",
        "<b>",
        "</b>",
        "&amp;",
        "&",
        "<",
        ">",
        '"',
        "'",
        "<!--",
        "-->",
        "@@PLUGINFILE@@/x.png",
        "<br>",
    ),
    *(" ", "  ", "\n", "\t", "\xa0", "\u2028", "*", "T", "TRUE", "_____", "1", "1,5"),
    *("museum", "Μουσείο", "λέξεις", "één", "¿qué?", "’", "🏛", "a\u0301"),
]
texts = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join).map(tidy)
some_texts = texts.filter(bool)
lines = some_texts.map(lambda text: " ".join(text.split())).filter(bool)
# A question in GIFT that seems to begin with a name or a category is none of ours: its name stands before it.
shares = st.sampled_from(
    [Fraction(*pair) for pair in ((0, 1), (1, 2), (1, 3), (2, 3), (1, 4), (-1, 1), (-1, 3), (1, 20))]
)
numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=4).map(lambda number: number.normalize() + 0)
margins = st.decimals(min_value=0, max_value=1000, places=3)
ids = st.uuids(version=4).map(str)
tags = st.lists(st.sampled_from(["make", "swot", "two words", "a]b"]), unique=True, max_size=2).map(tuple)


def _choices(kind: ItemKind) -> st.SearchStrategy[tuple[Answer, ...]]:
    others = st.lists(st.builds(Answer, some_texts, shares, texts), min_size=1, max_size=4)
    if kind is ItemKind.MULTIPLE_CHOICE:
        return st.lists(st.builds(Answer, some_texts, shares, texts), min_size=2, max_size=5).map(tuple)
    right = st.builds(Answer, some_texts, st.just(Fraction(1)), texts)
    return st.tuples(right, others).map(lambda both: (both[0], *both[1]))


def _truths(right: bool, first: str, second: str) -> tuple[Answer, ...]:
    shares = (Fraction(right), Fraction(not right))
    return Answer("true", shares[0], first), Answer("false", shares[1], second)


_ANSWERS: dict[ItemKind, st.SearchStrategy[tuple[Answer, ...]]] = {
    ItemKind.SINGLE_CHOICE: _choices(ItemKind.SINGLE_CHOICE),
    ItemKind.MULTIPLE_CHOICE: _choices(ItemKind.MULTIPLE_CHOICE),
    ItemKind.TRUE_FALSE: st.builds(_truths, st.booleans(), texts, texts),
    ItemKind.SHORT_ANSWER: st.lists(
        st.builds(Answer, lines, st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(0)]), texts),
        min_size=1,
        max_size=3,
    ).map(tuple),
    ItemKind.NUMERIC: st.lists(
        st.builds(Answer, st.just(""), st.sampled_from([Fraction(1), Fraction(1, 3)]), texts, numbers, margins),
        min_size=1,
        max_size=3,
    ).map(tuple),
    ItemKind.ORDERING: st.lists(st.builds(Answer, some_texts, st.just(Fraction(1))), min_size=2, max_size=5).map(tuple),
}
_pairs = st.lists(st.builds(Pair, texts, lines), min_size=2, max_size=4).map(tuple)


@st.composite
def items(draw: Callable[..., Any], kinds: tuple[ItemKind, ...], *, is_rich: bool) -> Item:
    """Make up a question; is_rich: with what only Moodle XML carries."""
    kind = draw(st.sampled_from(kinds))
    item = Item(
        kind,
        draw(some_texts),
        id=draw(ids),
        name=draw(st.one_of(st.just(""), lines)),
        answers=draw(_ANSWERS.get(kind, st.just(()))),
        pairs=draw(_pairs) if kind is ItemKind.MATCHING else (),
        feedback="" if kind is ItemKind.DESCRIPTION else draw(texts),
        tags=draw(tags),
    )
    if not is_rich:
        return item
    pictures = st.lists(st.sampled_from(["a coin.png", "b&'<\".png"]), unique=True, max_size=2)
    return replace(
        item,
        hints=tuple(draw(st.lists(some_texts, max_size=2))),
        points=draw(st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 3), Fraction(10)])),
        penalty=draw(st.sampled_from([None, Fraction(1, 3), Fraction(0)])),
        shuffle=draw(st.sampled_from([None, True, False])),
        case_matters=kind is ItemKind.SHORT_ANSWER and draw(st.booleans()),
        pictures=tuple(FilePicture(name, PICTURE, draw(lines)) for name in draw(pictures)),
    )


nightly = pytest.mark.nightly
ZERO = Decimal(0)
