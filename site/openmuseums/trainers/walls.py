"""The walls between trainers: whoever is not on the staff of a cohort finds nothing of it anywhere."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from openmuseums.people.models import User
from openmuseums.trainers.models import Cohort, Staff

MAKES_COHORTS = "trainers.add_cohort"


def may_train(user: User | AnonymousUser) -> bool:
    """Return whether somebody may open trainers' pages at all: as a trainer, or on the staff of a cohort."""
    return user.is_authenticated and (user.has_perm(MAKES_COHORTS) or Staff.objects.filter(account_id=user.pk).exists())


def trainer_of(request: HttpRequest) -> User:
    """Return the account that is signed in. Raises Http404 without one: the table of access lets nobody else come."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def cohort_to_see(request: HttpRequest, key: str) -> Cohort:
    """Return a cohort that somebody runs or looks on at. Raises Http404 for any other, as for one that is not there."""
    return _found(Cohort.objects.run_by(trainer_of(request)), key)


def cohort_to_change(request: HttpRequest, key: str) -> Cohort:
    """Return a cohort that somebody may change now. Raises Http404 for others, and archived ones."""
    return _found(Cohort.objects.changed_by(trainer_of(request)).filter(archived_at=None), key)


def cohort_to_answer_for(request: HttpRequest, key: str) -> Cohort:
    """Return a cohort that somebody answers for, archived or not. Raises Http404 for all others."""
    return _found(Cohort.objects.owned_by(trainer_of(request)), key)


def _found(cohorts: QuerySet[Cohort], key: str) -> Cohort:
    found = cohorts.select_related("organisation").filter(key=key).first()
    if found is None:
        raise Http404
    return found
