"""Questions whose items are put into their order."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from quizzes.questions import ordering
from quizzes.questions.choosing import FOREIGN, TOO_MANY
from quizzes.questions.ordering import NEIGHBOURS
from quizzes.scoring import WHOLE, Given, Parts, Question

pure = settings(derandomize=True, max_examples=60, deadline=None)


def question(items: str = "abcd", scoring: str = "") -> Question:
    """Return a question whose items are called by one letter each."""
    return Question(
        "q", "ordering", "use", "swot", 3, key={"items": [{"id": item} for item in items], "scoring": scoring}
    )


def placed(order: str, **more: str) -> Given:
    """Return an answer that puts items into an order; a dash leaves a place out. more: further items and places."""
    places = {item: (str(place),) for place, item in enumerate(order, start=1) if item != "-"}
    return Given({**places, **{item: (place,) for item, place in more.items()}})


@pytest.mark.parametrize(
    ("order", "whole", "neighbours"),
    [
        ("abcd", "1", "1"),
        ("bcda", "0", "2/3"),
        ("dabc", "0", "2/3"),
        ("bacd", "0", "1/3"),
        ("acbd", "0", "0"),
        ("dcba", "0", "0"),
        ("abc-", "0", "2/3"),
        ("ab-d", "0", "1/3"),
        ("a", "0", "0"),
        ("", "0", "0"),
    ],
)
def test_order_is_worth_all_or_a_share_for_each_neighbour(order: str, whole: str, neighbours: str) -> None:
    assert ordering.grade(question(), placed(order), {}) == Fraction(whole)
    assert ordering.grade(question(scoring=NEIGHBOURS), placed(order), {}) == Fraction(neighbours)


def test_items_in_the_same_place_follow_nothing() -> None:
    given = placed("abc", d="2")
    assert ordering.grade(question(scoring=NEIGHBOURS), given, {}) == 0
    assert ordering.order_in(question(), given) == {1: "a", 3: "c"}


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"a": ("4",)}, ""),
        ({"a": ("1",), "b": ("1",)}, ""),
        ({"a": ("0",)}, FOREIGN),
        ({"a": ("5",)}, FOREIGN),
        ({"a": ("01",)}, FOREIGN),
        ({"x": ("1",)}, FOREIGN),
        ({WHOLE: ("a", "b", "c", "d")}, FOREIGN),
        ({"a": ("1", "2")}, TOO_MANY),
    ],
)
def test_each_item_takes_one_of_the_places(parts: Parts, fault: str) -> None:
    assert ordering.fault_of(question(), Given(parts)) == fault


@pytest.mark.parametrize(
    ("given", "is_complete"), [(placed("dbca"), True), (placed("abc"), False), (placed("abc", d="3"), False)]
)
def test_order_is_complete_when_each_item_has_a_place_of_its_own(given: Given, is_complete: bool) -> None:
    assert ordering.is_complete(question(), given) is is_complete


def test_only_the_right_order_is_worth_everything() -> None:
    for scoring in ("", NEIGHBOURS):
        asked = question(scoring=scoring)
        worth = [ordering.grade(asked, placed("".join(order)), {}) for order in permutations("abcd")]
        assert (worth.count(Fraction(1)), worth[0]) == (1, 1)


@pure
@drawn(st.integers(3, 8), st.sampled_from(["", NEIGHBOURS]))
def test_model_answer_is_worth_all_points(count: int, scoring: str) -> None:
    asked = question("abcdefgh"[:count], scoring)
    model = Given(ordering.model_answer(asked, {}))
    assert (ordering.fault_of(asked, model), ordering.is_complete(asked, model)) == ("", True)
    assert ordering.grade(asked, model, {}) == 1


@pure
@drawn(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 6).map(str), min_size=1),
    st.sampled_from(["", NEIGHBOURS]),
)
def test_share_stays_in_its_bounds_whatever_the_order_of_the_parts(places: dict[str, str], scoring: str) -> None:
    asked = question("abcdef", scoring)
    given = Given({item: (place,) for item, place in places.items()})
    share = ordering.grade(asked, given, {})
    assert 0 <= share <= 1
    assert ordering.grade(asked, Given(dict(reversed(given.parts.items()))), {}) == share
    assert (share == 1) is (dict(given.parts) == ordering.model_answer(asked, {}))


@pytest.mark.parametrize(
    ("other", "is_same"), [(question(), True), (question("abdc"), False), (question(scoring=NEIGHBOURS), False)]
)
def test_key_is_the_order_and_how_it_is_counted(other: Question, is_same: bool) -> None:
    assert (ordering.key_of(other) == ordering.key_of(question())) is is_same
