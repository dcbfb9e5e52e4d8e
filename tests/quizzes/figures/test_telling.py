"""Figures in words."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from quizzes.figures.reading_words import Code, Saying
from quizzes.figures.shown import Bound, Facility
from quizzes.figures.statistics import Correlation, Why
from quizzes.figures.tallies import MIXED, Pick
from quizzes.figures.telling import (
    discrimination_in_words,
    facility_in_words,
    name_of,
    saying_in_words,
    words_of_pick,
)
from quizzes.scoring import Question
from quizzes.words import plain_words


@pytest.mark.parametrize(
    ("facility", "words"),
    [
        (None, "–"),
        (Facility(Fraction(2, 3)), "67\u00a0%"),
        (Facility(Fraction(1, 20), Bound.LOW), "under 5\u00a0%"),
        (Facility(Fraction(19, 20), Bound.HIGH), "over 95\u00a0%"),
        (Facility(Fraction(1, 2), is_rounded=True), "about 50\u00a0%"),
    ],
)
def test_facility_is_told(facility: Facility | None, words: str) -> None:
    assert facility_in_words(facility) == words


def test_discrimination_is_told_with_its_bounds_or_with_the_reason() -> None:
    assert discrimination_in_words(Correlation(-0.004, -0.25, 0.5)) == "0.00 (\u22120.25 to 0.50)"
    assert discrimination_in_words(Why.DRAWN) == "drawn"
    assert discrimination_in_words(Why.HIDDEN) == "–"


def test_numbers_are_written_as_the_language_writes_them() -> None:
    with override("nl"):
        assert discrimination_in_words(Correlation(0.5, 0.25, 0.75)).startswith("0,50 (0,25 ")


@pytest.mark.parametrize("code", [code for code in Code if code not in {Code.CHECK_KEY, Code.IDLE}])
def test_everything_that_can_be_said_has_words(code: Code) -> None:
    assert saying_in_words(Saying(code)).endswith(".")


def test_answers_are_named_by_their_numbers() -> None:
    assert saying_in_words(Saying(Code.CHECK_KEY, (2,))) == "Answer 2 draws the best learners: check the key."
    assert saying_in_words(Saying(Code.CHECK_KEY, (2, 3))) == "Answers 2 and 3 draw the best learners: check the key."
    assert saying_in_words(Saying(Code.IDLE, (3,))) == "Hardly anybody gives answer 3."
    assert saying_in_words(Saying(Code.IDLE, (2, 3, 4))) == "Hardly anybody gives answers 2, 3 and 4."


def test_languages_are_called_by_their_own_names() -> None:
    assert [name_of(code) for code in ("en", "el", MIXED)] == ["English", "Ελληνικά", "Several languages"]


@pytest.mark.parametrize(
    ("kind", "key", "words", "pick", "told"),
    [
        (
            "single_choice",
            {"choices": [{"id": "a", "right": True}, {"id": "b", "right": False}]},
            {"choices": {"a": {"text": "Ours"}, "b": {"text": "Theirs"}}},
            ("", "b"),
            "Theirs",
        ),
        ("true_false", {"answer": "true"}, {}, ("", "false"), "False"),
        ("short_answer", {}, {}, ("", "owned media"), "owned media"),
        ("self_rating", {}, {}, ("", "1"), "Not yet"),
        (
            "ordering",
            {"items": [{"id": "x"}, {"id": "y"}]},
            {"items": {"x": {"text": "First"}}},
            ("x", "2"),
            "2. First",
        ),
        (
            "matching",
            {"pairs": [{"id": p, "answer": a, "option": a} for p, a in (("p", "a"), ("q", "b"))], "distractors": []},
            {"pairs": {"p": {"prompt": "Poster", "answer": "paid"}, "q": {"prompt": "Site", "answer": "owned"}}},
            ("q", "a"),
            "Site – paid",
        ),
    ],
)
def test_answer_is_told_as_its_kind_tells_it(
    kind: str, key: dict[str, object], words: dict[str, object], pick: Pick, told: str
) -> None:
    assert str(words_of_pick(Question("q", kind, key=key), plain_words(words), pick, "en")) == told
