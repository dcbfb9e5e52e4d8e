"""Pictures of which areas are to be chosen."""

import pytest

from quizzes.questions import hotspot
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.scoring import Question
from tests.answers import given, whole

PLACE = {"shape": "rectangle", "left": 0, "top": 0, "width": 100, "height": 100}


def question(right: str, wrong: str = "", *, image: int = 1, **place: int) -> Question:
    choices = [{"id": name, "right": name in right, **PLACE, **place} for name in sorted(right + wrong)]
    return Question("q", "hotspot", "use", "swot", 1, key={"image": image, "choices": choices})


@pytest.mark.parametrize(
    ("right", "chosen", "share"), [("a", "a", 1), ("a", "b", 0), ("ab", "ab", 1), ("ab", "a", 0), ("ab", "abc", 0)]
)
def test_all_right_areas_and_no_other_are_wanted(right: str, chosen: str, share: int) -> None:
    wrong = "".join(sorted(set("abc") - set(right)))
    assert hotspot.grade(question(right, wrong), given(*chosen), {}) == share


@pytest.mark.parametrize(
    ("right", "chosen", "fault"), [("a", "b", ""), ("a", "ab", TOO_MANY), ("ac", "ab", ""), ("a", "x", FOREIGN)]
)
def test_one_area_is_taken_where_one_is_right(right: str, chosen: str, fault: str) -> None:
    wrong = "".join(sorted(set("abc") - set(right)))
    assert hotspot.fault_of(question(right, wrong), given(*chosen)) == fault


def test_model_answer_is_the_right_areas() -> None:
    assert hotspot.model_answer(question("ac", "b"), {}) == whole("a", "c")


def test_picture_and_the_places_of_right_areas_are_the_key() -> None:
    asked = hotspot.key_of(question("a", "b"))
    assert hotspot.key_of(question("a", "bc")) == asked
    assert asked not in [
        hotspot.key_of(other) for other in (question("b", "a"), question("a", "b", image=2), question("a", "b", left=5))
    ]
