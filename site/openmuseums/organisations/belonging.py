"""Belonging to an organisation: joining and leaving."""

import datetime as dt

from django.db import transaction

from openmuseums.organisations.models import Membership, Organisation
from openmuseums.people.models import User


class OrganisationGoneError(LookupError):
    """Raised where an organisation is not there, or no longer: it may have been merged with another."""


@transaction.atomic
def join(*, account: User, organisation: Organisation, role: str, now: dt.datetime) -> Membership:
    """Have somebody belong to an organisation. Who does already changes what they are there.

    Raises OrganisationGoneError.
    """
    if _locked(organisation.pk) is None:
        raise OrganisationGoneError
    return Membership.objects.update_or_create(
        account=account,
        organisation=organisation,
        defaults={"role": role},
        create_defaults={"role": role, "joined_at": now},
    )[0]


@transaction.atomic
def leave(*, account: User, organisation: Organisation) -> None:
    """Have somebody belong to an organisation no longer. Who does not belong to it is left as they are."""
    locked = _locked(organisation.pk)
    if locked is None:
        return
    Membership.objects.filter(account=account, organisation=locked).delete()
    # What somebody typed goes with the last who belongs to it, unless it has become part of the list.
    if not locked.is_confirmed and not locked.memberships.exists():
        locked.delete()


def leave_all(*, account: User) -> None:
    """Have somebody belong to no organisation any longer."""
    for organisation in Organisation.objects.filter(memberships__account=account).order_by("pk"):
        leave(account=account, organisation=organisation)


def _locked(pk: int) -> Organisation | None:
    """Lock an organisation against being merged and against who leaves as the last, and return it."""
    return Organisation.objects.select_for_update(no_key=True).filter(pk=pk).first()
