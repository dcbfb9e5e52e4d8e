"""The names that organisations are found by: added with an organisation, kept when it is renamed."""

import datetime as dt

from django.db import IntegrityError, transaction

from openmuseums.organisations.folding import folded, is_near
from openmuseums.organisations.models import Name, Organisation


class NamelessError(ValueError):
    """Raised where a name has neither letter nor digit."""


class NameTakenError(ValueError):
    """Raised where another organisation of the country is found by this name. It is in `organisation`."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"There is an organisation with this name in this country: {organisation.pk}")
        self.organisation = organisation


def found_by(*, name: str, country: str) -> Organisation | None:
    """Return the organisation of a country that has, or had, this name, however it is written."""
    return Organisation.objects.filter(names__folded=folded(name), names__country=country).first()


def find_or_add(  # noqa: PLR0913 - these are the parts of an organisation
    *, name: str, country: str, kind: str, now: dt.datetime, size: str = "", is_confirmed: bool = False
) -> Organisation:
    """Return the organisation of a country that has this name; add it where there is none.

    What is there keeps its kind and size. Raises NamelessError.
    """
    name = " ".join(name.split())
    if not folded(name):
        raise NamelessError
    for _try in range(3):
        there = found_by(name=name, country=country)
        if there:
            return there
        try:
            with transaction.atomic():
                made = Organisation.objects.create(
                    name=name, country=country, kind=kind, size=size, is_confirmed=is_confirmed, added_at=now
                )
                Name.objects.create(organisation=made, name=name, folded=folded(name), country=country)
        except IntegrityError:
            # Somebody has added it at the same moment.
            continue
        return made
    raise NamelessError  # pragma: no cover - it came and went three times


@transaction.atomic
def store(*, organisation: Organisation, now: dt.datetime) -> None:
    """Save an organisation as an administrator changed it, or a new one; it is found by its earlier names too.

    Raises NamelessError, and NameTakenError where the two are to be merged instead.
    """
    name = organisation.name = " ".join(organisation.name.split())
    if not folded(name):
        raise NamelessError
    there = found_by(name=name, country=organisation.country)
    if there and there.pk != organisation.pk:
        raise NameTakenError(there)
    if organisation.pk is None:
        organisation.added_at = now
    organisation.save()
    if not there:
        Name.objects.create(organisation=organisation, name=name, folded=folded(name), country=organisation.country)


def near_doubles(organisation: Organisation) -> list[Organisation]:
    """Return organisations of the same country whose names say much the same."""
    own = [name.folded for name in organisation.names.all()]
    others = Name.objects.filter(country=organisation.country).exclude(organisation=organisation)
    near = {other.organisation_id for other in others if any(is_near(other.folded, name) for name in own)}
    return list(Organisation.objects.filter(pk__in=near))
