"""Figures of a question, and what of them is kept back."""

from fractions import Fraction

import pytest

from quizzes.figures.shown import Bound, Facility, ItemFigures, Part, Row
from quizzes.figures.statistics import Correlation, Why
from quizzes.figures.tallies import UNIT, Item, Response, Taking
from tests.quizzes.figures.making import choice, figures, response, taking

ASKED = choice("q")
# Two more, so that there is a rest: who is good at the one is good at the other.
OTHERS = (choice("r"), choice("s"))
ITEMS = (ASKED, *OTHERS)


def answers(counts: dict[str, int], language: str = "en", rest: str = "ab") -> list[Taking]:
    """Return attempts with so many of each answer to the question, and answers to the rest in turn."""
    given = [letter.strip() for letter, count in counts.items() for _ in range(count)]
    return [
        taking(ITEMS, {"q": letter, "r": rest[place % len(rest)], "s": rest[place % len(rest)]}, language)
        for place, letter in enumerate(given)
    ]


def of(takings: list[Taking]) -> ItemFigures:
    return figures(ITEMS, takings).items[0]


def counts_of(part: Part) -> list[int | None]:
    return [row.count for row in (*part.rows, part.left_open)]


def test_figures_of_a_table_worked_by_hand() -> None:
    # Forty people: 20 chose a, which is right, 10 b, 5 c and 5 d, so the facility is 20 / 40. All who chose a or b, and
    # nobody else, got the two points of the rest:
    #   Σx 20, Σy 60, Σxx 20, Σyy 120, Σxy 40
    #   r = (40 * 40 - 20 * 60) / sqrt((40 * 20 - 400) (40 * 120 - 3600)) = 400 / sqrt(400 * 1200) = 0.577350
    good = answers({"a": 20, "b": 10}, rest="a")
    found = of(good + answers({"c": 5, "d": 5}, rest="b"))
    assert found.asked == 40
    assert found.facility == Facility(Fraction(1, 2))
    assert isinstance(found.discrimination, Correlation)
    assert found.discrimination.value == pytest.approx(0.577350, abs=1e-6)
    part = found.parts[0]
    assert [(row.pick, row.is_right, row.rest) for row in part.rows if row.count] == [
        (("", "a"), True, 1.0),
        (("", "c"), False, 0.0),
        (("", "d"), False, 0.0),
    ]
    # Nobody left it open, and that is not told: the first that has room goes along, and the two are told together.
    assert counts_of(part) == [20, None, 5, 5, None]
    assert part.together
    assert (part.together.count, part.together.rest) == (10, 1.0)


def test_all_counts_are_shown_where_none_is_small() -> None:
    found = of(answers({"a": 20, "b": 10, "c": 5, "d": 10, " ": 5}))
    assert counts_of(found.parts[0]) == [20, 10, 5, 10, 5]
    assert found.groups == {}


def test_facility_that_tells_of_few_is_a_bound() -> None:
    assert of(answers({"a": 3, "b": 60, "c": 37})).facility == Facility(Fraction(5, 100), Bound.LOW)
    nearly_all = of(answers({"a": 97, "b": 3}))
    assert nearly_all.facility == Facility(Fraction(95, 100), Bound.HIGH)
    assert nearly_all.discrimination == Why.HIDDEN
    assert counts_of(nearly_all.parts[0]) == [None, None, None, None, None]


def test_wrong_answers_are_seen_where_nearly_nobody_is_right() -> None:
    # Who chose b does worst elsewhere, so b goes along with what is hidden, and c, which draws good learners, is seen.
    takings = answers({"a": 2, "b": 20}, rest="b") + answers({"c": 38}, rest="a")
    assert counts_of(of(takings).parts[0]) == [None, None, 38, None, None]


def test_attempts_of_fewer_than_five_in_a_language_are_not_counted() -> None:
    found = figures(ITEMS, answers({"a": 20, "b": 20}) + answers({"a": 4}, "nl"))
    assert (found.attempts, found.groups) == (40, {"en": 40})


