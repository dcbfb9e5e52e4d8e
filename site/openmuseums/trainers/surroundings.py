"""What every page about a cohort shows: which one it is, its tabs, and what the reader may do."""

from typing import Any

from django.http import HttpRequest

from openmuseums.trainers.models import Cohort, Staff
from openmuseums.trainers.walls import trainer_of


def surroundings(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    """Return what the template of a cohort's page needs, in one query; the reader is on the cohort's staff."""
    role = Staff.objects.values_list("role", flat=True).get(cohort=cohort, account=trainer_of(request))
    return {
        "cohort": cohort,
        "may_change": role in Staff.MAY_CHANGE and not cohort.is_archived,
        "answers_for_it": role == Staff.Role.TRAINER,
        "is_observer": role == Staff.Role.OBSERVER,
    }
