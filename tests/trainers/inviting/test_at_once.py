"""Two who invite, write or follow at once: nobody is invited or written to twice, and a day’s measure is kept."""

import secrets
from functools import partial

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from openmuseums.trainers.inviting import acts
from openmuseums.trainers.inviting.acts import InvitationGoneError, TooManyError, follow_invitation, invite, withdraw
from openmuseums.trainers.inviting.planning import Guest
from openmuseums.trainers.inviting.writing import MOST_TO_ONE, write_due, write_letters
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Invitation, Participation, Staff
from tests.factories import NOW, make_trainer, make_user, signed_in
from tests.together import outcome, run_meeting
from tests.trainers.making import make_cohort, make_invitation

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
READ = 'FROM "trainers_invitation"'
# The last that is asked before rows are written.
COUNTED = '"invited_at" > %s AND "trainers_invitation"."cohort_id"'


@pytest.fixture
def trainer():
    return make_trainer()


def with_helper(cohort):
    """Return somebody who helps with a cohort."""
    helper = make_trainer()
    Staff.objects.create(cohort=cohort, account=helper, role="co-trainer", since=NOW)
    return helper


def some(number, prefix="person"):
    return [Guest(f"{prefix}-{place}@example.org") for place in range(number)]


def letters():
    """Return to whom letters were written: in tests they are sent as soon as they are."""
    return sorted(address for letter in mail.outbox for address in letter.to)


def waiting(cohort, guests):
    """Have invitations be there whose letters nobody was told to write."""
    Invitation.objects.bulk_create(
        Invitation(cohort=cohort, email=guest.email, token=secrets.token_urlsafe(24), language="en", invited_at=NOW)
        for guest in guests
    )


def invited(cohort, guests, by):
    return outcome(lambda: invite(cohort=cohort, guests=guests, by=by, now=NOW), TooManyError)


def test_a_file_that_two_confirm_at_once_invites_nobody_twice(course, trainer):
    cohort = make_cohort(trainer)
    data = "".join(f"{guest.email}\n" for guest in some(40)).encode()
    clients = [signed_in(person) for person in (trainer, with_helper(cohort))]
    pages = [
        client.post(
            reverse("trainers:invitations-file", args=[cohort.key]), {"file": SimpleUploadedFile("people.csv", data)}
        )["Location"]
        for client in clients
    ]
    sent = run_meeting([partial(client.post, page) for client, page in zip(clients, pages, strict=True)], at=READ)
    assert [response.status_code for response in sent] == [302, 302]
    expected = sorted(guest.email for guest in some(40))
    assert sorted(Invitation.objects.values_list("email", flat=True)) == expected
    # The worker of tests writes as soon as something is committed: here two of them.
    assert letters() == expected


def test_the_same_people_invited_by_two_at_once_are_counted_once(trainer):
    cohort = make_cohort(trainer)
    helper = with_helper(cohort)
    told = run_meeting([lambda by=by: invited(cohort, some(3), by) for by in (trainer, helper)], at=READ)
    assert (sorted(told), Invitation.objects.count()) == ([0, 3], 3)


def test_two_files_at_once_in_two_groups_of_one_trainer_keep_to_what_is_left(trainer, monkeypatch):
    monkeypatch.setattr(acts, "MOST_A_DAY", 3)
    cohorts = [make_cohort(trainer), make_cohort(trainer, name="Second")]
    told = run_meeting([lambda cohort=cohort: invited(cohort, some(2), trainer) for cohort in cohorts], at=COUNTED)
    assert (sorted(told, key=str), Invitation.objects.count()) == ([2, TooManyError], 2)


def test_two_files_at_once_of_two_who_run_one_group_keep_to_what_is_left(trainer, monkeypatch):
    monkeypatch.setattr(acts, "MOST_A_DAY", 3)
    cohort = make_cohort(trainer)
    helper = with_helper(cohort)
    told = run_meeting(
        [lambda: invited(cohort, some(2, "one"), trainer), lambda: invited(cohort, some(2, "other"), helper)],
        at=COUNTED,
    )
    assert (sorted(told, key=str), Invitation.objects.count()) == ([2, TooManyError], 2)


def test_workers_and_the_clock_at_once_write_each_letter_once(course, trainer):
    guests = some(30)
    waiting(make_cohort(trainer), guests)
    run_meeting([*[lambda: write_letters(now=NOW, most=100)] * 2, lambda: write_due(NOW)], at=READ)
    assert letters() == sorted(guest.email for guest in guests)


def test_who_comes_too_late_to_write_uses_up_nothing_of_what_an_address_may_get(course, trainer):
    for number in range(MOST_TO_ONE):
        waiting(make_cohort(trainer, name=f"Group {number}"), some(1))
        run_meeting([lambda: write_letters(now=NOW, most=1)] * 2, at=READ)
    assert letters() == [some(1)[0].email] * MOST_TO_ONE


def test_a_link_that_two_follow_at_once_lets_one_in(course, trainer):
    invitation = make_invitation(make_cohort(trainer))
    accounts = [make_user(), make_user()]

    def follow(account):
        row = outcome(
            lambda: follow_invitation(token=invitation.token, account=account, shared=Shared(), now=NOW),
            InvitationGoneError,
        )
        return getattr(row, "account", row)

    told = run_meeting([partial(follow, account) for account in accounts], at=READ)
    joined = Participation.objects.get()
    assert sorted(map(str, told)) == sorted(map(str, [joined.account, InvitationGoneError]))


def test_a_link_that_is_withdrawn_while_it_is_followed_leads_in_or_is_withdrawn(course, trainer):
    cohort = make_cohort(trainer)
    invitation = make_invitation(cohort)
    account = make_user()
    run_meeting(
        [
            lambda: outcome(
                lambda: follow_invitation(token=invitation.token, account=account, shared=Shared(), now=NOW),
                InvitationGoneError,
            ),
            lambda: withdraw(cohort=cohort, invitation_id=invitation.pk, by=trainer, now=NOW),
        ],
        at=READ,
    )
    invitation.refresh_from_db()
    assert (invitation.used_at is None) == (Participation.objects.count() == 0)
