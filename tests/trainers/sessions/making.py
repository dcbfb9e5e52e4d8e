"""Sessions that tests need."""

import datetime as dt
from typing import Any

from openmuseums.organisations.models import Organisation
from openmuseums.people.models import User
from openmuseums.trainers.models import Cohort, Session
from openmuseums.trainers.sessions.arranging import Plan, arrange_for_cohort, arrange_for_everybody
from tests.factories import NOW, make_trainer
from tests.trainers.making import MADE_AT, make_museum

# By clocks in Amsterdam it starts at 14:00, and ends at 16:00.
STARTS = dt.datetime(2026, 11, 10, 13, tzinfo=dt.UTC)
ENDS = STARTS + dt.timedelta(hours=2)


def plan_of(**fields: Any) -> Plan:
    """Return what is said of a session on site."""
    known: dict[str, Any] = {
        "title": "How visitors find us",
        "kind": Session.Kind.ON_SITE,
        "place": "Kazerneplein 1, Naarden",
        "starts_at": STARTS,
        "ends_at": ENDS,
        "time_zone": "Europe/Amsterdam",
        "language": "en",
    }
    if "starts_at" in fields and "ends_at" not in fields:
        known["ends_at"] = fields["starts_at"] + dt.timedelta(hours=2)
    return Plan(**{**known, **fields})


def make_session(cohort: Cohort, by: User | None = None, *, now: dt.datetime = MADE_AT, **fields: Any) -> Session:
    """Make a session of a cohort."""
    return arrange_for_cohort(cohort=cohort, plan=plan_of(**fields), by=by or make_trainer(), now=now)


def make_public_session(
    organisation: Organisation | None = None, by: User | None = None, *, now: dt.datetime = NOW, **fields: Any
) -> Session:
    """Make a session for everybody."""
    return arrange_for_everybody(
        organisation=organisation or make_museum(), plan=plan_of(**fields), by=by or make_trainer(), now=now
    )
