"""The end of a record: all of it goes at once, whether somebody asks for it or its time is up."""

import datetime as dt
from uuid import UUID

from django.db import models, transaction

from openmuseums.learners.holdings import lock_holdings
from openmuseums.learners.models import Learner
from openmuseums.learners.tallies import tallies_of
from openmuseums.privacy.totals import keep_totals


def lock(record_id: UUID) -> bool:
    """Lock a record and what hangs on it in the caller's transaction, as every act does; return whether it stands."""
    return _locked(models.Q(pk=record_id)) is not None


@transaction.atomic
def erase(*, learner: Learner) -> bool:
    """Erase a record with everything that hangs on it; return False where it is gone already.

    It is locked first, as every act locks it, so that nothing is added to a record that is on its way out. How often
    something happened stays, without anybody's name.
    """
    return _erase(models.Q(pk=learner.pk))


def erase_expired(*, now: dt.datetime, write: bool = True) -> int:
    """Erase the visitors' records whose time is up, each in a transaction of its own; return how many.

    Where `write` is false they are only counted.
    """
    is_due = models.Q(account__isnull=True, expires_at__lte=now)
    due = Learner.objects.filter(is_due).order_by("pk").values_list("pk", flat=True)
    if not write:
        return due.count()
    erased = 0
    for pk in list(due):
        with transaction.atomic():
            # Asked again under the lock: an act may have put the end off meanwhile.
            erased += _erase(is_due & models.Q(pk=pk))
    return erased


def visitors_duty(now: dt.datetime) -> str:
    """Erase the visitors' records whose time is up, and say how many."""
    return f"{erase_expired(now=now)} visitors' records erased."


def _erase(condition: models.Q) -> bool:
    learner = _locked(condition)
    if learner is None:
        return False
    keep_totals(tallies_of(learner))
    learner.delete()
    return True


def _locked(condition: models.Q) -> Learner | None:
    learner = Learner.objects.select_for_update().filter(condition).first()
    if learner is not None:
        lock_holdings([learner])
    return learner
