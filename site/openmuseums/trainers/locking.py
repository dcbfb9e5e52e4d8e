"""The locks of what a trainer does to a cohort, in their one order: the accounts that it is about, then the cohort."""

from openmuseums.people.models import User
from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.models import Cohort


def locked_cohort(cohort: Cohort) -> Cohort:
    """Return a cohort that can be changed, locked. Raises CohortClosedError."""
    locked = Cohort.objects.select_for_update(no_key=True).filter(pk=cohort.pk, archived_at=None).first()
    if locked is None:
        raise CohortClosedError
    return locked


def locked_for(by: User, cohort: Cohort) -> Cohort:
    """Return a cohort, locked after the account of who does something of which they may do so much a day.

    What somebody does at once in two of their cohorts is counted one after the other. Raises CohortClosedError.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk"))
    return locked_cohort(cohort)
