"""What figures say in words."""

from fractions import Fraction

import pytest

from quizzes.figures.reading_words import Code, Saying, sayings
from quizzes.figures.shown import Bound, Facility, ItemFigures, Part, Row
from quizzes.figures.statistics import Correlation, Why
from tests.quizzes.figures.making import choice, figures, taking

SURE, UNSURE = Correlation(0.4, 0.25, 0.53), Correlation(0.15, -0.1, 0.38)


def row(letter: str, count: int | None, rest: float | None = 0.5, ahead: Correlation | None = None) -> Row:
    return Row(("", letter), letter == "a", count, rest if count else None, ahead)


def item(
    *rows: Row,
    together: Row | None = None,
    asked: int = 100,
    facility: Facility | None = Facility(Fraction(1, 2)),  # noqa: B008 - it cannot be changed
    discrimination: Correlation | Why = UNSURE,
    left_open: int | None = None,
) -> ItemFigures:
    parts = (Part("", rows, Row(None, False, left_open), together=together),) if rows else ()
    return ItemFigures("q", asked, facility, discrimination, parts)


def codes(figures: ItemFigures) -> list[Code]:
    return [saying.code for saying in sayings(figures)]


def test_nothing_is_said_of_few_attempts() -> None:
    assert codes(item(asked=19, facility=Facility(Fraction(0), Bound.LOW))) == [Code.TOO_FEW]
    assert sayings(ItemFigures("q", None, None, Why.NOBODY, ())) == (Saying(Code.TOO_FEW),)


@pytest.mark.parametrize(
    ("facility", "said"),
    [
        (Facility(Fraction(10, 100)), [Code.NEARLY_NOBODY]),
        (Facility(Fraction(11, 100)), []),
        (Facility(Fraction(94, 100)), []),
        (Facility(Fraction(95, 100)), [Code.NEARLY_EVERYBODY]),
        (Facility(Fraction(5, 100), Bound.LOW), [Code.NEARLY_NOBODY]),
        (Facility(Fraction(95, 100), Bound.HIGH), [Code.NEARLY_EVERYBODY]),
        # Of twenty, fewer than five were right: that may be four.
        (Facility(Fraction(5, 20), Bound.LOW), []),
        (Facility(Fraction(15, 20), Bound.HIGH), []),
        (None, []),
    ],
)
def test_facility_is_put_into_words(facility: Facility | None, said: list[Code]) -> None:
    assert codes(item(facility=facility)) == said


@pytest.mark.parametrize(
    ("discrimination", "said"),
    [
        (Correlation(-0.4, -0.5, -0.2), [Code.BACKWARDS]),
        (Correlation(-0.1, -0.3, 0.1), [Code.UNRELATED]),
        (Correlation(0.1, -0.1, 0.29), [Code.UNRELATED]),
        # With so few it may well be adequate.
        (Correlation(0.1, -0.2, 0.4), []),
        (Correlation(0.25, 0.15, 0.29), []),
        (Correlation(0.3, 0.21, 0.4), [Code.TELLING]),
        (Correlation(0.5, 0.1, 0.7), []),
        (Why.DRAWN, []),
    ],
)
def test_discrimination_is_put_into_words_where_chance_is_ruled_out(
    discrimination: Correlation | Why, said: list[Code]
) -> None:
    assert codes(item(discrimination=discrimination)) == said


def test_wrong_answer_that_draws_the_best_is_named() -> None:
    rows = (row("a", 20, 0.4), row("b", 30, 0.6, SURE), row("c", 30, 0.7, SURE), row("d", 20, 0.9, UNSURE))
    assert sayings(item(*rows)) == (Saying(Code.CHECK_KEY, (3,)),)


def test_wrong_answer_that_draws_the_best_is_named_where_the_right_one_is_hidden() -> None:
    figures = item(row("a", None), row("b", 60, 0.6, SURE), facility=Facility(Fraction(5, 100), Bound.LOW))
    assert sayings(figures) == (Saying(Code.NEARLY_NOBODY), Saying(Code.CHECK_KEY, (2,)))


def test_hidden_wrong_answers_are_judged_together() -> None:
    rows, together = (row("a", 60, 0.5), row("b", None), row("c", None)), Row(None, False, 40, 0.7, SURE)
    assert sayings(item(*rows, together=together)) == (Saying(Code.CHECK_KEY, (2, 3)),)
    # Where the right one is hidden too, nobody knows whose they are.
    hidden = (row("a", None), row("b", None), row("c", 60, 0.4))
    assert codes(item(*hidden, together=together)) == []


def test_wrong_answer_that_draws_good_learners_but_not_the_best_is_not_named() -> None:
    assert codes(item(row("a", 50, 0.8), row("b", 50, 0.6, SURE))) == []


def test_answers_that_hardly_anybody_gives_are_named() -> None:
    rows = (row("a", 120), row("b", 60), row("c", 9), row("d", 11))
    assert sayings(item(*rows, asked=200)) == (Saying(Code.IDLE, (3,)),)


def test_hidden_answers_are_named_together_or_not_at_all() -> None:
    # 9 of 200 for c, d and who left it open; 10 are one in twenty.
    few = (row("a", 120), row("b", 71), row("c", None), row("d", None))
    assert sayings(item(*few, asked=200)) == (Saying(Code.IDLE, (3, 4)),)
    assert sayings(item(*few, asked=201)) == (Saying(Code.IDLE, (3, 4)),)
    assert sayings(item(*few, asked=202)) == ()


def test_easy_question_is_not_blamed_for_its_answers() -> None:
    rows = (row("a", 190), row("b", 5), row("c", 5))
    assert codes(item(*rows, asked=200, facility=Facility(Fraction(95, 100)))) == [Code.NEARLY_EVERYBODY]


def test_question_that_many_leave_open_is_named() -> None:
    assert codes(item(row("a", 40), row("b", 40), left_open=20)) == [Code.LEFT_OPEN]
    assert codes(item(row("a", 41), row("b", 40), left_open=19)) == []


def test_wrong_key_is_found_from_attempts() -> None:
    # Of a hundred, three chose a, which is marked as right. Who is good elsewhere chose c, the others b or d.
    asked, *others = items = [choice("q"), *(choice(key) for key in "rstu")]
    takings = [taking(items, {"q": "c", "r": "a", "s": "a", "t": "ab"[place % 2], "u": "a"}) for place in range(57)] + [
        taking(items, {"q": "bd"[place % 2], "r": "b", "s": "ab"[place % 2], "t": "b", "u": "b"}) for place in range(40)
    ]
    takings += [taking(items, {"q": "a"} | {other.id: "b" for other in others}) for _ in range(3)]
    found = figures(items, takings).items[0]
    assert found.id == asked.id
    assert sayings(found) == (Saying(Code.NEARLY_NOBODY), Saying(Code.CHECK_KEY, (3,)))
