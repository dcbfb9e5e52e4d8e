"""Seats: who works on a translation."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from wagtail.models import Locale

from openmuseums.people.models import User
from openmuseums.translation.models import Seat
from openmuseums.translation.working import SEAT_LASTS, leave_seat, seat_of, take_seat
from tests.factories import NOW, FixtureCourse, make_user
from tests.together import after, meeting, run_together

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def page_key(course: FixtureCourse) -> str:
    return course.units["online-safety"].translation_key


@pytest.fixture
def locale(course: FixtureCourse) -> Locale:
    return Locale.objects.create(language_code="el")


def whose(seat: Seat | None) -> User | None:
    return seat.person if seat else None


def test_seat_is_taken_by_one_person(page_key, locale, django_assert_num_queries):
    maria, nikos = make_user(), make_user()
    assert whose(take_seat(page_key=page_key, locale=locale, person=maria, now=NOW)) == maria
    assert whose(take_seat(page_key=page_key, locale=locale, person=nikos, now=LATER)) == maria
    with django_assert_num_queries(1):
        seat = seat_of(page_key=page_key, locale=locale, now=LATER)
        assert (whose(seat), seat.since, seat.seen_at) == (maria, NOW, NOW)


def test_seat_is_kept_by_who_goes_on_working(page_key, locale):
    maria = make_user()
    take_seat(page_key=page_key, locale=locale, person=maria, now=NOW)
    seat = take_seat(page_key=page_key, locale=locale, person=maria, now=LATER)
    assert (seat.since, seat.seen_at) == (NOW, LATER)


def test_seat_can_be_taken_over(page_key, locale):
    maria, nikos = make_user(), make_user()
    take_seat(page_key=page_key, locale=locale, person=maria, now=NOW)
    seat = take_seat(page_key=page_key, locale=locale, person=nikos, now=LATER, over=True)
    assert (seat.person, seat.since) == (nikos, LATER)
    assert Seat.objects.count() == 1


def test_seat_is_free_after_a_while(page_key, locale):
    maria, nikos = make_user(), make_user()
    take_seat(page_key=page_key, locale=locale, person=maria, now=NOW)
    late = NOW + SEAT_LASTS + dt.timedelta(seconds=1)
    assert seat_of(page_key=page_key, locale=locale, now=NOW + SEAT_LASTS) is not None
    assert seat_of(page_key=page_key, locale=locale, now=late) is None
    assert whose(take_seat(page_key=page_key, locale=locale, person=nikos, now=late)) == nikos


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("was_taken", [True, False])
def test_of_two_who_come_to_a_free_seat_at_once_one_has_it(was_taken):
    page_key, greek = uuid.uuid4(), Locale.objects.create(language_code="el")
    late = NOW + SEAT_LASTS + dt.timedelta(seconds=1)
    if was_taken:
        take_seat(page_key=page_key, locale=greek, person=make_user(), now=NOW)
    meet = meeting()

    def coming(person: User) -> Callable[[], User | None]:
        def come() -> User | None:
            with after('FROM "translation_seat"', meet):
                return whose(take_seat(page_key=page_key, locale=greek, person=person, now=late))

        return come

    having = run_together([coming(make_user()), coming(make_user())])
    assert having == [Seat.objects.get().person] * 2


def test_seat_is_left_by_its_owner_alone(page_key, locale):
    maria, nikos = make_user(), make_user()
    take_seat(page_key=page_key, locale=locale, person=maria, now=NOW)
    leave_seat(page_key=page_key, locale=locale, person=nikos)
    assert whose(seat_of(page_key=page_key, locale=locale, now=NOW)) == maria
    leave_seat(page_key=page_key, locale=locale, person=maria)
    assert seat_of(page_key=page_key, locale=locale, now=NOW) is None
