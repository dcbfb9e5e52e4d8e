"""Which sessions the public calendar shows: all that are public, or those that a visitor asks for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from openmuseums.organisations.countries import COUNTRIES
from openmuseums.organisations.models import Organisation
from openmuseums.trainers.models import Session

# What clocks show differs from UTC by less.
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Choice:
    """What a visitor asks for; what is "" or None is not asked for."""

    language: str = ""
    audience: str = ""
    country: str = ""
    organisation: int | None = None
    kind: str = ""

    def __bool__(self) -> bool:
        return bool(self.query)

    @property
    def query(self) -> str:
        """Return it as the query of an address, in one order."""
        return urlencode({name: value for name, value in self._asked() if value})

    def _asked(self) -> list[tuple[str, Any]]:
        return [(name, getattr(self, name)) for name in self.__dataclass_fields__]


def choice_in(query: Mapping[str, str]) -> Choice:
    """Return what a query asks for; what stands for nothing is left out."""

    def one_of(name: str, known: list[str]) -> str:
        return query[name] if query.get(name) in known else ""

    number = query.get("organisation", "")
    return Choice(
        language=query.get("language", "") if query.get("language", "").isalpha() else "",
        audience=one_of("audience", [value for value in Session.Audience.values if value != "everybody"]),
        country=one_of("country", [code for code, _name in COUNTRIES]),
        organisation=int(number) if number.isdecimal() and len(number) < 10 else None,
        kind=one_of("kind", Session.Kind.values),
    )


def public_sessions() -> QuerySet[Session]:
    """Return the sessions that everybody may see, cancelled ones too, in their order.

    An organisation is named to everybody once an administrator has taken it into the list.
    """
    rows = Session.objects.filter(is_public=True, organisation__is_confirmed=True)
    return rows.select_related("organisation").order_by("starts_at", "pk")


def chosen(sessions: QuerySet[Session], choice: Choice) -> QuerySet[Session]:
    """Return those that are asked for. What is for everybody is for each audience; a network has its museums' too."""
    if choice.language:
        sessions = sessions.filter(language=choice.language)
    if choice.audience:
        sessions = sessions.filter(audience__in=(choice.audience, Session.Audience.EVERYBODY))
    if choice.country:
        sessions = sessions.filter(organisation__country=choice.country)
    if choice.organisation:
        own = Organisation.objects.filter(pk=choice.organisation)
        of_the_network = Organisation.objects.filter(network=choice.organisation)
        sessions = sessions.filter(organisation__in=own | of_the_network)
    if choice.kind:
        sessions = sessions.filter(kind=choice.kind)
    return sessions


def in_year(sessions: QuerySet[Session], year: int) -> list[Session]:
    """Return the sessions that start in a year, by the clocks of each place."""
    first, last = (dt.datetime(each, 1, 1, tzinfo=dt.UTC) for each in (year, year + 1))
    near = sessions.filter(starts_at__gte=first - _DAY, starts_at__lt=last + _DAY)
    return [row for row in near if row.starts_at.astimezone(ZoneInfo(row.time_zone)).year == year]


def since(sessions: QuerySet[Session], now: dt.datetime) -> list[Session]:
    """Return the sessions that have not ended."""
    return list(sessions.filter(ends_at__gt=now))
