"""Making, changing and cancelling sessions. One that is cancelled stays, so that calendars say so."""

import datetime as dt
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log

from openmuseums.organisations.models import Organisation
from openmuseums.people.models import User
from openmuseums.trainers.completing.keeping import keep_completion
from openmuseums.trainers.models import AttendanceEntry, Cohort, Session
from openmuseums.trainers.models.completion import Because
from openmuseums.trainers.secrets import make_code

MADE, CHANGED, CANCELLED = (f"trainers.session_{act}" for act in ("made", "changed", "cancelled"))
# 8 signs have 34 bits; it opens something for an hour or two, to those in the cohort, who may try it a few times.
CODE_LENGTH = 8


class SessionCancelledError(ValueError):
    """Raised where a session is changed that has been cancelled."""


@dataclass(frozen=True)
class Plan:
    """What is said of a session. Times are moments."""

    title: str
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    time_zone: str
    language: str
    about: str = ""
    place: str = ""
    address: str = ""
    audience: str = Session.Audience.EVERYBODY
    is_public: bool = False


@transaction.atomic
def arrange_for_cohort(*, cohort: Cohort, plan: Plan, by: User, now: dt.datetime) -> Session:
    """Make a session of a cohort."""
    return _arrange(cohort, cohort.organisation, plan, by, now)


@transaction.atomic
def arrange_for_everybody(*, organisation: Organisation, plan: Plan, by: User, now: dt.datetime) -> Session:
    """Make a session that an organisation offers to everybody. It stands in the public calendar, whatever is said."""
    return _arrange(None, organisation, plan, by, now)


@transaction.atomic
def change_session(*, session: Session, plan: Plan, by: User, now: dt.datetime) -> Session:
    """Change what is said of a session. Calendars take a new version over the old one; the same is no new version.

    Raises SessionCancelledError.
    """
    locked = locked_session(session.pk)
    wanted = _fields(locked.cohort_id, plan)
    if {name: getattr(locked, name) for name in wanted} == wanted:
        return locked
    for name, value in wanted.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.changed_at = now
    locked.save()
    log(instance=locked, action=CHANGED, user=by)
    return locked


@transaction.atomic
def cancel_session(*, session: Session, by: User, now: dt.datetime) -> None:
    """Cancel a session: who was noted as there has attended nothing. Twice changes nothing."""
    try:
        locked = locked_session(session.pk)
    except SessionCancelledError:
        return
    locked.cancelled_at = locked.changed_at = now
    locked.version += 1
    locked.save()
    there = AttendanceEntry.objects.filter(session=locked).values_list("participation", flat=True)
    keep_completion(participations=sorted(set(there)), because=Because.CORRECTION, now=now)
    log(instance=locked, action=CANCELLED, user=by)


def locked_session(session_id: UUID) -> Session:
    """Return a session under its lock. It comes after that of its cohort and before those of participations.

    Raises SessionCancelledError where it has been cancelled, or is gone.
    """
    locked = Session.objects.select_for_update(no_key=True).filter(pk=session_id, cancelled_at=None).first()
    if locked is None:
        raise SessionCancelledError
    return locked


def _arrange(cohort: Cohort | None, organisation: Organisation, plan: Plan, by: User, now: dt.datetime) -> Session:
    session = Session.objects.create(
        cohort=cohort,
        organisation=organisation,
        code=make_code(CODE_LENGTH),
        made_by=by,
        made_at=now,
        changed_at=now,
        **_fields(cohort.pk if cohort else None, plan),
    )
    log(instance=session, action=MADE, user=by)
    return session


def _fields(cohort_id: UUID | None, plan: Plan) -> dict[str, object]:
    on_site = plan.kind == Session.Kind.ON_SITE
    return {
        **asdict(plan),
        "place": plan.place if on_site else "",
        "address": "" if on_site else plan.address,
        "is_public": plan.is_public or cohort_id is None,
    }
