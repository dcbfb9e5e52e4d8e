"""Numbers as people type them, in the manner of each language."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.questions.numbers import NOT_A_NUMBER, WITH_COMMA, WITH_POINT, Typed, stored_number, typed_number

WITH_COMMAS = ("nl", "el", "it", "es", "el-cy", "de")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.14", "3.14"),
        ("0.125", "0.125"),
        (".5", "0.5"),
        ("5.", "5"),
        (" + 3 ", "3"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("1,500.5", "1500.5"),
        ("1,234,567", "1234567"),
        ("1 500", "1500"),
        ("1\u2009500", "1500"),
        ("1\u202f500\u00a0000", "1500000"),
        ("1'500", "1500"),
        ("1\u2019500.25", "1500.25"),
        ("007", "7"),
    ],
)
def test_numbers_in_english_have_a_point(text: str, number: str) -> None:
    assert typed_number(text, "en") == Typed(Fraction(number))


@pytest.mark.parametrize("language", WITH_COMMAS)
@pytest.mark.parametrize(
    ("text", "number"),
    [("3,14", "3.14"), (",5", "0.5"), ("1.500,5", "1500.5"), ("1.234.567", "1234567"), ("1 500,25", "1500.25")],
)
def test_numbers_elsewhere_have_a_comma(text: str, number: str, language: str) -> None:
    assert typed_number(text, language) == Typed(Fraction(number))


@pytest.mark.parametrize("text", ["1.500", "3.14", "0.125", "1.5.5", "1.500.00", "1,5,5", "12 34", "5 5", "1,500.5"])
def test_what_can_be_misread_where_decimals_have_a_comma_is_refused(text: str) -> None:
    assert typed_number(text, "nl").fault == WITH_COMMA


@pytest.mark.parametrize("text", ["1,500", "3,14", "0,125", "1,5,5", "1,500,00", "1.5.5", "12 34", "1.500,5"])
def test_what_can_be_misread_where_decimals_have_a_point_is_refused(text: str) -> None:
    assert typed_number(text, "en").fault == WITH_POINT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "abc",
        "five",
        "1e5",
        "5 of 10",
        "3-4",
        "2*3",
        "1/2",
        "5, maybe",
        "--5",
        "< 5",
        "\u0663",
        "Infinity",
        "NaN",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert typed_number(text, "en") == Typed(fault=NOT_A_NUMBER)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2 m", "m"),
        ("2cm", "cm"),
        ("2 m2", "m2"),
        ("2 m\u00b2", "m\u00b2"),
        ("2 km/h", "km/h"),
        ("2%", "%"),
        ("2 \u20ac", "\u20ac"),
        ("\u20ac 2", "\u20ac"),
        ("\u00a32", "\u00a3"),
        ("2 μέτρα", "μέτρα"),
        ("2 hours.", "hours"),
    ],
)
def test_unit_stands_after_the_number_and_a_currency_before_it_too(text: str, rest: str) -> None:
    assert typed_number(text, "en") == Typed(Fraction(2), rest)


@pytest.mark.parametrize(
    ("text", "number"), [("12.5", "12.5"), ("-3", "-3"), ("0", "0"), ("1,5", None), ("", None), ("1e3", None)]
)
def test_stored_numbers_have_a_point_in_every_language(text: str, number: str | None) -> None:
    assert stored_number(text) == (None if number is None else Fraction(number))


@settings(derandomize=True, max_examples=200)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9), st.booleans())
def test_every_number_is_read_as_it_was_meant(number: Decimal, has_point: bool) -> None:
    plain = f"{number:f}"
    text = plain if has_point else plain.replace(".", ",")
    assert typed_number(text, "en" if has_point else "it") == Typed(Fraction(plain))


@settings(derandomize=True, max_examples=200)
@given(st.text(alphabet="0123456789.,' -+\u20ace%m", max_size=40))
def test_no_text_is_read_in_two_ways(text: str) -> None:
    point, comma = typed_number(text, "en"), typed_number(text, "nl")
    if not point.fault and not comma.fault:
        assert point == comma
