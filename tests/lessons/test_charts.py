"""Lengths and figures of bars."""

from lessons.charts import Bar, bars_of, written


def test_longest_bar_is_100_long() -> None:
    assert bars_of([("A", 5), ("B", 20)]) == [Bar("A", "5", 25), Bar("B", "20", 100)]


def test_bars_are_measured_by_the_whole_that_is_given() -> None:
    assert bars_of([("A", 45), ("B", 55)], whole=100) == [Bar("A", "45", 45), Bar("B", "55", 55)]


def test_whole_that_is_exceeded_is_not_used() -> None:
    assert bars_of([("A", 200), ("B", 100)], whole=100) == [Bar("A", "200", 100), Bar("B", "100", 50)]


def test_nothing_and_less_than_nothing_have_no_length() -> None:
    assert bars_of([("A", 0), ("B", 0)]) == [Bar("A", "0", 0), Bar("B", "0", 0)]
    assert bars_of([("A", -3), ("B", 3)]) == [Bar("A", "-3", 0), Bar("B", "3", 100)]


def test_no_figures_make_no_bars() -> None:
    assert bars_of([]) == []


def test_figures_are_written_without_needless_decimals() -> None:
    assert [written(value) for value in (45.0, 0.5, 12.25, 1000000.0, -3.0)] == ["45", "0.5", "12.25", "1000000", "-3"]
