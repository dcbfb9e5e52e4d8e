"""Questions that are answered in a few words."""

import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as given_that
from hypothesis import settings
from hypothesis import strategies as st

from quizzes.questions import short_answer
from quizzes.questions.typed import LINE, TOO_LONG
from quizzes.scoring import WHOLE, Question
from tests.answers import given, whole


def group(*accepted: str, share: int = 100) -> dict[str, Any]:
    return {"id": accepted[0] if accepted else "none", "share": share, "accepted": list(accepted)}


def question(*answers: dict[str, Any], **key: Any) -> Question:
    return Question("q", "short_answer", "use", "swot", 2, key={"answers": list(answers), **key})


def accepts(accepted: str, typed: str, **key: Any) -> bool:
    return short_answer.grade(question(group(accepted), **key), given(typed), {}) == 1


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        ("the mission", "  The   MISSION "),
        ("Straße", "STRASSE"),
        ("μουσείο", "ΜΟΥΣΕΙΟ"),
        ("μουσείο", "μουσειο"),
        ("φίλος", "ΦΙΛΟΣ"),
        ("φίλος", "φιλοσ"),
        ("l'arte", "l\u2019arte"),
        ("co-creation", "co\u2011creation"),
        ("e\u0301t\u00e9", "\u00e9te\u0301"),
        ("museum*", "museum*"),
    ],
)
def test_what_makes_no_difference_is_accepted(accepted: str, typed: str) -> None:
    assert accepts(accepted, typed)


@pytest.mark.parametrize(
    ("accepted", "typed", "options", "is_accepted"),
    [
        ("SWOT", "swot", {"case": True}, False),
        ("SWOT", "SWOT", {"case": True}, True),
        ("φίλος", "φίλοσ", {"case": True, "accents": True}, True),
        ("año", "ano", {}, True),
        ("año", "ano", {"accents": True}, False),
        ("año", "an\u0303o", {"accents": True}, True),
        ("μουσείο", "μουσειο", {"accents": True}, False),
        ("μουσείο", "ΜΟΥΣΕΊΟ", {"accents": True}, True),
        ("the mission", "the mission.", {}, False),
    ],
)
def test_options_say_what_matters(accepted: str, typed: str, options: dict[str, bool], is_accepted: bool) -> None:
    assert accepts(accepted, typed, **options) is is_accepted


@pytest.mark.parametrize(
    ("accepted", "typed", "is_accepted"),
    [
        ("museum*", "museum", True),
        ("museum*", "Museums", True),
        ("museum*", "a museum", False),
        ("*museum*", "a museum shop", True),
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("a*b*c", "a c b c", True),
        ("a*b*c", "a c c", False),
        ("*ab*ab", "ab", False),
        (r"5 \* 5", "5 * 5", True),
        (r"5 \* 5", "5 x 5", False),
        ("*", "anything at all", True),
    ],
)
def test_star_stands_for_any_text(accepted: str, typed: str, is_accepted: bool) -> None:
    assert accepts(accepted, typed, wildcards=True) is is_accepted


@settings(derandomize=True, max_examples=300)
@given_that(st.text(alphabet="ab*", min_size=1, max_size=8), st.text(alphabet="ab", min_size=1, max_size=10))
def test_stars_fit_as_a_regular_expression_would(accepted: str, typed: str) -> None:
    expected = re.fullmatch(re.escape(accepted).replace(r"\*", ".*"), typed) is not None
    assert accepts(accepted, typed, wildcards=True) is expected


def test_many_stars_take_no_time() -> None:
    assert not accepts("*a" * (LINE // 2) + "b", "a" * LINE, wildcards=True)


def test_first_group_that_fits_counts() -> None:
    asked = question(group("mission"), group("mission*", "vision", share=50), wildcards=True)
    shares = [short_answer.grade(asked, given(typed), {}) for typed in ("mission", "missions", "vision", "plan")]
    assert shares == [1, Fraction(1, 2), Fraction(1, 2), 0]


def test_accepted_is_what_the_language_of_the_answer_accepts_else_the_source() -> None:
    asked = question(group("mission"), group("vision", share=50))
    greek = {"answers": {"mission": {"accepted": "αρχή\nλόγος"}, "vision": {"accepted": " "}}}
    shares = [short_answer.grade(asked, given(typed, language="el"), greek) for typed in ("ΛΟΓΟΣ", "vision", "mission")]
    assert shares == [1, Fraction(1, 2), 0]


@pytest.mark.parametrize(("typed", "fault"), [("a" * LINE, ""), ("a" * (LINE + 1), TOO_LONG)])
def test_more_than_a_line_is_refused(typed: str, fault: str) -> None:
    assert short_answer.fault_of(question(group("a")), given(typed)) == fault


def test_only_one_text_is_taken() -> None:
    assert short_answer.read(question(group("a")), {WHOLE: ("a", "b"), "other": ("c",)}) == whole("a")


@pytest.mark.parametrize(
    ("asked", "model"),
    [
        (question(group("half", share=50), group("all", "everything")), whole("all")),
        (question(group("*", "museum*"), wildcards=True), whole("museum")),
        (question(group(r"5 \* 5"), wildcards=True), whole("5 * 5")),
        (question(group("a*")), whole("a*")),
        (question(group("half", share=50)), {}),
    ],
)
def test_model_answer_is_worth_all_points(asked: Question, model: dict[str, Any]) -> None:
    assert short_answer.model_answer(asked, {}) == model
    assert not model or short_answer.grade(asked, given(*model[WHOLE]), {}) == 1


def test_accepted_answers_shares_and_options_are_the_key() -> None:
    asked = question(group("a"))
    others = [question(group("a", "b")), question(group("a", share=50)), question(group("a"), case=True)]
    assert short_answer.key_of(question(group("a"))) == short_answer.key_of(asked)
    assert all(short_answer.key_of(other) != short_answer.key_of(asked) for other in others)
