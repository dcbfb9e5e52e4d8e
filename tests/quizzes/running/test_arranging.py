"""The order in which choices are shown."""

import pytest

from quizzes.running.arranging import AS_WRITTEN, KEEP_LAST, Arranger, shuffled

IDS = ["a", "b", "c", "d", "e"]


def test_order_follows_from_the_seed_alone() -> None:
    assert shuffled(IDS, seed="one") == shuffled(list(reversed(IDS)), seed="one") == ["d", "e", "a", "c", "b"]
    assert len({tuple(shuffled(IDS, seed=str(seed))) for seed in range(50)}) > 30


def test_every_choice_comes_first_about_as_often() -> None:
    first = [shuffled(IDS, seed=str(seed))[0] for seed in range(1000)]
    assert all(150 < first.count(each) < 250 for each in IDS)


@pytest.mark.parametrize(
    ("shuffles", "arrangement", "stays"),
    [(False, "", IDS), (False, KEEP_LAST, IDS), (True, AS_WRITTEN, IDS), (True, KEEP_LAST, ["e"]), (True, "", [])],
)
def test_choices_stay_where_they_are_told_to(shuffles: bool, arrangement: str, stays: list[str]) -> None:
    orders = [Arranger(str(seed), "q", shuffles).choices(IDS, arrangement) for seed in range(20)]
    assert all(sorted(order) == IDS and order[len(IDS) - len(stays) :] == stays for order in orders)
    assert (len({tuple(order) for order in orders}) > 1) is (stays != IDS)


def test_two_questions_of_one_attempt_have_orders_of_their_own() -> None:
    assert {Arranger("seed", str(scope), shuffles=True).shuffled(IDS)[0] for scope in range(20)} == set(IDS)
