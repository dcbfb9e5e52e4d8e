import uuid

import pytest

from openmuseums.competences.facets import Facet
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem, OutlineQuestion
from openmuseums.learners.projection import Answered, Enrolled, QuizResult, Record, UnitRead
from openmuseums.learners.standing import Cell, Progress, percentage, standing_of
from tests.factories import NOW

READ = UnitRead(NOW)


def step(number: int, facets: tuple[str, ...] = (), questions: tuple[tuple[str, str], ...] = ()) -> OutlineItem:
    return OutlineItem(
        uuid.UUID(int=number),
        f"key-{number}",
        f"Step {number}",
        f"/en/{number}/",
        10,
        facets,
        tuple(OutlineQuestion(*question) for question in questions),
    )


PART = OutlineChapter(uuid.UUID(int=100), "first-steps", "First steps", "/en/p/", None, (step(1, ("use",)),), None)
LESSON = OutlineChapter(
    uuid.UUID(int=200),
    "marketing",
    "Marketing",
    "/en/m/",
    1,
    (step(2, ("use", "make"), (("a", "use"),)), step(3, ("use",), (("a", "make"),))),
    step(4, (), (("b", "use"), ("c", "manage"))),
)
LAST = OutlineChapter(uuid.UUID(int=300), "e-commerce", "E-commerce", "/en/e/", 2, (step(5),), step(6))
OUTLINE = Outline(uuid.UUID(int=99), "The course", "/en/open-museums/", (PART, LESSON, LAST))


def read(*numbers: int) -> dict[uuid.UUID, UnitRead]:
    return {uuid.UUID(int=number): READ for number in numbers}


def passed(*numbers: int) -> dict[uuid.UUID, QuizResult]:
    return {uuid.UUID(int=number): QuizResult(1, 3, 4, NOW) for number in numbers}


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, 0), (1, 3, 33), (2, 3, 66), (3, 3, 100), (4, 3, 100), (199, 200, 99)]
)
def test_percentage_is_rounded_down_and_capped(part: int, whole: int, expected: int) -> None:
    assert percentage(part, whole) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Record(), 1),
        (Record(units=read(1)), 2),
        (Record(units=read(2, 3)), 1),
        (Record(units=read(1, 2, 3)), 4),
        (Record(units=read(1, 2, 3), quizzes={uuid.UUID(int=4): QuizResult(2, 1, 4, None)}), 4),
        (Record(units=read(1, 2, 3), quizzes=passed(4)), 5),
        (Record(units=read(1, 2, 3, 5), quizzes=passed(4)), 6),
        (Record(units=read(1, 2, 3, 5), quizzes=passed(6)), 4),
        (Record(units=read(1, 2, 3, 5), quizzes=passed(4, 6)), None),
    ],
)
def test_next_step_is_the_first_that_is_not_done(record: Record, expected: int | None) -> None:
    standing = standing_of(OUTLINE, record)
    assert standing.next_step == (None if expected is None else OUTLINE.step(uuid.UUID(int=expected)))
    assert standing.next_is_quiz == (expected in {4, 6})
    assert (standing.progress.percentage == 100) == (expected is None)


def test_progress_counts_units_and_steps() -> None:
    standing = standing_of(OUTLINE, Record(units=read(1, 2), quizzes=passed(4)))
    assert standing.progress == Progress(units_read=2, units_total=4, steps_done=3, steps_total=6)
    assert [chapter.progress.percentage for chapter in standing.chapters] == [100, 66, 0]
    assert [chapter.progress.is_done for chapter in standing.chapters] == [True, False, False]


def test_unit_that_left_the_course_counts_for_nothing() -> None:
    assert standing_of(OUTLINE, Record(units=read(77))).progress.units_read == 0


def test_grid_counts_units_and_questions_of_each_facet() -> None:
    record = Record(
        units=read(2),
        answers={
            (uuid.UUID(int=2), "a"): Answered(True, NOW, (), NOW),
            (uuid.UUID(int=3), "a"): Answered(False, NOW, (), NOW),
            (uuid.UUID(int=4), "c"): Answered(True, NOW, (), NOW),
            (uuid.UUID(int=1), "a"): Answered(True, NOW, (), NOW),
        },
    )
    grid = standing_of(OUTLINE, record).grid
    assert [row.chapter.key for row in grid] == ["marketing", "e-commerce"]
    assert grid[0].cells == (
        Cell(Facet.USE, units_read=1, units_total=2, answered_right=1, questions_total=2),
        Cell(Facet.MANAGE, units_read=0, units_total=0, answered_right=1, questions_total=1),
        Cell(Facet.MAKE, units_read=1, units_total=1, answered_right=0, questions_total=1),
        Cell(Facet.UNDERSTAND, units_read=0, units_total=0, answered_right=0, questions_total=0),
    )


def test_enrolled_says_so_of_this_course_only() -> None:
    assert not standing_of(OUTLINE, Record(enrolments={uuid.UUID(int=98): Enrolled(NOW)})).is_enrolled
    assert standing_of(OUTLINE, Record(enrolments={uuid.UUID(int=99): Enrolled(NOW)})).is_enrolled


def test_outline_of_no_course_leaves_nothing_to_do() -> None:
    standing = standing_of(Outline(uuid.UUID(int=99), "Empty", "/en/", ()), Record())
    assert (standing.next_step, standing.progress.percentage, standing.progress.is_done) == (None, 0, False)


@pytest.mark.parametrize(
    ("number", "before", "after"), [(1, None, 2), (3, 2, 4), (4, 3, 5), (6, 5, None), (77, None, None)]
)
def test_neighbours_lead_through_units_and_quizzes(number: int, before: int | None, after: int | None) -> None:
    found = OUTLINE.neighbours(uuid.UUID(int=number))
    assert [step.page_key.int if step else None for step in found] == [before, after]


@pytest.mark.parametrize(("number", "expected"), [(1, PART), (100, PART), (4, LESSON), (300, LAST), (77, None)])
def test_chapter_of_a_key_is_where_it_stands(number: int, expected: OutlineChapter | None) -> None:
    assert OUTLINE.chapter_of(uuid.UUID(int=number)) == expected
