"""Right answers of a later version under the questions of an earlier one."""

import pytest

from quizzes.rekeying import rekeyed
from quizzes.scoring import Question


def question(kind="single_choice", *, id="q", points=1, **key):  # noqa: A002 - it is the question's id
    return Question(id, kind, "use", "swot", points, key=key)


def choices(right, *names):
    return {"choices": [{"id": name, "right": name in right} for name in names]}


def one(asked, newest, *, is_typed=False):
    [found] = rekeyed([asked], newest, is_typed=lambda _question: is_typed)
    return found


def test_right_answer_and_points_are_the_newest_ones():
    asked = question(**choices("a", "a", "b"))
    newest = question(points=2, **choices("b", "a", "b"))
    found = one(asked, [newest])
    assert (found.key, found.points) == (newest.key, 2)


def test_facet_and_topic_stay_as_they_were_asked():
    asked = question(**choices("a", "a", "b"))
    newest = Question("q", "single_choice", "make", "audiences", 1, key=choices("b", "a", "b"))
    assert (one(asked, [newest]).facet, one(asked, [newest]).topic) == ("use", "swot")


@pytest.mark.parametrize(
    "newest",
    [
        [],
        [question(id="other", **choices("b", "a", "b"))],
        [question("multiple_choice", **choices("b", "a", "b"))],
        [question(**choices("b", "b", "c"))],
    ],
    ids=["no question", "another question", "another kind", "a choice is gone"],
)
def test_question_that_cannot_be_graded_again_is_the_very_one_that_was_asked(newest):
    asked = question(**choices("a", "a", "b"))
    assert one(asked, newest) is asked


def test_choice_that_came_later_is_left_out():
    asked = question(**choices("a", "a", "b"))
    assert one(asked, [question(**choices("b", "a", "b", "c"))]).key == choices("b", "a", "b")


def test_right_answer_that_was_not_offered_leaves_the_question_as_it_was():
    asked = question("matching", pairs=[{"id": "1", "option": "x", "answer": "x"}])
    newest = question(
        "matching", pairs=[{"id": "1", "option": "x", "answer": "y"}, {"id": "2", "option": "y", "answer": "y"}]
    )
    assert one(asked, [newest]) is asked


def test_accepted_answers_are_no_choices():
    asked = question("short_answer", answers=[{"id": "1", "accepted": ["north"], "share": 100}])
    newest = question("short_answer", answers=[{"id": "2", "accepted": ["north", "up"], "share": 100}])
    assert one(asked, [newest], is_typed=True).key == newest.key


def test_what_stands_below_is_looked_at_too():
    gap = {"id": "g", **choices("a", "a", "b")}
    later = {"id": "g", **choices("b", "a", "b", "c")}
    found = one(question("fill_in", gaps=[gap]), [question("fill_in", gaps=[later])])
    assert found.key == {"gaps": [{"id": "g", **choices("b", "a", "b")}]}
