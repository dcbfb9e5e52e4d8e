"""Questions whose prompts are matched with answers."""

from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from quizzes.questions import matching
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.scoring import WHOLE, Given, Parts, Question

pure = settings(derandomize=True, max_examples=60, deadline=None)


def question(answers: str, distractors: str = "") -> Question:
    """Return a question with a prompt a letter: prompts that have the same letter share an answer."""
    pairs = [
        {"id": f"p{place}", "option": f"o{place}", "answer": f"o{answers.index(letter)}"}
        for place, letter in enumerate(answers)
    ]
    others = [{"id": f"d{letter}", "option": f"x{letter}"} for letter in distractors]
    return Question("q", "matching", "use", "swot", 3, key={"pairs": pairs, "distractors": others})


QUESTION = question("abca", "yz")
questions = st.builds(question, st.text("abcd", min_size=1, max_size=8), st.sets(st.sampled_from("wxyz")).map("".join))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, Given]:
    asked = draw(questions)
    options = st.sampled_from(matching.options_of(asked))
    prompts = st.sampled_from([pair["id"] for pair in asked.key["pairs"]])
    chosen = draw(st.dictionaries(prompts, options))
    return asked, Given({prompt: (option,) for prompt, option in chosen.items()})


@pytest.mark.parametrize(
    ("chosen", "share"),
    [
        ({}, "0"),
        ({"p0": "o0"}, "1/4"),
        ({"p0": "o0", "p3": "o0"}, "1/2"),
        ({"p0": "o1", "p1": "o0", "p2": "xy"}, "0"),
        ({"p0": "o0", "p1": "o1", "p2": "o2", "p3": "o0"}, "1"),
        # As a translation offers it that has two words for the one of the source.
        ({"p0": "o3", "p1": "o1", "p2": "o2", "p3": "o0"}, "1"),
    ],
)
def test_matching_counts_each_prompt(chosen: dict[str, str], share: str) -> None:
    given = Given({prompt: (option,) for prompt, option in chosen.items()})
    assert matching.grade(QUESTION, given, {}) == Fraction(share)


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"p0": ("o0",)}, ""),
        ({"p0": ("xz",), "p1": ("o3",)}, ""),
        ({"p0": ("o9",)}, FOREIGN),
        ({"p0": ("p0",)}, FOREIGN),
        ({"p9": ("o0",)}, FOREIGN),
        ({WHOLE: ("o0",)}, FOREIGN),
        ({"p0": ("o0", "o1")}, TOO_MANY),
    ],
)
def test_matching_takes_one_of_its_answers_for_each_prompt(parts: Parts, fault: str) -> None:
    assert matching.fault_of(QUESTION, Given(parts)) == fault


def test_what_is_left_open_is_not_kept() -> None:
    assert matching.read(QUESTION, {"p0": ("", "o0", "o0"), "p1": ("",)}) == {"p0": ("o0",)}


def test_answers_are_offered_once_each() -> None:
    assert matching.options_of(QUESTION) == ["o0", "o1", "o2", "xy", "xz"]


def test_matching_is_complete_when_every_prompt_has_an_answer() -> None:
    model = matching.model_answer(QUESTION, {})
    assert matching.is_complete(QUESTION, Given(model))
    assert not matching.is_complete(QUESTION, Given({part: model[part] for part in ("p0", "p1", "p2")}))


@pure
@drawn(questions)
def test_model_answer_is_worth_all_points(asked: Question) -> None:
    model = Given(matching.model_answer(asked, {}))
    assert (matching.fault_of(asked, model), matching.grade(asked, model, {})) == ("", 1)


@pure
@drawn(answered())
def test_share_is_whole_exactly_for_right_answers_and_never_beyond(case: tuple[Question, Given]) -> None:
    asked, given = case
    share = matching.grade(asked, given, {})
    assert 0 <= share <= 1
    assert (share == 1) is (dict(given.parts) == matching.model_answer(asked, {}))
    assert matching.fault_of(asked, given) == ""


@pure
@drawn(answered())
def test_order_of_the_prompts_makes_no_difference(case: tuple[Question, Given]) -> None:
    asked, given = case
    turned = Given(dict(reversed(given.parts.items())))
    assert matching.grade(asked, turned, {}) == matching.grade(asked, given, {})


@pytest.mark.parametrize(
    ("other", "is_same"),
    [(question("abca"), True), (question("abcb", "yz"), False), (question("abc", "yz"), False)],
)
def test_key_is_what_belongs_to_what(other: Question, is_same: bool) -> None:
    assert (matching.key_of(other) == matching.key_of(QUESTION)) is is_same


def test_key_stays_where_prompts_that_share_an_answer_change_places() -> None:
    turned = {**QUESTION.key, "pairs": []}
    for pair in reversed(QUESTION.key["pairs"]):
        turned["pairs"].append({**pair, "answer": {"o0": "o3"}.get(pair["answer"], pair["answer"])})
    other = Question("q", "matching", "use", "swot", 3, key=turned)
    assert matching.options_of(other) == ["o3", "o2", "o1", "xy", "xz"]
    assert matching.key_of(other) == matching.key_of(QUESTION)
