"""Merging an organisation that is there twice."""

from django.db import transaction
from wagtail.log_actions import log

from openmuseums.organisations.belonging import OrganisationGoneError
from openmuseums.organisations.models import Membership, Organisation
from openmuseums.people.models import User

MERGED = "organisations.merge"


class NotMergeableError(ValueError):
    """Raised where two organisations can not be one: they are one already, or a museum and a network."""


@transaction.atomic
def merge(*, kept: Organisation, double: Organisation, actor: User | None) -> Organisation:
    """Make one of two organisations, and return it. Typing the name of the other finds it from now on.

    Who belongs to both belongs to it once, as what they are there. What it does not say of itself is taken from the
    other. Raises NotMergeableError, and OrganisationGoneError where one of them is not there, as after a second click.
    """
    if kept.pk == double.pk:
        raise NotMergeableError
    # In one order, whichever of the two is to stay, so that two who merge them at once do not wait for each other.
    rows = Organisation.objects.select_for_update().filter(pk__in=[kept.pk, double.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    if len(locked) < 2:
        raise OrganisationGoneError
    stays, goes = locked[kept.pk], locked[double.pk]
    if stays.kind != goes.kind:
        raise NotMergeableError
    there = Membership.objects.filter(organisation=stays).values("account")
    Membership.objects.filter(organisation=goes).exclude(account__in=there).update(organisation=stays)
    _hand_over(goes, stays)
    stays.size = stays.size or goes.size
    stays.network = stays.network or goes.network
    stays.is_confirmed = stays.is_confirmed or goes.is_confirmed
    name = goes.name
    goes.delete()
    stays.save()
    log(instance=stays, action=MERGED, user=actor, data={"name": name})
    return stays


def _hand_over(goes: Organisation, stays: Organisation) -> None:
    """Have whatever belongs to one organisation belong to another: names, museums, and what other apps link to it."""
    for relation in Organisation._meta.related_objects:
        if relation.related_model is not Membership:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: goes})
            rows.update(**{relation.field.name: stays})
