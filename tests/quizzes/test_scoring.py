"""Scoring, over many generated quizzes and answers."""

import random

import pytest

from quizzes.questions.registry import GRADERS
from quizzes.scoring import (
    Choice,
    FacetScore,
    Question,
    Score,
    has_passed,
    points_to_pass,
    read_structure,
    score,
    write_structure,
)

FACETS = ["use", "manage", "make", "understand"]
CASES = 60


def make_question(chance: random.Random, number: int) -> Question:
    kind = chance.choice(["single_choice", "multiple_choice"])
    count = chance.randint(2, 8)
    rights = 1 if kind == "single_choice" else chance.randint(1, count)
    right = set(chance.sample(range(count), rights))
    return Question(
        id=f"q{number}",
        kind=kind,
        facet=chance.choice(FACETS),
        topic=f"topic-{chance.randint(1, 5)}",
        points=chance.randint(1, 10),
        choices=tuple(Choice(f"q{number}c{place}", place in right) for place in range(count)),
    )


def make_case(seed: int) -> tuple[list[Question], dict[str, list[str]], int]:
    """Return the questions, what was chosen, and the pass mark of one case."""
    chance = random.Random(seed)  # noqa: S311 - the same cases in every run are what is wanted
    questions = [make_question(chance, number) for number in range(chance.randint(1, 15))]
    chosen = {}
    for question in questions:
        ids = sorted(question.choice_ids)
        answers = [
            [],
            sorted(question.right_ids),
            chance.sample(ids, 1),
            chance.sample(ids, chance.randint(1, len(ids))),
        ]
        chosen[question.id] = chance.choice(answers)
    return questions, chosen, chance.randint(1, 100)


def score_case(seed: int) -> tuple[list[Question], dict[str, list[str]], Score]:
    questions, chosen, pass_mark = make_case(seed)
    return questions, chosen, score(questions, chosen, graders=GRADERS, pass_mark=pass_mark)


@pytest.mark.parametrize("seed", range(CASES))
def test_score_of_any_answers_adds_up(seed: int) -> None:
    questions, chosen, result = score_case(seed)

    expected_right = {question.id: set(chosen[question.id]) == question.right_ids for question in questions}
    assert result.right == expected_right
    assert result.points == sum(question.points for question in questions if expected_right[question.id])
    assert result.points_possible == sum(question.points for question in questions)
    assert sum(result.points_by_question.values()) == result.points
    assert result.by_facet == {
        facet: FacetScore(
            right=sum(expected_right[question.id] for question in questions if question.facet == facet),
            asked=sum(question.facet == facet for question in questions),
        )
        for facet in {question.facet for question in questions}
    }


@pytest.mark.parametrize("seed", range(CASES))
def test_score_passes_exactly_from_the_points_needed_on(seed: int) -> None:
    questions, chosen, pass_mark = make_case(seed)
    result = score(questions, chosen, graders=GRADERS, pass_mark=pass_mark)

    assert result.passed == (result.points >= points_to_pass(result.points_possible, pass_mark))


@pytest.mark.parametrize("seed", range(CASES))
def test_score_when_one_more_question_is_answered_right_never_falls(seed: int) -> None:
    questions, chosen, pass_mark = make_case(seed)
    before = score(questions, chosen, graders=GRADERS, pass_mark=pass_mark)
    for question in questions:
        better = score(
            questions,
            {**chosen, question.id: sorted(question.right_ids)},
            graders=GRADERS,
            pass_mark=pass_mark,
        )
        assert better.points == before.points - before.points_by_question[question.id] + question.points
        assert better.passed >= before.passed


@pytest.mark.parametrize("seed", range(CASES))
def test_structure_written_and_read_is_the_same(seed: int) -> None:
    questions, _, _ = make_case(seed)
    assert read_structure(write_structure(questions)) == tuple(questions)


def test_score_without_answers_is_nothing() -> None:
    questions, _, _ = make_case(1)
    result = score(questions, {}, graders=GRADERS, pass_mark=1)
    assert (result.points, result.passed, set(result.right.values())) == (0, False, {False})


def test_score_without_questions_is_not_passed() -> None:
    result = score([], {}, graders=GRADERS, pass_mark=1)
    assert result == Score(0, 0, {}, {}, {}, passed=False)


def test_score_with_a_kind_nobody_grades_raises() -> None:
    question = Question("q", "essay", "use", "swot", 1, (Choice("a", True),))
    with pytest.raises(KeyError, match="essay"):
        score([question], {"q": ["a"]}, graders=GRADERS, pass_mark=50)


@pytest.mark.parametrize(
    ("points", "possible", "pass_mark", "expected"),
    [(2, 3, 66, True), (2, 3, 67, False), (3, 5, 60, True), (0, 5, 1, False), (5, 5, 100, True), (4, 5, 100, False)],
)
def test_has_passed_is_exact(points: int, possible: int, pass_mark: int, expected: bool) -> None:
    assert has_passed(points, possible, pass_mark) is expected
