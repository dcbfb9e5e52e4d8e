"""Scoring, over many generated quizzes and answers."""

import dataclasses
import random
from fractions import Fraction

import pytest

from quizzes.questions.registry import GRADERS
from quizzes.scoring import (
    Given,
    Question,
    Score,
    Tally,
    Words,
    as_decimal,
    has_passed,
    points_to_pass,
    read_structure,
    score,
    write_structure,
)
from tests.answers import choice_question, given

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
        key={"choices": [{"id": f"q{number}c{place}", "right": place in right} for place in range(count)]},
    )


def make_case(seed: int) -> tuple[list[Question], dict[str, Given], int]:
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
        chosen[question.id] = given(*chance.choice(answers))
    return questions, chosen, chance.randint(1, 100)


def score_case(seed: int) -> tuple[list[Question], dict[str, Given], Score]:
    questions, chosen, pass_mark = make_case(seed)
    return questions, chosen, score(questions, chosen, graders=GRADERS, pass_mark=pass_mark)


@pytest.mark.parametrize("seed", range(CASES))
def test_score_of_any_answers_adds_up(seed: int) -> None:
    questions, chosen, result = score_case(seed)

    expected_right = {question.id: chosen[question.id].chosen == question.right_ids for question in questions}
    assert result.right == expected_right
    assert result.points == sum(question.points for question in questions if expected_right[question.id])
    assert result.points_possible == sum(question.points for question in questions)
    assert sum(result.points_by_question.values()) == result.points
    assert result.by_facet == {
        facet: Tally(
            right=sum(expected_right[question.id] for question in questions if question.facet == facet),
            asked=sum(question.facet == facet for question in questions),
            points=sum(
                question.points for question in questions if question.facet == facet and expected_right[question.id]
            ),
            possible=sum(question.points for question in questions if question.facet == facet),
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
            {**chosen, question.id: given(*question.right_ids)},
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
    assert result == Score(Fraction(0), 0, {}, {}, {}, {}, passed=False)


def test_score_with_a_kind_nobody_grades_raises() -> None:
    question = choice_question("essay", "a")
    with pytest.raises(KeyError, match="essay"):
        score([question], {"q": given("a")}, graders=GRADERS, pass_mark=50)


@pytest.mark.parametrize(
    ("points", "possible", "pass_mark", "expected"),
    [(2, 3, 66, True), (2, 3, 67, False), (3, 5, 60, True), (0, 5, 1, False), (5, 5, 100, True), (4, 5, 100, False)],
)
def test_has_passed_is_exact(points: int, possible: int, pass_mark: int, expected: bool) -> None:
    assert has_passed(points, possible, pass_mark) is expected


def test_parts_of_points_add_up_exactly() -> None:
    thirds = [
        dataclasses.replace(choice_question("multiple_choice", "abc", scoring="partial"), id=f"q{number}")
        for number in range(3)
    ]
    result = score(thirds, {question.id: given("a") for question in thirds}, graders=GRADERS, pass_mark=34)
    assert (result.points, result.points_possible, result.passed) == (1, 3, False)
    assert set(result.right.values()) == {False}


@pytest.mark.parametrize(
    ("points", "stored"),
    [(Fraction(1, 3), "0.3333"), (Fraction(2, 3), "0.6667"), (Fraction(5), "5.0000"), (Fraction(1, 20000), "0.0000")],
)
def test_points_are_stored_with_four_decimals(points: Fraction, stored: str) -> None:
    assert str(as_decimal(points)) == stored


def test_question_that_is_not_graded_counts_nowhere() -> None:
    opinion = choice_question("opinion", "a", points=5)
    result = score([opinion], {"q": given("a")}, graders={"opinion": None}, pass_mark=1)
    assert result == Score(Fraction(0), 0, {}, {}, {}, {}, passed=False)


def test_kind_is_given_the_texts_in_the_language_of_the_answer() -> None:
    seen = []

    def grade(question: Question, answer: Given, words: Words) -> Fraction:
        seen.append((answer.language, words))
        return Fraction(1)

    questions = [choice_question("typed", "a")]
    texts = {("q", "el"): {"accepted": "ναι"}}
    answers = {"q": given("ναι", language="el")}
    score(questions, answers, graders={"typed": grade}, pass_mark=1, words=lambda key, code: texts[key, code])
    assert seen == [("el", {"accepted": "ναι"})]
