"""A slip of the pen is forgiven, a guess is not made."""

import pytest

from openmuseums.search.spelling import distance, nearest


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("museum", "museum", 0),
        ("musuem", "museum", 1),
        ("museu", "museum", 1),
        ("mseum", "museum", 1),
        ("nusevm", "museum", 2),
    ],
)
def test_distance_counts_slips(one: str, other: str, slips: int) -> None:
    assert distance(one, other, most=3) == distance(other, one, most=3) == slips


def test_distance_stops_counting() -> None:
    assert distance("museum", "collection", most=2) == 3
    assert distance("abcdef", "uvwxyz", most=2) == 3


def test_nearest_takes_the_nearest_and_then_the_first() -> None:
    assert nearest("stratgy", ["tragedy", "strategy"]) == "strategy"
    assert nearest("cart", ["cast", "care"]) == "care"


@pytest.mark.parametrize("word", ["swo", "museoscope"])
def test_nearest_does_not_guess(word: str) -> None:
    assert nearest(word, ["swot", "museum"]) == ""
