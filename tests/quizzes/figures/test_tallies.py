"""Sums over attempts."""

import random

import numpy as np
import pytest

from quizzes.figures.statistics import Correlation, correlation
from quizzes.figures.tallies import UNIT, Chosen, Item, Response, Taking, summed, tallied
from tests.quizzes.figures.making import choice, taking

ITEMS = (choice("p"), choice("q", points=2))
CORE = {"p", "q"}


def test_sums_are_those_of_a_table_worked_by_hand() -> None:
    # In points: who, p (of 1), q (of 2), so the rest of p is q.
    #   1  a  1   a  2
    #   2  a  1   b  0
    #   3  b  0   a  2
    #   4  -  0   a  2
    #   5  a  1   a  2
    given = [("a", "a"), ("a", "b"), ("b", "a"), ("", "a"), ("a", "a")]
    tally = tallied(ITEMS, [taking(ITEMS, {"p": p, "q": q}) for p, q in given], core=CORE)["en"]
    p = tally.items["p"]
    assert (p.asked, p.full, p.none) == (5, 3, 2)
    assert (p.points, p.rest) == (3 * UNIT, 8 * UNIT)
    assert (p.points_squared, p.rest_squared, p.products) == (3 * UNIT**2, 16 * UNIT**2, 4 * UNIT**2)
    assert p.picks == {("", "a"): Chosen(3, 3, 4 * UNIT), ("", "b"): Chosen(1, 0, 2 * UNIT)}
    assert p.left_open == Chosen(1, 0, 2 * UNIT)
    assert not p.many


def test_attempts_wait_until_five_of_a_language_have_come() -> None:
    six_and_four = [taking(ITEMS, {"p": "a", "q": "a"}, language) for language in ["en", "nl"] * 4 + ["en", "en"]]
    tallies = tallied(ITEMS, six_and_four, core=CORE)
    assert {code: tally.attempts for code, tally in tallies.items()} == {"en": 5}
    tallies = tallied(ITEMS, [*six_and_four, taking(ITEMS, {"p": "a", "q": "a"}, "nl")], core=CORE)
    assert {code: tally.attempts for code, tally in tallies.items()} == {"en": 5, "nl": 5}
    assert summed(tallies.values()).attempts == 10


def test_question_that_was_not_asked_is_not_counted() -> None:
    takings = [taking(ITEMS, {"p": "a"}) for _ in range(5)]
    assert set(tallied(ITEMS, takings, core=set())["en"].items) == {"p"}


def test_several_choices_of_one_person_are_noted() -> None:
    takings = [taking(ITEMS, {"p": "ab", "q": "a"}) for _ in range(5)]
    tally = tallied(ITEMS, takings, core=CORE)["en"]
    assert tally.items["p"].many
    assert not tally.items["q"].many


def test_answers_to_several_parts_are_not_several_choices() -> None:
    item = Item("m", UNIT, (("x", "1"), ("y", "1")))
    takings = [Taking("en", 1, {"m": Response(0, frozenset({("x", "1"), ("y", "1")}))}) for _ in range(5)]
    assert not tallied([item], takings, core={"m"})["en"].items["m"].many


@pytest.mark.parametrize("seed", range(6))
def test_item_rest_correlation_is_what_numpy_says(seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - a table for a test
    items = [Item(str(number), drawn.randrange(1, 4) * UNIT) for number in range(6)]
    shares = [[drawn.choice([0, 0.5, 1]) for _ in items] for _ in range(60)]
    takings = [
        Taking(
            drawn.choice(["en", "nl", "el"]),
            0,
            {item.id: Response(round(share * item.points)) for item, share in zip(items, row, strict=True)},
        )
        for row in shares
    ]
    counted = [one for language in ("en", "nl", "el") for one in _in_fives(takings, language)]
    points = np.array([[one.responses[item.id].points for item in items] for one in counted], dtype=float)
    tally = summed(tallied(items, takings, core={item.id for item in items}).values())
    for place, item in enumerate(items):
        sums = tally.items[item.id]
        found = correlation(
            n=sums.asked,
            x=sums.points,
            y=sums.rest,
            xx=sums.points_squared,
            yy=sums.rest_squared,
            xy=sums.products,
        )
        rest = points.sum(axis=1) - points[:, place]
        assert isinstance(found, Correlation)
        assert found.value == pytest.approx(float(np.corrcoef(points[:, place], rest)[0, 1]), abs=1e-9)


def _in_fives(takings: list[Taking], language: str) -> list[Taking]:
    own = [one for one in takings if one.language == language]
    return own[: len(own) // 5 * 5]
