"""Questions whose answer is a number."""

from fractions import Fraction
from typing import Any

import pytest

from quizzes.questions import numeric
from quizzes.questions.numbers import NOT_A_NUMBER, WITH_COMMA
from quizzes.questions.typed import LINE, TOO_LONG
from quizzes.scoring import WHOLE, Question
from tests.answers import given, whole


def number(value: str, tolerance: str = "0", *, share: int = 100, relative: bool = False) -> dict[str, Any]:
    found = {"id": f"v{value}", "value": value, "tolerance": tolerance, "share": share}
    return {**found, "relative": True} if relative else found


def question(*values: dict[str, Any], **key: Any) -> Question:
    return Question("q", "numeric", "use", "swot", 2, key={"values": list(values), **key})


def unit(factor: str, *names: str) -> dict[str, Any]:
    return {"id": names[0], "factor": factor, "names": list(names)}


LENGTH = question(
    number("1.5", "0.01"), unit=numeric.OPTIONAL, units=[unit("0.01", "cm", "centimetres"), unit("1", "m")]
)


@pytest.mark.parametrize(
    ("typed", "share"), [("3.14", 1), ("3.15", 1), ("3.13", 1), ("3.1501", 0), ("3.1299", 0), ("-3.14", 0)]
)
def test_both_ends_of_a_tolerance_count(typed: str, share: int) -> None:
    assert numeric.grade(question(number("3.14", "0.01")), given(typed), {}) == share


@pytest.mark.parametrize(("typed", "share"), [("-180", 1), ("-220", 1), ("-179.9", 0), ("-221", 0), ("200", 0)])
def test_relative_tolerance_is_per_cent_of_the_number(typed: str, share: int) -> None:
    assert numeric.grade(question(number("-200", "10", relative=True)), given(typed), {}) == share


def test_numbers_are_compared_exactly() -> None:
    asked = question(number("0.3"))
    assert numeric.grade(asked, given("0.3"), {}) == 1
    assert numeric.grade(asked, given("0.30000000000000004"), {}) == 0


def test_first_number_that_is_near_enough_counts() -> None:
    asked = question(number("1822", "2", share=100), number("1822", "10", share=50))
    shares = [numeric.grade(asked, given(year), {}) for year in ("1823", "1830", "1833")]
    assert shares == [1, Fraction(1, 2), 0]


@pytest.mark.parametrize(("typed", "language", "share"), [("3,14", "nl", 1), ("3.14", "en", 1), ("3,14", "en", 0)])
def test_number_is_read_in_the_language_it_was_typed_in(typed: str, language: str, share: int) -> None:
    assert numeric.grade(question(number("3.14")), given(typed, language=language), {}) == share


@pytest.mark.parametrize("typed", ["250 visitors", "250", "€ 250"])
def test_unit_is_not_looked_at_where_none_is_asked(typed: str) -> None:
    asked = question(number("250"))
    assert (numeric.fault_of(asked, given(typed)), numeric.grade(asked, given(typed), {})) == ("", 1)


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("1.5", 1),
        ("1.5 m", 1),
        ("150 cm", 1),
        ("150 Centimetres", 1),
        ("151cm", 1),
        ("152 cm", 0),
        ("150", 0),
        ("1.5 kg", 0),
    ],
)
def test_number_is_converted_by_the_factor_of_its_unit(typed: str, share: int) -> None:
    assert numeric.fault_of(LENGTH, given(typed)) == ""
    assert numeric.grade(LENGTH, given(typed), {}) == share


def test_units_are_those_of_the_answers_language_else_the_sources() -> None:
    words = {"units": {"m": {"names": "meter\nmeters"}, "cm": {"names": ""}}}
    shares = [
        numeric.grade(LENGTH, given(f"{typed}", language="nl"), words) for typed in ("1,5 meter", "150 cm", "1,5 m")
    ]
    assert shares == [1, 1, 0]


def test_case_of_a_unit_counts_only_where_two_differ_by_it() -> None:
    asked = question(number("5"), unit=numeric.WANTED, units=[unit("1", "MW"), unit("0.000000001", "mW")])
    assert [numeric.grade(asked, given(typed), {}) for typed in ("5 MW", "5 mW", "5 mw")] == [1, 0, 1]


def test_wanted_unit_that_is_missing_is_asked_for() -> None:
    asked = question(number("5"), unit=numeric.WANTED, units=[unit("1", "m²")])
    assert numeric.fault_of(asked, given("5")) == numeric.WITHOUT_UNIT
    assert [numeric.fault_of(asked, given(typed)) for typed in ("5 m2", "5 kg")] == ["", ""]
    assert [numeric.grade(asked, given(typed), {}) for typed in ("5 m2", "5 kg")] == [1, 0]


@pytest.mark.parametrize(
    ("typed", "language", "fault"),
    [
        ("about five", "en", NOT_A_NUMBER),
        ("1.500", "nl", WITH_COMMA),
        ("1" * (LINE + 1), "en", TOO_LONG),
        ("1" * 5000, "en", TOO_LONG),  # more digits than Python reads
        ("5", "en", ""),
    ],
)
def test_what_cannot_be_read_is_refused(typed: str, language: str, fault: str) -> None:
    assert numeric.fault_of(question(number("5")), given(typed, language=language)) == fault


def test_only_one_text_is_taken() -> None:
    assert numeric.read(LENGTH, {WHOLE: ("1", "2"), "other": ("3",)}) == whole("1")


def test_model_answer_is_worth_all_points() -> None:
    assert numeric.model_answer(LENGTH, {}) == whole("1.5 m")
    assert numeric.model_answer(question(number("3", share=50), number("4")), {}) == whole("4")
    assert numeric.model_answer(question(number("3", share=50)), {}) == {}


def test_values_tolerances_and_units_are_the_key() -> None:
    asked = question(number("3"))
    others = [question(number("3", "1")), question(number("4")), question(number("3", share=50)), LENGTH]
    assert numeric.key_of(question(number("3"))) == numeric.key_of(asked)
    assert all(numeric.key_of(other) != numeric.key_of(asked) for other in others)


def test_numbers_that_are_no_numbers_fit_nothing() -> None:
    assert numeric.grade(question(number("")), given("0"), {}) == 0
