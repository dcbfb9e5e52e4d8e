"""Texts with gaps that are filled from lists."""

from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from quizzes.questions import fill_in
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.scoring import Given, Parts, Question

pure = settings(derandomize=True, max_examples=60, deadline=None)


def question(*gaps: tuple[str, str]) -> Question:
    """Return a question; a gap is given by the letters of its right choices and of its wrong ones."""
    made = [
        {
            "id": f"g{place}",
            "choices": [{"id": f"{place}{letter}", "right": letter in right} for letter in sorted(right + wrong)],
        }
        for place, (right, wrong) in enumerate(gaps, start=1)
    ]
    return Question("q", "fill_in", "use", "swot", 3, key={"gaps": made})


QUESTION = question(("a", "bc"), ("bc", "a"), ("c", "a"))
gaps = st.tuples(st.sampled_from(["a", "ab"]), st.sampled_from(["c", "cd"]))
questions = st.lists(gaps, min_size=1, max_size=6).map(lambda made: question(*made))


@pytest.mark.parametrize(
    ("chosen", "share"),
    [
        ({}, "0"),
        ({"g1": "1a"}, "1/3"),
        ({"g1": "1b", "g2": "2c"}, "1/3"),
        ({"g1": "1a", "g2": "2c", "g3": "3c"}, "1"),
        ({"g1": "1b", "g2": "2a", "g3": "3a"}, "0"),
    ],
)
def test_each_gap_counts(chosen: dict[str, str], share: str) -> None:
    given = Given({gap: (choice,) for gap, choice in chosen.items()})
    assert fill_in.grade(QUESTION, given, {}) == Fraction(share)


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"g1": ("1c",)}, ""),
        ({"g1": ("2a",)}, FOREIGN),
        ({"g4": ("1a",)}, FOREIGN),
        ({"": ("1a",)}, FOREIGN),
        ({"g1": ("1a", "1b")}, TOO_MANY),
    ],
)
def test_gap_takes_one_choice_of_its_own(parts: Parts, fault: str) -> None:
    assert fill_in.fault_of(QUESTION, Given(parts)) == fault


def test_text_is_complete_when_every_gap_is_filled() -> None:
    assert fill_in.is_complete(QUESTION, Given({"g1": ("1b",), "g2": ("2a",), "g3": ("3a",)}))
    assert not fill_in.is_complete(QUESTION, Given({"g1": ("1a",), "g3": ("3c",)}))


@pure
@drawn(questions)
def test_model_answer_is_worth_all_points(asked: Question) -> None:
    model = Given(fill_in.model_answer(asked, {}))
    assert (fill_in.fault_of(asked, model), fill_in.is_complete(asked, model)) == ("", True)
    assert fill_in.grade(asked, model, {}) == 1


@pure
@drawn(questions, st.data())
def test_share_stays_in_its_bounds_whatever_the_order_of_the_gaps(asked: Question, data: st.DataObject) -> None:
    offered = fill_in.gaps_of(asked)
    parts = {
        gap: (data.draw(st.sampled_from(choices)),) for gap, choices in offered.items() if data.draw(st.booleans())
    }
    share = fill_in.grade(asked, Given(parts), {})
    assert share == fill_in.grade(asked, Given(dict(reversed(parts.items()))), {})
    assert 0 <= share <= Fraction(len(parts), len(offered))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("No gap", ["No gap"]),
        ("[[1]]", [1]),
        ("A [[2]] b [[1]].", ["A ", 2, " b ", 1, "."]),
        ("[[1]][[10]]", [1, 10]),
        ("[1] [[x]] [[100]] [[ 1 ]]", ["[1] [[x]] [[100]] [[ 1 ]]"]),
    ],
)
def test_text_is_made_of_words_and_gaps(text: str, pieces: list[str | int]) -> None:
    assert list(fill_in.pieces_of(text)) == pieces
    assert fill_in.marks_in(text) == [piece for piece in pieces if isinstance(piece, int)]


@pure
@drawn(st.lists(st.one_of(st.text("ab .[]", min_size=1), st.integers(0, 99))))
def test_pieces_hold_the_whole_text(made: list[str | int]) -> None:
    text = "".join(piece if isinstance(piece, str) else f"[[{piece}]]" for piece in made)
    found = "".join(piece if isinstance(piece, str) else f"[[{piece}]]" for piece in fill_in.pieces_of(text))
    assert found == text


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (question(("a", "b"), ("bc", "ad"), ("c", "ab")), True),
        (question(("b", "ac"), ("bc", "a"), ("c", "a")), False),
        (question(("a", "bc"), ("bc", "a")), False),
    ],
)
def test_key_is_what_is_right_in_each_gap(other: Question, is_same: bool) -> None:
    assert (fill_in.key_of(other) == fill_in.key_of(QUESTION)) is is_same
