"""Who runs a cohort: further trainers, observers, and handing it over to a colleague."""

import datetime as dt

from django.db import transaction
from wagtail.log_actions import log

from openmuseums.people.models import User
from openmuseums.trainers.models import Cohort, Staff
from openmuseums.trainers.walls import MAKES_COHORTS

ADDED, TAKEN_OFF, HANDED_OVER = (f"trainers.staff_{act}" for act in ("added", "taken_off", "handed_over"))


class NoSuchTrainerError(LookupError):
    """Raised where nobody can be found by an address, or they may not train. Which of the two is not told."""


class AnswersForItError(ValueError):
    """Raised where the one who answers for a cohort would be taken off: it has to be handed over first."""


@transaction.atomic
def add_staff(*, cohort: Cohort, address: str, role: str, by: User, now: dt.datetime) -> Staff:
    """Have a trainer help with a cohort or look on at it, found by their e-mail address or user name.

    Who is on the staff already changes their role. Raises NoSuchTrainerError, and AnswersForItError for who answers
    for it.
    """
    _lock(cohort)
    account = _trainer(address)
    there = Staff.objects.filter(cohort=cohort, account=account).first()
    if there is not None and there.role == Staff.Role.TRAINER:
        raise AnswersForItError
    row = Staff.objects.update_or_create(
        cohort=cohort, account=account, defaults={"role": role}, create_defaults={"role": role, "since": now}
    )[0]
    log(instance=cohort, action=ADDED, user=by, data={"role": role})
    return row


@transaction.atomic
def take_off(*, cohort: Cohort, staff_id: int, by: User) -> None:
    """Have somebody no longer run a cohort: from that moment they see nothing of it. Who is not there changes nothing.

    Raises AnswersForItError.
    """
    _lock(cohort)
    row = Staff.objects.filter(cohort=cohort, pk=staff_id).first()
    if row is None:
        return
    if row.role == Staff.Role.TRAINER:
        raise AnswersForItError
    row.delete()
    log(instance=cohort, action=TAKEN_OFF, user=by)


@transaction.atomic
def hand_over(*, cohort: Cohort, address: str, by: User, now: dt.datetime) -> None:
    """Have a colleague answer for a cohort from now on; who did so until now helps with it.

    Raises NoSuchTrainerError.
    """
    _lock(cohort)
    account = _trainer(address)
    Staff.objects.filter(cohort=cohort, role=Staff.Role.TRAINER).exclude(account=account).update(
        role=Staff.Role.CO_TRAINER
    )
    role = Staff.Role.TRAINER
    Staff.objects.update_or_create(
        cohort=cohort, account=account, defaults={"role": role}, create_defaults={"role": role, "since": now}
    )
    log(instance=cohort, action=HANDED_OVER, user=by)


@transaction.atomic
def leave_all_staff(*, account: User) -> None:
    """Take somebody off the staff of every cohort. Where they answered for one, who helped longest does from now on.

    A cohort that nobody else helps with stays, and is for administrators to hand over.
    """
    for cohort in Cohort.objects.filter(staff__account=account).order_by("pk"):
        _lock(cohort)
        answered = Staff.objects.filter(cohort=cohort, account=account, role=Staff.Role.TRAINER).exists()
        Staff.objects.filter(cohort=cohort, account=account).delete()
        helper = cohort.staff.filter(role=Staff.Role.CO_TRAINER).order_by("since", "pk").first()
        if answered and helper is not None:
            Staff.objects.filter(pk=helper.pk).update(role=Staff.Role.TRAINER)


def _lock(cohort: Cohort) -> None:
    # Of two who hand it over at once the second waits, and finds what the first left.
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)


def _trainer(address: str) -> User:
    try:
        account = User.objects.get_by_natural_key(address)
    except User.DoesNotExist:
        raise NoSuchTrainerError from None
    # An account of the site's staff for trainers alone: a learner is not made a reader of others by their address.
    if not (account.is_active and account.has_perm(MAKES_COHORTS)):
        raise NoSuchTrainerError
    return account
