"""That what is shown tells of nothing under five, whatever somebody reckons with it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.figures.suppression import FLOOR, groups_to_show, may_show, merged

SMALL = range(FLOOR)


def shown(**counts: int) -> str:
    return "".join(sorted(may_show(counts, sorted(counts))))


def test_counts_of_five_and_more_are_all_shown() -> None:
    assert shown(a=5, b=30, c=9) == "abc"


def test_count_under_five_takes_another_with_it() -> None:
    # Alone, c would be what is missing to the total: 43 - 31 - 9 = 3. a is the first that can go along.
    assert shown(a=9, b=31, c=3) == "b"
    assert shown(a=31, b=9, c=3) == "b"


def test_nobody_is_a_count_under_five() -> None:
    assert shown(a=20, b=20, c=0) == "b"


def test_what_goes_along_needs_room() -> None:
    # a and c are 8 together: were c 4, a would be 4, so c cannot be 4. With b there is room, and a can be shown.
    assert shown(a=5, b=9, c=3, d=40) == "ad"
    assert shown(a=9, b=40, c=3, d=40) == "bd"
    # None has room enough, but two have it together.
    assert shown(a=7, b=7, c=3, d=7) == "d"


def test_nothing_is_shown_where_nothing_has_room() -> None:
    assert shown(a=4, b=8) == ""
    assert shown(a=96, b=4) == ""
    assert shown(a=1) == ""
    assert shown() == ""


def test_what_goes_along_follows_the_order_and_not_the_size() -> None:
    counts = {"a": 3, "b": 50, "c": 20}
    assert may_show(counts, ["b", "c", "a"]) == {"c"}
    assert may_show(counts, ["c", "b", "a"]) == {"b"}


def sums_to(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in sums_to(total - first, parts - 1):
            yield (first, *others)


@settings(derandomize=True, max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=2, max_size=4))
def test_no_count_under_five_can_be_reckoned_from_the_others(counts: list[int]) -> None:
    keys = list(range(len(counts)))
    table = dict(enumerate(counts))
    seen = may_show(table, keys)
    hidden = [key for key in keys if key not in seen]
    small = {key for key in keys if table[key] < FLOOR}
    total = sum(table[key] for key in hidden)
    possible: dict[int, set[int]] = {key: set() for key in small}
    for others in sums_to(total, len(hidden)) if hidden else ():
        other = table | dict(zip(hidden, others, strict=True))
        # Whoever knows which counts are under five asks which tables have the same sum, and the same ones under five.
        if not seen or {key for key in keys if other[key] < FLOOR} == small:
            for key in small:
                possible[key].add(other[key])
    assert seen.isdisjoint(small)
    for values in possible.values():
        if seen:
            assert values == set(SMALL)
        elif total >= FLOOR:
            assert len(values) > 1


def groups(**table: Sequence[int]) -> str:
    return "".join(sorted(groups_to_show(_cells(table), sorted(table))))


def _cells(table: Mapping[str, Sequence[int]]) -> dict[str, dict[int, int]]:
    return {group: dict(enumerate(counts)) for group, counts in table.items()}


def test_groups_with_counts_of_five_and_more_are_all_shown() -> None:
    assert groups(e=(30, 10), n=(5, 5)) == "en"


def test_group_with_a_count_under_five_takes_another_with_it() -> None:
    # Alone, the 2 of n would be 25 - 10 - 13.
    assert groups(e=(30, 10), n=(8, 2), x=(40, 13)) == "x"


def test_group_that_goes_along_needs_room_in_each_category() -> None:
    assert groups(e=(30, 6), n=(8, 2), x=(40, 13), y=(20, 20)) == "ey"
    assert groups(e=(30, 7), n=(8, 2), x=(7, 7), y=(20, 7)) == "y"


def test_no_group_is_shown_where_none_has_room() -> None:
    assert groups(e=(30, 6), n=(8, 2)) == ""


def test_group_that_must_not_be_shown_is_not() -> None:
    table = _cells({"e": (30, 10), "n": (8, 9), "x": (40, 13)})
    assert groups_to_show(table, ["e", "n", "x"], hidden=["e"]) == {"n", "x"}
    assert groups_to_show(table | {"n": {0: 1, 1: 30}}, ["x", "e", "n"], hidden=["e"]) == {"x"}


PAIRS = st.tuples(st.integers(0, 16), st.integers(0, 16)).filter(lambda pair: sum(pair) >= FLOOR)


@settings(derandomize=True, max_examples=30, deadline=None)
@given(st.lists(PAIRS, min_size=2, max_size=4))
def test_no_count_of_a_group_can_be_reckoned_from_the_others(counts: list[tuple[int, int]]) -> None:
    keys = list(range(len(counts)))
    seen = groups_to_show({key: dict(enumerate(pair)) for key, pair in enumerate(counts)}, keys)
    hidden = [key for key in keys if key not in seen]
    total = sum(counts[key][0] for key in hidden)
    small = {(key, place) for key in hidden for place in (0, 1) if counts[key][place] < FLOOR}
    possible: dict[tuple[int, int], set[int]] = {cell: set() for cell in small}
    for firsts in product(*(range(sum(counts[key]) + 1) for key in hidden)) if seen else ():
        other = {key: (first, sum(counts[key]) - first) for key, first in zip(hidden, firsts, strict=True)}
        now_small = {(key, place) for key in hidden for place in (0, 1) if other[key][place] < FLOOR}
        if sum(firsts) == total and now_small == small:
            for key, place in small:
                possible[key, place].add(other[key][place])
    assert all(min(counts[key]) >= FLOOR for key in seen)
    assert not seen or all(values == set(SMALL) for values in possible.values())


@pytest.mark.parametrize(
    ("seen", "result"),
    [({"a", "b"}, {"a": 6, "b": 7, "rest": 1}), ({"a", "b", "c"}, {"a": 6, "b": 7, "c": 1}), (set(), {"rest": 14})],
)
def test_what_is_hidden_is_one_sum(seen: set[str], result: dict[str, int]) -> None:
    assert merged({"a": 6, "b": 7, "c": 1}, seen, "rest") == result
