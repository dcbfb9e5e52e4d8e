"""A question whose answer is a number, typed in the manner of one's language, with a unit or without."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from quizzes.questions.numbers import stored_number, typed_number
from quizzes.questions.typed import LINE, fault_of_length, lines_of, read_typed, typed
from quizzes.scoring import WHOLE, Given, Parts, Question, Words

IS_GRADED = True
TAKES_ANSWER = True

# What becomes of a unit: without either it is not looked at. OPTIONAL: where none is typed that of the values is meant.
OPTIONAL, WANTED = "optional", "wanted"
WITHOUT_UNIT = "without-unit"


def read(question: Question, parts: Parts) -> Parts:
    """Return what was typed."""
    return read_typed(parts)


def fault_of(question: Question, given: Given) -> str:
    """Return what cannot be kept: what is no number, or can be read as two, or lacks a unit that is wanted."""
    too_long = fault_of_length(given, LINE)  # asked first: thousands of digits are not even read
    if too_long:
        return too_long
    number = typed_number(typed(given), given.language)
    without = WITHOUT_UNIT if question.key.get("unit") == WANTED and not number.rest else ""
    return number.fault or without


def is_complete(question: Question, given: Given) -> bool:
    """Return True: one number is all that is asked."""
    return True


def grade(question: Question, given: Given, words: Words) -> Fraction:
    """Return the share of the first value that the number is near enough to; with a wrong unit, nothing."""
    value = matched(question, given, words)
    return Fraction(value["share"], 100) if value else Fraction(0)


def matched(question: Question, given: Given, words: Words) -> Mapping[str, Any] | None:
    """Return the value among those of the question that the number is near enough to, or None.

    Near enough: not further than the tolerance, which is so many per cent of the value where it is relative; both ends
    count. The number is multiplied by the factor of its unit first.
    """
    number = typed_number(typed(given), given.language)
    factor = _factor(question, number.rest, words)
    if number.fault or factor is None:
        return None
    meant = number.number * factor
    return next((value for value in question.key.get("values", ()) if _is_near(meant, value)), None)


def model_answer(question: Question, words: Words) -> Parts:
    """Return the first value that is worth all points, with its unit where there is one.

    In digits with a point before decimals: whoever shows it in a language writes it anew.
    """
    value = next((value["value"] for value in question.key.get("values", ()) if value["share"] == 100), "")
    return {WHOLE: (f"{value} {unit_of(question, words)}".strip(),)} if value else {}


def unit_of(question: Question, words: Words) -> str:
    """Return the first name of the unit that the values are in, or an empty text where no unit is looked at."""
    if question.key.get("unit", "") not in {OPTIONAL, WANTED}:
        return ""
    return next((names[0] for factor, names in _units(question, words) if factor == 1 and names), "")


def key_of(question: Question) -> Any:
    """Return values, shares, tolerances and units."""
    return [question.key.get("values", []), question.key.get("unit", ""), question.key.get("units", [])]


def _is_near(number: Fraction, value: Mapping[str, Any]) -> bool:
    right, tolerance = stored_number(value["value"]), stored_number(value["tolerance"])
    if right is None or tolerance is None:
        return False
    return abs(number - right) <= (abs(right) * tolerance / 100 if value.get("relative") else tolerance)


def _factor(question: Question, rest: str, words: Words) -> Fraction | None:
    """Return what to multiply by for a unit as it was typed; None for one that the question does not know."""
    mode = question.key.get("unit", "")
    if mode not in {OPTIONAL, WANTED} or (mode == OPTIONAL and not rest):
        return Fraction(1)
    wanted = _tidy(rest)
    exact = (factor for factor, names in _units(question, words) if wanted in map(_tidy, names))
    loose = (factor for factor, names in _units(question, words) if wanted.casefold() in map(_folded, names))
    return next(exact, None) or next(loose, None)


def _units(question: Question, words: Words) -> Iterator[tuple[Fraction, list[str]]]:
    """Yield the factor and the names of each unit: those of the answer's language, else the source's."""
    texts = words.get("units") or {}
    for unit in question.key.get("units", ()):
        names = lines_of(str((texts.get(unit["id"]) or {}).get("names") or "")) or unit["names"]
        yield stored_number(unit["factor"]) or Fraction(1), names


def _tidy(text: str) -> str:
    # As in the number: spaces make no difference, nor does a small figure that stands above the line.
    return "".join(text.rstrip(".").split()).replace("²", "2").replace("³", "3")


def _folded(text: str) -> str:
    return _tidy(text).casefold()
