"""Texts as they are shown, and points as they are written."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from quizzes.templatetags.words import points
from quizzes.words import Word, plain_words, without_unknown, words_in


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (Fraction(5, 2), "en", "2.5"),
        (Fraction(5, 2), "el", "2,5"),
        (Fraction(1, 3), "nl", "0,33"),
        (Decimal("10.0000"), "en", "10"),
        (Decimal("2.4000"), "it", "2,4"),
        (3, "es", "3"),
        (None, "en", ""),
    ],
)
def test_points_are_written_as_a_reader_writes_them(value: Fraction | None, language: str, written: str) -> None:
    with translation.override(language):
        assert points(value) == written


def test_words_that_a_translation_lacks_are_the_sources_and_marked() -> None:
    mine = {"prompt": "Τι;", "choices": {"a": {"text": "Same"}, "b": {"text": "Β"}}}
    source = {"prompt": "What?", "hint": "Look.", "choices": {"a": {"text": "Same"}, "b": {"text": "B"}}}
    shown = words_in(mine, source, "en")
    assert (shown["prompt"], shown["hint"]) == (Word("Τι;"), Word("Look.", "en"))
    assert shown.under("choices", "a")["text"] == Word("Same", "en")
    assert shown.under("choices", "b")["text"] == Word("Β")


def test_words_that_nobody_wrote_are_empty() -> None:
    shown = plain_words({"prompt": "What?"})
    assert (shown["prompt"], shown["hint"], shown.under("choices", "x")["text"]) == (Word("What?"), Word(""), Word(""))


def test_words_that_the_source_does_not_have_are_left_out() -> None:
    texts = {"q": {"prompt": "Τι;", "choices": {"a": {"text": "Α"}, "gone": {"text": "Χ"}}}, "gone": {"prompt": "Χ"}}
    known = {"q": {"prompt": "What?", "choices": {"a": {"text": "A"}}}, "new": {"prompt": "New?"}}
    assert without_unknown(texts, known) == {"q": {"prompt": "Τι;", "choices": {"a": {"text": "Α"}}}}
