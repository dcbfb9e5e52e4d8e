"""Two who tell a group something, or write its letters, at once: each is told once, and gets one letter."""

from datetime import timedelta

import pytest
from django.core import mail

from openmuseums.trainers.announcing.acts import MOST_A_DAY, TooManyAnnouncementsError, announce
from openmuseums.trainers.announcing.writing import write_due, write_letters
from openmuseums.trainers.following.seeking import Sought
from openmuseums.trainers.models import Addressed, Announcement
from tests.factories import NOW, make_user
from tests.together import outcome, run_meeting
from tests.trainers.announcing.test_announcing import ENGLISH, reachable
from tests.trainers.making import make_cohort

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def tell(cohort, by, token="t", now=NOW):  # noqa: S107 - the token of a form is no password
    return outcome(
        lambda: announce(cohort=cohort, sought=Sought(), said=[ENGLISH], by=by, token=token, now=now).pk,
        TooManyAnnouncementsError,
    )


def addresses():
    """Return to whom letters were written: in tests they are sent as soon as they are."""
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_the_same_form_sent_twice_at_once_tells_each_once_by_one_letter(course):
    cohort, by = make_cohort(), make_user()
    people = [reachable(cohort) for _number in range(3)]
    told = run_meeting([lambda: tell(cohort, by)] * 2, at='FROM "trainers_announcement"')
    assert (len(set(told)), Announcement.objects.count(), Addressed.objects.count()) == (1, 1, 3)
    # The worker of tests writes as soon as something is committed.
    assert addresses() == sorted(row.account.email for row in people)


def test_two_who_tell_different_things_at_once_keep_to_what_is_left_of_the_day(course):
    cohort, by = make_cohort(), make_user()
    reachable(cohort)
    for number in range(MOST_A_DAY - 1):
        tell(cohort, by, token=str(number), now=NOW - timedelta(hours=1))
    told = run_meeting(
        [lambda token=token: tell(cohort, by, token=token) for token in ("one", "other")],
        at='FROM "trainers_announcement"',
    )
    assert [TooManyAnnouncementsError in told, Announcement.objects.count()] == [True, MOST_A_DAY]


def test_workers_and_the_clock_at_once_write_each_letter_once(course):
    cohort = make_cohort()
    people = [reachable(cohort) for _number in range(6)]
    row = Announcement.objects.create(cohort=cohort, sent_at=NOW, recipients=6, letters=6, token="t")
    row.texts.create(language="en", subject="Session moved", text="We meet at ten.")
    Addressed.objects.bulk_create(Addressed(announcement=row, participation=each, waits_since=NOW) for each in people)
    run_meeting(
        [*[lambda: write_letters(now=NOW, most=100)] * 2, lambda: write_due(NOW)], at='FROM "trainers_addressed"'
    )
    assert addresses() == sorted(each.account.email for each in people)
