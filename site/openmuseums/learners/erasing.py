"""The end of a record: all of it goes at once, whether somebody asks for it or its time is up."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from openmuseums.learners.holdings import lock_holdings
from openmuseums.learners.models import Learner
from openmuseums.learners.tallies import tallies_of
from openmuseums.privacy.totals import keep_totals


@transaction.atomic
def erase(*, learner: Learner) -> None:
    """Erase a record with everything that hangs on it. Where it is gone already, nothing is done.

    It is locked first, as every act locks it, so that nothing is added to a record that is on its way out.
    """
    for locked in Learner.objects.select_for_update().filter(pk=learner.pk):
        _erase_locked(locked)


def erase_expired(*, now: dt.datetime, write: bool = True) -> int:
    """Erase the visitors' records whose time is up, each in a transaction of its own; return how many.

    Where `write` is false they are only counted.
    """
    due = Learner.objects.filter(account__isnull=True, expires_at__lte=now)
    if not write:
        return due.count()
    return sum(_erase_if_due(pk, now) for pk in list(due.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _erase_if_due(pk: UUID, now: dt.datetime) -> bool:
    # Asked again under the lock: an act may have put the end off meanwhile.
    for locked in Learner.objects.select_for_update().filter(pk=pk, account__isnull=True, expires_at__lte=now):
        _erase_locked(locked)
        return True
    return False


def _erase_locked(learner: Learner) -> None:
    lock_holdings([learner])
    keep_totals(tallies_of(learner))
    learner.delete()
