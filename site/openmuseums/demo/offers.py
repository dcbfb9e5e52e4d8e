"""What the demo's network offers to everybody in the months to come, so that its public calendar shows something."""

import datetime as dt
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from openmuseums.organisations.models import Organisation
from openmuseums.people.models import User
from openmuseums.trainers.models import Session
from openmuseums.trainers.sessions.arranging import Plan, arrange_for_everybody

_HOURS = dt.timedelta(hours=2)


class _Offer(NamedTuple):
    """A session: in how many days, in which language and zone, what it is called, for whom, and where; "" is online."""

    days: int
    language: str
    zone: str
    title: str
    audience: str
    place: str


_OFFERS = (
    _Offer(15, "en", "Europe/Amsterdam", "Demo session: a website in an afternoon", "professional", ""),
    _Offer(24, "el", "Europe/Athens", "Δοκιμαστική συνάντηση: μουσείο και διαδίκτυο", "board", "Demo museum GR 1"),
    _Offer(45, "nl", "Europe/Amsterdam", "Voorbeeldbijeenkomst: wat bezoekers zoeken", "volunteer", "Demo museum NL 1"),
    _Offer(80, "it", "Europe/Rome", "Incontro dimostrativo: vendere in rete", "everybody", "Demo museum IT 1"),
    _Offer(130, "es", "Europe/Madrid", "Sesión de muestra: contar el museo", "everybody", ""),
)


def are_offers_there() -> bool:
    """Return whether something is offered to everybody."""
    return Session.objects.filter(cohort=None).exists()


@transaction.atomic
def make_offers(*, organisation: Organisation, trainer: User, now: dt.datetime) -> None:
    """Make them, as a trainer's; nothing where there are some already."""
    if are_offers_there():
        return
    for offer in _OFFERS:
        arrange_for_everybody(organisation=organisation, plan=_plan(offer, now), by=trainer, now=now)


def _plan(offer: _Offer, now: dt.datetime) -> Plan:
    day = now.astimezone(ZoneInfo(offer.zone)).date() + dt.timedelta(days=offer.days)
    starts_at = dt.datetime.combine(day, dt.time(14), ZoneInfo(offer.zone)).astimezone(dt.UTC)
    return Plan(
        title=offer.title,
        kind=Session.Kind.ON_SITE if offer.place else Session.Kind.ONLINE,
        starts_at=starts_at,
        ends_at=starts_at + _HOURS,
        time_zone=offer.zone,
        language=offer.language,
        place=offer.place,
        address="" if offer.place else "https://example.org/session",
        audience=offer.audience,
    )