def test_languages_stand_side_by_side() -> None:
    english, dutch = answers({"a": 30, "b": 10}), answers({"a": 10, "b": 10}, "nl")
    found = figures(ITEMS, english + dutch)
    assert (found.attempts, dict(found.groups)) == (60, {"en": 40, "nl": 20})
    groups = found.items[0].groups
    assert {code: (group.asked, group.facility) for code, group in groups.items()} == {
        "en": (40, Facility(Fraction(3, 4))),
        "nl": (20, Facility(Fraction(1, 2))),
    }
    row = found.items[0].parts[0].rows[0]
    assert (row.count, row.by_group) == (40, {"en": 30, "nl": 10})


def test_language_that_tells_of_few_takes_another_with_it() -> None:
    # 57 of 90 are right, 30 of English and 10 of Greek; Dutch would be the 17 that are missing, of 20.
    takings = answers({"a": 30, "b": 20}) + answers({"a": 17, "b": 3}, "nl") + answers({"a": 10, "b": 10}, "el")
    groups = of(takings).groups
    assert [code for code, group in groups.items() if group.facility] == ["en"]
    assert groups["nl"].discrimination == Why.HIDDEN
    assert [group.asked for group in groups.values()] == [50, 20, 20]


def test_no_discrimination_without_a_rest() -> None:
    takings = [taking([ASKED], {"q": letter}) for letter in "aaaaabbbbb"]
    found = figures([ASKED], takings).items[0]
    assert found.discrimination == Why.NO_REST
    assert found.parts[0].rows[0].rest is None


def test_no_discrimination_where_the_rest_is_the_same() -> None:
    assert of(answers({"a": 10, "b": 10}, rest="a")).discrimination == Why.SAME_REST


