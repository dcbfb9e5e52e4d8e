"""Which sessions there are: of a cohort, past and coming, and those that somebody made for everybody."""

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from openmuseums.people.models import User
from openmuseums.trainers.models import Cohort, Session
from openmuseums.trainers.walls import MAKES_COHORTS, trainer_of

LOOKS_AFTER_ORGANISATIONS = "organisations.change_organisation"


class Parted(NamedTuple):
    """Sessions that are to come, the next one first, and past ones, the last one first."""

    coming: list[Session]
    past: list[Session]


def part(sessions: QuerySet[Session], now: dt.datetime) -> Parted:
    """Part sessions into those that have not ended and those that have."""
    found = list(sessions.select_related("organisation", "cohort").order_by("starts_at", "pk"))
    coming = [row for row in found if row.ends_at > now]
    return Parted(coming, [row for row in reversed(found) if row.ends_at <= now])


def session_of(cohort: Cohort, session_id: UUID) -> Session:
    """Return a session of a cohort. Raises Http404 for any other, another cohort's too."""
    found = Session.objects.filter(cohort=cohort, pk=session_id).select_related("organisation", "cohort").first()
    if found is None:
        raise Http404
    return found


def own_public_sessions(user: User) -> QuerySet[Session]:
    """Return the sessions that somebody made for everybody, while they may train, and no longer.

    Those whose maker is gone are for who looks after organisations.
    """
    rows = Session.objects.filter(cohort=None)
    if not user.has_perm(MAKES_COHORTS):
        return rows.none()
    own = Q(made_by=user)
    return rows.filter(own | Q(made_by=None) if user.has_perm(LOOKS_AFTER_ORGANISATIONS) else own)


def own_public_session(request: HttpRequest, session_id: UUID) -> Session:
    """Return a session that who asks made for everybody. Raises Http404 for any other."""
    found = own_public_sessions(trainer_of(request)).filter(pk=session_id).select_related("organisation").first()
    if found is None:
        raise Http404
    return found
