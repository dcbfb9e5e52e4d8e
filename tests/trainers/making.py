"""Cohorts that tests need, made small."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from openmuseums.learners.outline import get_outline
from openmuseums.organisations.models import Organisation
from openmuseums.organisations.naming import find_or_add
from openmuseums.people.models import User
from openmuseums.trainers.cohorts.managing import About
from openmuseums.trainers.cohorts.managing import make_cohort as make
from openmuseums.trainers.completing.ruling import Asked
from openmuseums.trainers.inviting.acts import invite
from openmuseums.trainers.inviting.planning import Guest
from openmuseums.trainers.joining.acts import join
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import Cohort, Invitation, Participation
from openmuseums.trainers.placing.acts import keep_places
from tests.factories import NOW, FixtureCourse, make_trainer, make_user

MADE_AT = NOW - dt.timedelta(days=30)


def make_museum(name: str = "Museum of Keys", country: str = "NL") -> Organisation:
    """Make a museum that the list has."""
    return find_or_add(name=name, country=country, kind="museum", now=MADE_AT, is_confirmed=True)


def everything(course: FixtureCourse) -> list[Asked]:
    """Return what a rule asks for by which all units are read, and the first lesson's quiz is passed."""
    quiz = next(iter(course.quizzes.values()))
    units = tuple(UUID(str(unit.translation_key)) for unit in course.units.values())
    return [
        Asked("units", "units", units, len(units)),
        Asked("quiz", "quiz", (UUID(str(quiz.translation_key)),), 0),
    ]


def make_cohort(trainer: User | None = None, *, asked: Sequence[Asked] = (), **about: Any) -> Cohort:
    """Make a cohort that a trainer answers for, MADE_AT. Without a rule it asks for nothing."""
    outline = get_outline()
    fields: dict[str, Any] = {
        "name": "Museums of the coast",
        "organisation": about.pop("organisation", None) or make_museum(),
        "starts_on": dt.date(2026, 10, 1),
        "ends_on": dt.date(2026, 12, 18),
        "time_zone": "Europe/Amsterdam",
        "languages": ("en", "nl"),
    }
    return make(
        about=About(**{**fields, **about}),
        course_key=outline.course_key if outline else UUID(int=1),
        asked=asked,
        by=trainer or make_trainer(),
        now=MADE_AT,
    )


def who_answers_for(cohort: Cohort) -> User:
    """Return the trainer who answers for a cohort."""
    return cohort.staff.select_related("account").get(role="trainer").account


def take_part(
    cohort: Cohort, account: User | None = None, *, now: dt.datetime = NOW, shared: Shared | None = None
) -> Participation:
    """Have somebody join a cohort; nothing is shared unless it is said."""
    return join(cohort=cohort, account=account or make_user(), shared=shared or Shared(), now=now)


def make_invitation(cohort: Cohort, email: str = "guest@example.org", **fields: Any) -> Invitation:
    """Have an address be invited to a cohort by who answers for it; its letter waits to be written."""
    invite(cohort=cohort, guests=[Guest(email, **fields)], by=who_answers_for(cohort), now=NOW)
    return Invitation.objects.get(cohort=cohort, email=email)


def make_place(cohort: Cohort, by: User, name: str = "Ann Placed") -> Participation:
    """Have a place be kept for somebody."""
    keep_places(cohort=cohort, names=[name], with_accounts=False, by=by, now=NOW)
    return Participation.objects.get(cohort=cohort, name=name, status=Participation.Status.PLACED)
