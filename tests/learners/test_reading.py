"""A unit of two pages counts once, when both are read; who had read it as one page keeps it."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from openmuseums.learners import outline as outlines
from openmuseums.learners.counting import counts_of
from openmuseums.learners.joining import join
from openmuseums.learners.models import Event, Learner, PageState
from openmuseums.learners.outline import Outline, OutlineChapter, OutlineItem
from openmuseums.learners.projection import PageRead, Record, UnitRead, rebuild, stored_record, stored_record_of
from openmuseums.learners.reading import is_page_read, marks_of_reading, marks_of_unreading
from openmuseums.learners.recording import mark_read, mark_unread
from openmuseums.learners.standing import standing_of
from openmuseums.people.models import User
from tests.factories import NOW, make_learner, make_visitor

UNIT, SECOND, LONE = (uuid.UUID(int=number) for number in (1, 2, 3))
PAGES = (UNIT, SECOND)
COURSE = uuid.UUID(int=99)
DAY = dt.timedelta(days=1)
READ, PAGE_READ, UNREAD, PAGE_UNREAD = (
    Event.Kind.UNIT_READ,
    Event.Kind.PAGE_READ,
    Event.Kind.UNIT_UNREAD,
    Event.Kind.PAGE_UNREAD,
)


def unit(key: uuid.UUID, continuation: OutlineItem | None = None) -> OutlineItem:
    return OutlineItem(key, "a-key", f"Unit {key.int}", f"/en/{key.int}/", 5, (), (), continuation=continuation)


def outline_of(first: OutlineItem) -> Outline:
    chapter = OutlineChapter(uuid.UUID(int=100), "marketing", "Marketing", "/en/m/", 1, (first, unit(LONE)), None)
    return Outline(COURSE, "The course", "/en/open-museums/", (chapter,))


ONE_PAGE, SPLIT = outline_of(unit(UNIT)), outline_of(unit(UNIT, unit(SECOND)))


@pytest.fixture
def course() -> Iterator[list[Outline]]:
    """Have a course answered for, which tests replace by the one with the unit split."""
    current = [SPLIT]
    before = list(outlines._providers)
    outlines.register_outline(lambda: current[0])
    yield current
    outlines._providers[:] = before


def record(*, units: tuple[uuid.UUID, ...] = (), pages: tuple[uuid.UUID, ...] = ()) -> Record:
    return Record(units=dict.fromkeys(units, UnitRead(NOW)), pages=dict.fromkeys(pages, PageRead(NOW)))


@pytest.mark.parametrize(
    ("kept", "read", "marks"),
    [
        (record(), (False, False), [(PAGE_READ, UNIT)]),
        (record(pages=(UNIT,)), (True, False), []),
        (record(pages=(SECOND,)), (False, True), [(PAGE_READ, UNIT), (READ, UNIT)]),
        (record(units=(UNIT,)), (True, True), []),
        (record(units=(UNIT,), pages=PAGES), (True, True), []),
        # As two records may leave it that were joined while nobody knew of the course.
        (record(pages=PAGES), (False, False), [(READ, UNIT)]),
    ],
)
def test_last_page_that_is_marked_makes_the_unit_read(
    kept: Record, read: tuple[bool, bool], marks: list[tuple[str, uuid.UUID]]
) -> None:
    assert (is_page_read(PAGES, UNIT, kept), is_page_read(PAGES, SECOND, kept)) == read
    assert marks_of_reading(PAGES, UNIT, kept) == marks


@pytest.mark.parametrize(
    ("kept", "marks"),
    [
        (record(), []),
        (record(pages=(UNIT,)), []),
        (record(pages=(SECOND,)), [(PAGE_UNREAD, SECOND)]),
        (record(units=(UNIT,), pages=PAGES), [(UNREAD, UNIT), (PAGE_UNREAD, SECOND)]),
        (record(units=(UNIT,)), [(UNREAD, UNIT), (PAGE_READ, UNIT)]),
        (record(units=(UNIT,), pages=(SECOND,)), [(UNREAD, UNIT), (PAGE_UNREAD, SECOND), (PAGE_READ, UNIT)]),
    ],
)
def test_page_that_is_taken_back_leaves_the_other_read(kept: Record, marks: list[tuple[str, uuid.UUID]]) -> None:
    assert marks_of_unreading(PAGES, SECOND, kept) == marks


def test_unit_of_one_page_is_read_with_it() -> None:
    assert marks_of_reading((UNIT,), UNIT, record()) == [(READ, UNIT)]
    assert marks_of_reading((UNIT,), UNIT, record(units=(UNIT,))) == []
    # It had two pages once, of which one was read.
    assert marks_of_reading((UNIT,), UNIT, record(pages=(UNIT,))) == [(READ, UNIT)]
    assert not is_page_read((UNIT,), UNIT, record(pages=(UNIT,)))
    assert marks_of_unreading((UNIT,), UNIT, record(units=(UNIT,))) == [(UNREAD, UNIT)]


@pytest.mark.parametrize("order", [PAGES, PAGES[::-1]])
def test_standing_counts_a_split_unit_once(order: tuple[uuid.UUID, ...]) -> None:
    first = standing_of(SPLIT, record(pages=order[:1]))
    assert (first.progress.units_read, first.progress.units_total, first.progress.steps_total) == (0, 2, 2)
    assert (first.read_keys, first.begun_keys) == (frozenset(), frozenset({UNIT}))
    assert first.next_step is not None
    assert first.next_step.page_key == order[1]
    both = standing_of(SPLIT, record(units=(UNIT,), pages=order))
    assert (both.progress.units_read, both.progress.percentage) == (1, 50)
    assert (both.read_keys, both.begun_keys) == (frozenset({UNIT}), frozenset())
    assert both.next_step == SPLIT.step(LONE)


def test_outline_finds_a_unit_by_either_page_and_leads_from_page_to_page() -> None:
    whole, second, lone = SPLIT.units[0], SPLIT.units[0].continuation, SPLIT.units[1]
    assert [SPLIT.step(key) for key in (*PAGES, LONE)] == [whole, whole, lone]
    assert SPLIT.chapter_of(SECOND) == SPLIT.chapters[0]
    assert [SPLIT.neighbours(key) for key in (*PAGES, LONE)] == [(None, second), (whole, lone), (second, None)]


@pytest.mark.django_db
@pytest.mark.parametrize("order", [PAGES, PAGES[::-1]])
def test_unit_is_entered_as_read_with_its_last_page(course: list[Outline], order: tuple[uuid.UUID, ...]) -> None:
    learner = make_learner()
    for day, page in enumerate(order):
        for _ in range(2):
            mark_read(learner=learner, page_key=page, now=NOW + day * DAY)
    assert list(learner.events.values_list("kind", "page_key", "occurred_at")) == [
        ("enrolled", COURSE, NOW),
        ("page-read", order[0], NOW),
        ("page-read", order[1], NOW + DAY),
        ("unit-read", UNIT, NOW + DAY),
    ]
    assert stored_record(learner).units == {UNIT: UnitRead(NOW + DAY)}
    mark_unread(learner=learner, page_key=order[0], now=NOW + 2 * DAY)
    kept = stored_record(learner)
    assert (kept.units, list(kept.pages)) == ({}, [order[1]])
    assert rebuild(learners=[learner], write=False) == []


@pytest.mark.django_db
def test_who_had_read_a_unit_before_it_was_split_keeps_it(course: list[Outline]) -> None:
    course[0] = ONE_PAGE
    learner, late = make_learner(), make_learner()
    mark_read(learner=learner, page_key=UNIT, now=NOW)
    course[0] = SPLIT
    mark_read(learner=late, page_key=UNIT, now=NOW + DAY)
    call_command("rebuild_progress")
    standing = standing_of(SPLIT, stored_record(learner))
    assert (standing.read_keys, standing.next_step) == (frozenset({UNIT}), SPLIT.step(LONE))
    assert standing_of(SPLIT, stored_record(late)).read_keys == frozenset()
    # A second click enters nothing; what she takes back is the page that she is on.
    mark_read(learner=learner, page_key=SECOND, now=NOW + 2 * DAY)
    assert learner.events.count() == 2
    mark_unread(learner=learner, page_key=SECOND, now=NOW + 2 * DAY)
    assert standing_of(SPLIT, stored_record(learner)).next_step == SPLIT.units[0].continuation
    assert rebuild(learners=[learner, late], write=False) == []


@pytest.mark.django_db
def test_unit_of_which_each_record_has_a_page_is_read_when_they_are_joined(course: list[Outline], user: User) -> None:
    device, account = make_visitor(), make_learner(user)
    mark_read(learner=device, page_key=SECOND, now=NOW + DAY)
    mark_read(learner=account, page_key=UNIT, now=NOW)
    join(device=device, user=user, goes_on={}, now=NOW + 9 * DAY)
    assert stored_record_of(user).units == {UNIT: UnitRead(NOW + DAY)}
    assert rebuild(learners=[user.learner], write=False) == []


@pytest.mark.django_db
def test_page_that_the_device_took_back_is_not_brought_along(course: list[Outline], user: User) -> None:
    device = make_visitor()
    mark_read(learner=device, page_key=UNIT, now=NOW)
    mark_unread(learner=device, page_key=UNIT, now=NOW)
    mark_read(learner=device, page_key=SECOND, now=NOW)
    join(device=device, user=user, goes_on={}, now=NOW + DAY)
    kept = stored_record_of(user)
    assert (kept.units, kept.pages) == ({}, {SECOND: PageRead(NOW)})


@pytest.mark.django_db
def test_record_with_a_page_read_is_not_empty(course: list[Outline]) -> None:
    learner = make_learner()
    assert counts_of(learner).is_empty
    mark_read(learner=learner, page_key=SECOND, now=NOW)
    counts = counts_of(learner)
    assert (counts.is_empty, counts.units_read, counts.units_begun) == (False, 0, 1)
    mark_read(learner=learner, page_key=UNIT, now=NOW)
    assert (counts_of(learner).units_read, counts_of(learner).units_begun) == (1, 0)


@pytest.mark.django_db
def test_pages_go_with_the_record(course: list[Outline]) -> None:
    learner = make_learner()
    mark_read(learner=learner, page_key=SECOND, now=NOW)
    assert PageState.objects.get().learner == learner
    Learner.objects.all().delete()
    assert not PageState.objects.exists()
