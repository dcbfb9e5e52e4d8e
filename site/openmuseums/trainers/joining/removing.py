"""Taking somebody out of a cohort and of its lists, at their own request: the row goes, and is counted."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from openmuseums.people.models import User
from openmuseums.trainers.models import Participation, Removal


@transaction.atomic
def remove(*, participation: Participation, now: dt.datetime) -> bool:
    """Delete a participation with all that is known of it; return False where it is gone already.

    Lists made anew have no row for it and say how many rows are missing so; lists that were made before are found to
    be superseded when they are verified.
    """
    locked = Participation.objects.select_for_update().filter(pk=participation.pk).first()
    if locked is None:
        return False
    first = locked.entries.order_by("recorded_at").first()
    if first is not None:
        Removal.objects.create(cohort_id=locked.cohort_id, joined_recorded_at=first.recorded_at, removed_at=now)
    locked.delete()
    return True


def remove_account(*, account: User, now: dt.datetime) -> None:
    """Take somebody out of all cohorts that they are or were in, and away from the places that were kept for them."""
    theirs = Q(account=account) | Q(made_account=account)
    for participation in Participation.objects.filter(theirs).order_by("pk"):
        remove(participation=participation, now=now)