def test_drawn_questions_are_not_compared_with_the_rest() -> None:
    takings = [taking(ITEMS, {"q": "ab"[place % 2], "rs"[place // 2 % 2]: "a"}) for place in range(40)]
    first, second, _ = figures(ITEMS, takings, is_drawn=True).items
    assert first.discrimination == Why.NO_REST
    assert (second.asked, second.discrimination) == (20, Why.DRAWN)
    assert [row.rest for row in first.parts[0].rows] == [None] * 4


def test_drawn_question_that_few_got_or_did_not_get_is_not_shown() -> None:
    def with_question(count: int) -> ItemFigures:
        takings = [taking(ITEMS, {"q": "a", "r": "a"} if place < count else {"r": "a"}) for place in range(40)]
        return figures(ITEMS, takings, is_drawn=True).items[0]

    assert [with_question(count).asked for count in (4, 5, 35, 36)] == [None, 5, 35, None]
    assert with_question(0).discrimination == Why.NOBODY


def test_question_that_is_not_graded_has_counts_alone() -> None:
    rating = Item("q", 0, tuple(("", step) for step in "123"))
    takings = [
        Taking("en", 60, {"q": Response(0, frozenset({("", "123"[place % 3])}))} | others.responses)
        for place, others in enumerate(taking(OTHERS, {"r": "a", "s": "ab"[place % 2]}) for place in range(60))
    ]
    found = figures((rating, *OTHERS), takings).items[0]
    assert (found.asked, found.facility, found.discrimination) == (60, None, Why.NOBODY)
    assert counts_of(found.parts[0]) == [None, 20, 20, None]


def test_question_with_text_of_ones_own_has_no_answers() -> None:
    own = Item("q")
    takings = [Taking("en", 60, {"q": Response()}) for _ in range(20)]
    assert figures([own], takings).items[0].parts == ()


def test_typed_answers_are_listed_from_five_on() -> None:
    typed = Item("q", UNIT)
    words = {"paid": 20, "owned": 12, "earned": 30, "bought": 4, "Maria lives here": 1}
    takings = [
        Taking("en", 60, {"q": Response(UNIT * (word == "paid"), frozenset({("", word)}))})
        for word, count in words.items()
        for _ in range(count)
    ]
    found = figures([typed], takings[:65]).items[0]
    part = found.parts[0]
    assert [(row.pick, row.is_right, row.count) for row in part.rows] == [
        (("", "owned"), False, 12),
        (("", "paid"), True, 20),
    ]
    # Earned, the first by alphabet, goes along with what few typed.
    assert part.others == Row(None, False, None)
    assert part.together == Row(None, False, 33)
    assert found.facility == Facility(Fraction(20, 65))


def test_hidden_answers_are_told_together_by_language_too() -> None:
    english, dutch = answers({"a": 30, "b": 20, "c": 10}), answers({"a": 20, "b": 10, "c": 10}, "nl")
    part = of(english + dutch).parts[0]
    assert [(row.count, row.by_group) for row in part.rows[:3]] == [
        (50, {"en": 30, "nl": 20}),
        (None, None),
        (20, {"en": 10, "nl": 10}),
    ]
    assert part.together
    assert (part.together.count, part.together.by_group) == (30, {"en": 20, "nl": 10})


def test_typed_answer_that_is_worth_all_points_is_right_where_others_are_worth_some() -> None:
    typed = Item("q", UNIT)
    worth = {"paid": 1, "owned": 0.5, "earned": 0, "bought": 0}
    takings = [
        Taking("en", 60, {"q": Response(round(UNIT * share), frozenset({("", word)}))})
        for word, share in worth.items()
        for _ in range(10)
    ]
    part = figures([typed], takings).items[0].parts[0]
    assert [(row.pick, row.is_right) for row in part.rows] == [
        (("", "earned"), False),
        (("", "owned"), False),
        (("", "paid"), True),
    ]


def test_right_choice_that_is_worth_nothing_alone_is_right() -> None:
    both = Item("q", UNIT, (("", "a"), ("", "b"), ("", "c")), frozenset({("", "a"), ("", "b")}))
    takings = [Taking("en", 60, {"q": Response(0, frozenset({("", "abc"[place % 3])}))}) for place in range(60)]
    found = figures([both], takings).items[0]
    assert [row.is_right for row in found.parts[0].rows] == [True, True, False]
    assert found.facility == Facility(Fraction(5, 60), Bound.LOW)


def test_several_choices_are_counted_each_on_its_own() -> None:
    item = choice("q")
    given = {"ab": 30, "ac": 6, "b": 20, "abd": 4}
    takings = [
        Taking("en", 60, {"q": response(item, letters, share=0.5)})
        for letters, count in given.items()
        for _ in range(count)
    ]
    part = figures([item], takings).items[0].parts[0]
    assert part.is_many
    # a: 40 of 60; b: 54 of 60; c: 6; d: 4 is hidden, and so would be one that all but four chose.
    assert counts_of(part) == [40, 54, 6, None, None]


def test_facility_of_points_in_parts_is_rounded_to_five_people() -> None:
    item = choice("q")
    takings = [
        Taking("en", 60, {"q": response(item, "ab", share=share)}) for share in [1] * 20 + [0.3333] * 31 + [0] * 9
    ]
    # Of 60 points 20 + 10.33 were got: 30 rounded to fives.
    assert figures([item], takings).items[0].facility == Facility(Fraction(30, 60), is_rounded=True)
    assert figures([item], takings[:24]).items[0].facility != Facility(Fraction(20, 20), is_rounded=True)


def test_parts_are_counted_each_on_its_own() -> None:
    item = Item("q", UNIT, (("x", "1"), ("x", "2"), ("y", "1"), ("y", "2")))
    pairs = [("1", "1")] * 20 + [("1", "2")] * 10 + [("2", "2")] * 10 + [("2", "")] * 10
    takings = [
        Taking("en", 60, {"q": Response(UNIT // 2, frozenset(pick for pick in (("x", x), ("y", y)) if pick[1]))})
        for x, y in pairs
    ]
    first, second = figures([item], takings).items[0].parts
    assert (first.name, counts_of(first)) == ("x", [None, 20, None])
    assert (second.name, counts_of(second)) == ("y", [20, 20, 10])


def test_time_is_the_median_in_minutes() -> None:
    takings = [taking(ITEMS, {"q": "a"}, seconds=60 * minutes) for minutes in (5, 8, 9, 12, 500)]
    found = figures(ITEMS, takings)
    assert (found.minutes, dict(found.group_minutes)) == (9, {"en": 9})


def test_no_attempts_have_no_figures() -> None:
    found = figures(ITEMS, [])
    assert (found.attempts, found.minutes) == (0, None)
    assert [(item.asked, item.facility, item.parts) for item in found.items] == [(None, None, ())] * 3
