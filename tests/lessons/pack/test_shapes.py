"""Values whose shape no shipped page shows: moments, and what is left out where it goes without saying."""

import datetime as dt

import pytest

from lessons.pack.introspection import shape_of_field
from lessons.pack.names import Names
from lessons.pack.problems import Place, Problems
from lessons.pack.reading import Scalar
from lessons.pack.shapes import MomentShape, Reading
from quizzes.models import QuizPage

AT = Place("page.yaml", 1)
NOON = dt.datetime(2027, 3, 31, 12, tzinfo=dt.UTC)


def read(name: str, value: str | bool | int) -> object:
    return shape_of_field(QuizPage._meta.get_field(name)).read(Scalar(value, AT), Reading(Problems()))


@pytest.mark.parametrize("text", ["2027-03-31T12:00:00Z", "2027-03-31T14:00:00+02:00"])
def test_moment_is_kept_in_utc(text: str) -> None:
    value = read("opens_at", text)
    shape = MomentShape()
    assert value == "2027-03-31T12:00:00Z"
    assert shape.packed(shape.stored(value, Names(), ""), Names(), "") == value
    assert shape.stored(value, Names(), "") == NOON


@pytest.mark.parametrize("text", ["2027-03-31", "2027-03-31T12:00:00", "tomorrow", 5])
def test_moment_without_its_distance_from_utc_is_refused(text: str | int) -> None:
    reading = Reading(Problems())
    assert MomentShape().read(Scalar(text, AT), reading) is None
    assert [str(found.message) for found in reading.problems.found] == [
        "A date and time belongs here, such as “2027-03-31T17:00:00+02:00”."
    ]


@pytest.mark.parametrize(
    ("name", "default", "other"),
    [
        ("shuffles_choices", False, True),
        ("feedback", "after-submit", "at-once"),
        ("draws", None, 5),
        ("draws_each_facet", None, 2),
    ],
)
def test_field_at_its_default_is_left_out(name: str, default: object, other: str | bool | int) -> None:
    shape = shape_of_field(QuizPage._meta.get_field(name))
    assert (shape.required, shape.absent) == (False, None)
    assert shape.stored(None, Names(), "") == default
    assert shape.packed(default, Names(), "") is None
    assert shape.packed(shape.stored(read(name, other), Names(), ""), Names(), "") == other
