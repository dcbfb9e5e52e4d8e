"""That nothing under five follows from figures: every table of counts is tried that fits all that is shown."""

from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from quizzes.figures.shown import ItemFigures
from quizzes.figures.suppression import FLOOR
from quizzes.figures.tallies import Taking
from tests.quizzes.figures.making import choice, figures, taking

ITEM = choice("q", options="ab")
CODES = ("en", "nl", "el")
Counts = npt.NDArray[np.int16]
# A table that fails is small enough as it is.
PHASES = (Phase.explicit, Phase.generate)


def attempts(table: Counts) -> list[Taking]:
    """Return attempts; table: how many chose a, chose b and left it open, by language."""
    return [
        taking([ITEM], {"q": letter.strip()}, code)
        for code, row in zip(CODES, table, strict=False)
        for letter, count in zip("ab ", row, strict=True)
        for _ in range(count)
    ]


def worlds(table: Counts) -> Counts:
    """Return all tables with as many attempts in each language: by world, language and answer."""
    each = []
    for total in table.sum(axis=1):
        cuts = combinations_with_replacement(range(int(total) + 1), 2)
        each.append(np.array([(low, high - low, int(total) - high) for low, high in cuts], dtype=np.int16))
    picked = np.meshgrid(*(np.arange(len(counts)) for counts in each), indexing="ij")
    return np.stack([counts[index.ravel()] for counts, index in zip(each, picked, strict=True)], axis=1)


def fitting(tables: Counts, shown: ItemFigures) -> Counts:
    """Return the tables that agree with every figure that is shown."""
    fits = np.ones(len(tables), dtype=bool)
    total, part = tables.sum(axis=1), shown.parts[0]
    for answer, row in enumerate((*part.rows, part.left_open)):
        if row.count is not None:
            fits &= total[:, answer] == row.count
        for code, count in (row.by_group or {}).items():
            fits &= tables[:, CODES.index(code), answer] == count
    if part.together:
        hidden = [answer for answer, row in enumerate((*part.rows, part.left_open)) if row.count is None]
        fits &= total[:, hidden].sum(axis=1) == part.together.count
        for code, count in (part.together.by_group or {}).items():
            fits &= tables[:, CODES.index(code), hidden].sum(axis=1) == count
    if shown.facility and not shown.facility.bound:
        fits &= total[:, 0] == int(shown.facility.value * (shown.asked or 0))
    for code, group in shown.groups.items():
        if group.facility:
            fits &= tables[:, CODES.index(code), 0] == int(group.facility.value * (group.asked or 0))
    return tables[fits]


def check(table: Counts) -> int:
    """Ask of every count under five whether it could be five numbers at least; return how many counts are shown."""
    shown = figures([ITEM], attempts(table)).items[0]
    possible = fitting(worlds(table), shown)
    everybody = (possible.sum(axis=1), table.sum(axis=0))
    for seen, counts in (everybody, *((possible[:, place], row) for place, row in enumerate(table))):
        for answer, count in enumerate(counts):
            if count < FLOOR:
                assert len(np.unique(seen[:, answer])) >= FLOOR
    rows = (*shown.parts[0].rows, shown.parts[0].left_open)
    return sum((row.count is not None) + len(row.by_group or {}) for row in rows)


def in_fives(drawn: list[tuple[int, int, int]]) -> Counts:
    """Return the table with as many more of a as make the attempts of each language fives, and at least one."""
    return np.array([(a + (-(a + b + c) % 5 if a + b + c else 5), b, c) for a, b, c in drawn], dtype=np.int16)


def rows(a: int, b: int, c: int) -> st.SearchStrategy[tuple[int, int, int]]:
    return st.tuples(st.integers(0, a), st.integers(0, b), st.integers(0, c))


@settings(derandomize=True, max_examples=25, deadline=None, phases=PHASES)
@given(st.lists(rows(24, 14, 9), min_size=2, max_size=2))
def test_nothing_follows_from_two_languages(drawn: list[tuple[int, int, int]]) -> None:
    check(in_fives(drawn))


@settings(derandomize=True, max_examples=12, deadline=None, phases=PHASES)
@given(st.lists(rows(9, 4, 2), min_size=3, max_size=3))
def test_nothing_follows_from_three_languages(drawn: list[tuple[int, int, int]]) -> None:
    check(in_fives(drawn))


def test_much_is_shown_where_little_is_small() -> None:
    # Of Dutch 3 left it open: its figures are hidden, and English goes along.
    assert check(np.array([(15, 10, 10), (9, 8, 3)])) == 3
    assert check(np.array([(15, 10, 10), (9, 6, 5)])) == 9
