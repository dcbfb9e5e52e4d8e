"""Draws: how many, how balanced, how fair, and the same for the same seed."""

import hashlib
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.running.drawing import draw, grouped
from quizzes.running.facets import held
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


def pool(per_facet: tuple[int, int, int, int] = (5, 5, 5, 5)) -> list[Question]:
    """Return questions of four facets over five topics, and a scenario of four questions of one facet."""
    facets = [f"f{facet}" for facet, count in enumerate(per_facet) for _each in range(count)]
    made = [single(f"q{number}", f"t{number % 5}", facet) for number, facet in enumerate(facets)]
    members = [Question(f"s{n}", "single_choice", "f0", "t1", 1, scenario="s") for n in range(4)]
    return [*made[:9], Question("s", "scenario"), *members, *made[9:]]


def drawn_from(bank: list[Question], count: int, seed: str, each_facet: int) -> list[Question]:
    """Return the questions that a draw asks, without scenarios themselves."""
    asked = set(draw(bank, count, seed=seed, each_facet=each_facet))
    return [question for question in bank if question.id in asked and question.kind != "scenario"]


def test_draw_that_is_not_told_of_facets_stays_as_it_was_before_there_was_such_a_rule() -> None:
    """A thousand draws, as they were then."""
    questions = [single(f"q{number}", f"t{number % 5}", f"f{number * 7 % 4}") for number in range(20)]
    members = [Question(f"s{n}", "single_choice", "f0", "t1", 1, scenario="s") for n in range(4)]
    bank = [*questions[:9], Question("s", "scenario"), *members, *questions[9:]]
    draws = "\n".join(" ".join(draw(bank, 12, seed=str(seed))) for seed in range(1000))
    known = "7dc23c2191788b3d57bc41713a6c28e3456b0f27c2584f37c65c2193370acc1f"
    assert hashlib.sha256(draws.encode()).hexdigest() == known


@pytest.mark.parametrize("per_facet", [(5, 5, 5, 5), (14, 2, 2, 2), (0, 9, 9, 2), (11, 3, 3, 3)])
def test_draw_holds_two_of_each_facet_whatever_the_seed(per_facet: tuple[int, int, int, int]) -> None:
    bank = pool(per_facet)
    with_scenario = 0
    for seed in range(1000):
        asked = drawn_from(bank, 12, str(seed), 2)
        facets = Counter(question.facet for question in asked)
        assert len(asked) == 12
        assert min(facets[facet] for facet in ("f0", "f1", "f2", "f3")) >= 2
        of_scenario = sum(question.scenario == "s" for question in asked)
        assert of_scenario in {0, 4}
        with_scenario += of_scenario == 4
    assert with_scenario > 0


def test_draw_would_lack_a_facet_if_it_were_not_held() -> None:
    bank = pool((14, 2, 2, 2))
    lacking = [
        seed
        for seed in range(1000)
        if min(Counter(question.facet for question in drawn_from(bank, 12, str(seed), 0))[f"f{n}"] for n in range(4))
        < 2
    ]
    assert len(lacking) > 100


small = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 2), st.tuples(st.integers(0, 3))),
        st.tuples(st.integers(0, 2), st.lists(st.integers(0, 3), min_size=2, max_size=4).map(tuple)),
    ),
    min_size=1,
    max_size=9,
).map(
    lambda bundles: [
        question
        for number, (topic, facets) in enumerate(bundles)
        for question in (
            [single(f"q{number}", f"t{topic}", f"f{facets[0]}")]
            if len(facets) == 1
            else [
                Question(f"s{number}", "scenario"),
                *[
                    Question(f"s{number}.{n}", "single_choice", f"f{facet}", f"t{topic}", 1, scenario=f"s{number}")
                    for n, facet in enumerate(facets)
                ],
            ]
        )
    ]
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(small, st.integers(1, 12), st.integers(1, 3), seeds)
def test_draw_holds_as_much_of_each_facet_as_any_choice_of_so_many_could(
    bank: list[Question], count: int, each: int, seed: str
) -> None:
    asked = drawn_from(bank, count, seed, each)
    members = [tuple(found) for _case, found in grouped(bank)]
    choices = [
        [question for bundle in chosen for question in bundle]
        for size in range(1, len(members) + 1)
        for chosen in combinations(members, size)
    ]
    best = max(
        held(Counter(question.facet for question in chosen), each) for chosen in choices if len(chosen) == len(asked)
    )
    assert len(asked) == len(drawn_from(bank, count, seed, 0))
    assert held(Counter(question.facet for question in asked), each) == best


@settings(derandomize=True, max_examples=200, deadline=None)
@given(banks, st.integers(1, 20), st.integers(1, 3), seeds)
def test_draw_that_holds_facets_has_no_exchange_that_would_spread_it_better_over_topics(
    bank: list[Question], count: int, each: int, seed: str
) -> None:
    asked = drawn_from(bank, count, seed, each)
    topics = Counter(question.topic for question in asked)
    facets = Counter(question.facet for question in asked)
    for mine in asked:
        for other in (question for question in bank if question not in asked):
            if topics[mine.topic] > topics[other.topic] + 1:
                after = facets - Counter([mine.facet]) + Counter([other.facet])
                assert held(after, each) < held(facets, each)


def test_draw_that_holds_facets_gives_questions_of_a_stratum_the_same_chance() -> None:
    bank = of([(0, 0)] * 6 + [(1, 0)] * 3 + [(0, 1)] * 3 + [(1, 1)] * 2)
    rounds = 1500
    got = Counter(question.id for seed in range(rounds) for question in drawn_from(bank, 6, str(seed), 2))
    for cell in ({"q0", "q1", "q2", "q3", "q4", "q5"}, {"q6", "q7", "q8"}, {"q9", "q10", "q11"}, {"q12", "q13"}):
        chance = sum(got[each] for each in cell) / rounds / len(cell)
        for each in cell:
            assert abs(got[each] - rounds * chance) < 4 * (rounds * chance * (1 - chance)) ** 0.5


def test_draw_without_room_for_all_gives_each_facet_its_first_before_any_its_second() -> None:
    bank = of([(topic, facet) for topic in range(3) for facet in range(4)])
    for seed in range(200):
        facets = Counter(question.facet for question in drawn_from(bank, 6, str(seed), 2))
        assert sorted(facets.values()) == [1, 1, 2, 2]
