"""Making, changing, archiving and copying cohorts."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from wagtail.log_actions import log

from openmuseums.organisations.models import Organisation
from openmuseums.people.models import User
from openmuseums.trainers.completing.ruling import Asked, asked_by, begin_rule
from openmuseums.trainers.models import Cohort, Staff
from openmuseums.trainers.secrets import make_code

MADE, CHANGED, ARCHIVED, REOPENED, COPIED = (
    f"trainers.cohort_{act}" for act in ("made", "changed", "archived", "reopened", "copied")
)
# 12 signs have 51 bits: nobody guesses one within what is allowed to try.
CODE_LENGTH = 12


@dataclass(frozen=True)
class About:
    """What a trainer says of a cohort."""

    name: str
    organisation: Organisation
    starts_on: dt.date
    ends_on: dt.date
    time_zone: str
    languages: tuple[str, ...]
    is_open: bool = True


@transaction.atomic
def make_cohort(  # noqa: PLR0913 - these are the parts of a cohort
    *, about: About, course_key: UUID, asked: Sequence[Asked], by: User, now: dt.datetime, key: str = ""
) -> Cohort:
    """Make a cohort that somebody answers for, with its first rule. `key`: where it is not to be made of the name."""
    cohort = Cohort.objects.create(
        key=key or _key_from(about.name),
        course_key=course_key,
        join_code=make_code(CODE_LENGTH),
        made_at=now,
        **_of(about),
    )
    Staff.objects.create(cohort=cohort, account=by, role=Staff.Role.TRAINER, since=now)
    begin_rule(cohort=cohort, asked=asked, by=by, now=now)
    log(instance=cohort, action=MADE, user=by)
    return cohort


@transaction.atomic
def change_cohort(*, cohort: Cohort, about: About, by: User, now: dt.datetime) -> Cohort:
    """Change what is said of a cohort."""
    locked = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    for name, value in _of(about).items():
        setattr(locked, name, value)
    locked.save()
    log(instance=locked, action=CHANGED, user=by)
    return locked


@transaction.atomic
def renew_code(*, cohort: Cohort, by: User) -> Cohort:
    """Give a cohort another code to join by; the old one opens nothing any longer."""
    locked = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    locked.join_code = make_code(CODE_LENGTH)
    locked.save(update_fields=["join_code"])
    log(instance=locked, action=CHANGED, user=by)
    return locked


@transaction.atomic
def archive(*, cohort: Cohort, by: User, now: dt.datetime) -> None:
    """Close a cohort: it stays to be read and exported, and nothing about it changes. Twice changes nothing."""
    if Cohort.objects.filter(pk=cohort.pk, archived_at=None).update(archived_at=now):
        log(instance=cohort, action=ARCHIVED, user=by)


@transaction.atomic
def reopen(*, cohort: Cohort, by: User) -> None:
    """Take a cohort out of the archive."""
    if Cohort.objects.filter(pk=cohort.pk, archived_at__isnull=False).update(archived_at=None):
        log(instance=cohort, action=REOPENED, user=by)


@transaction.atomic
def copy_cohort(*, cohort: Cohort, by: User, now: dt.datetime) -> Cohort:
    """Copy a cohort for the next year: what it is, its rule and its staff, one year on; nobody who took part.

    Who copies it answers for the copy. Raises Staff.DoesNotExist where they are not on the staff.
    """
    Staff.objects.get(cohort=cohort, account=by)
    about = About(
        name=cohort.name,
        organisation=cohort.organisation,
        starts_on=_a_year_on(cohort.starts_on),
        ends_on=_a_year_on(cohort.ends_on),
        time_zone=cohort.time_zone,
        languages=tuple(cohort.languages),
    )
    copy = make_cohort(
        about=about, course_key=cohort.course_key, asked=asked_by(cohort.rule_in_force()), by=by, now=now
    )
    Cohort.objects.filter(pk=copy.pk).update(copied_from=cohort)
    others = [
        Staff(cohort=copy, account_id=row.account_id, role=Staff.Role.CO_TRAINER, since=now)
        for row in cohort.staff.exclude(account=by).exclude(role=Staff.Role.OBSERVER)
    ]
    Staff.objects.bulk_create(others)
    log(instance=copy, action=COPIED, user=by, data={"from": cohort.key})
    copy.refresh_from_db()
    return copy


def _of(about: About) -> dict[str, object]:
    return {
        "name": about.name,
        "organisation": about.organisation,
        "starts_on": about.starts_on,
        "ends_on": about.ends_on,
        "time_zone": about.time_zone,
        "languages": list(about.languages),
        "is_open": about.is_open,
    }


def _key_from(name: str) -> str:
    """Return a key that nobody has: what of the name can stand in an address, and a few random digits."""
    return f"{slugify(name)[:48] or 'cohort'}-{secrets.token_hex(4)}"


def _a_year_on(day: dt.date) -> dt.date:
    """Return the same day of the next year; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
