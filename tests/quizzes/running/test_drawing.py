"""Draws: how many, how balanced, how fair, and the same for the same seed."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.running.drawing import draw, grouped
from quizzes.scoring import Question

pure = settings(derandomize=True, max_examples=60, deadline=None)
seeds = st.integers(0, 10**9).map(str)


def single(name: str, topic: str = "swot", facet: str = "use") -> Question:
    return Question(name, "single_choice", facet, topic, 1)


def scenario(name: str, size: int, topic: str = "swot") -> list[Question]:
    members = [Question(f"{name}{n}", "single_choice", "use", topic, 1, scenario=name) for n in range(size)]
    return [Question(name, "scenario"), *members]


def of(cells: list[tuple[int, int]]) -> list[Question]:
    """Return a question for each pair of topic and facet."""
    return [single(f"q{number}", f"t{topic}", f"f{facet}") for number, (topic, facet) in enumerate(cells)]


banks = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=40).map(of)
# Sizes of scenarios; 1 for a question by itself.
mixed = st.lists(st.integers(1, 5), min_size=1, max_size=10).map(
    lambda sizes: [
        question
        for number, size in enumerate(sizes)
        for question in ([single(f"q{number}")] if size == 1 else scenario(f"s{number}", size))
    ]
)


def totals(questions: list[Question]) -> set[int]:
    """Return the numbers of questions that whole scenarios and single questions can make."""
    made = {0}
    for _case, members in grouped(questions):
        made |= {total + len(members) for total in made}
    return made - {0}


@pure
@given(banks, st.integers(1, 45), seeds)
def test_draw_has_as_many_as_it_should_each_once_in_order(bank: list[Question], count: int, seed: str) -> None:
    asked = draw(bank, count, seed=seed)
    assert len(asked) == min(count, len(bank))
    assert asked == [question.id for question in bank if question.id in set(asked)]


@pure
@given(banks, st.integers(1, 45), seeds)
def test_draw_is_balanced_by_topic_and_by_facet_within_it(bank: list[Question], count: int, seed: str) -> None:
    asked = set(draw(bank, count, seed=seed))
    drawn = [question for question in bank if question.id in asked]
    for stratum in (lambda question: question.topic, lambda question: (question.topic, question.facet)):
        there, got = Counter(map(stratum, bank)), Counter(map(stratum, drawn))
        for one in there:
            for other in there:
                is_comparable = isinstance(one, str) or one[0] == other[0]
                if is_comparable and got[one] < there[one]:
                    assert got[other] <= got[one] + 1


@pure
@given(mixed, st.integers(1, 30), seeds)
def test_draw_takes_scenarios_whole_and_comes_as_close_as_they_let_it(
    bank: list[Question], count: int, seed: str
) -> None:
    by_id = {question.id: question for question in bank}
    asked = [by_id[each] for each in draw(bank, count, seed=seed)]
    whole = grouped(bank)
    assert all(group in whole for group in grouped(asked))
    possible = totals(bank)
    expected = max((total for total in possible if total <= count), default=min(possible))
    assert sum(len(members) for _case, members in grouped(asked)) == expected


@pure
@given(mixed, st.integers(1, 30), seeds)
def test_shuffle_moves_scenarios_whole_and_leaves_their_questions_in_order(
    bank: list[Question], count: int, seed: str
) -> None:
    as_written, in_disorder = (draw(bank, count, seed=seed, shuffles=shuffles) for shuffles in (False, True))
    by_id = {question.id: question for question in bank}
    groups = grouped([by_id[each] for each in in_disorder])
    assert sorted(as_written) == sorted(in_disorder)
    assert all(group in grouped(bank) for group in groups)


def test_draw_gives_questions_of_a_stratum_the_same_chance() -> None:
    bank = of([(0, 0)] * 8 + [(1, 0)] * 3)
    rounds = 1500
    got = Counter(each for number in range(rounds) for each in draw(bank, 4, seed=str(number)))
    # Two of each topic: a quarter of eight, two thirds of three. Four standard deviations of a binomial.
    for question in bank:
        chance = 2 / 8 if question.topic == "t0" else 2 / 3
        assert abs(got[question.id] - rounds * chance) < 4 * (rounds * chance * (1 - chance)) ** 0.5


def test_shuffle_gives_each_place_the_same_chance() -> None:
    bank = of([(0, 0)] * 4)
    rounds = 1200
    first = Counter(draw(bank, None, seed=str(number), shuffles=True)[0] for number in range(rounds))
    assert all(abs(first[question.id] - rounds / 4) < 4 * (rounds * 0.25 * 0.75) ** 0.5 for question in bank)


def test_draw_of_everything_asks_what_there_is_as_it_was_written() -> None:
    bank = [single("a"), *scenario("s", 2), single("b")]
    assert draw(bank, None, seed="x") == draw(bank, 9, seed="x") == ["a", "s", "s0", "s1", "b"]


@pytest.mark.parametrize(
    ("seed", "asked"),
    [("1", ["s", "s0", "s1", "q5", "q2"]), ("2", ["q2", "q0", "q3", "q5"])],
)
def test_draw_of_a_seed_stays_what_it_is(seed: str, asked: list[str]) -> None:
    """The order of attempts that are kept hangs on it."""
    bank = [*of([(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)]), *scenario("s", 2, "t0")]
    assert draw(bank, 4, seed=seed, shuffles=True) == asked
