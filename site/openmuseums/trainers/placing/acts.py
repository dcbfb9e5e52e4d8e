"""Keeping places for people by their names: adding, renaming, removing, and new codes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.log_actions import log

from openmuseums.people.models import User
from openmuseums.trainers.entering import enter, enter_new
from openmuseums.trainers.joining.acts import digest_of
from openmuseums.trainers.joining.removing import remove
from openmuseums.trainers.locking import locked_cohort, locked_for
from openmuseums.trainers.models import Cohort, Participation, ParticipationEntry
from openmuseums.trainers.placing.accounts import make_account, new_slip, untouched
from openmuseums.trainers.secrets import in_groups, make_code

KEPT, CODE_RENEWED, ACCOUNT_MADE, RENAMED, TAKEN_AWAY = (
    f"trainers.place_{act}" for act in ("kept", "code_renewed", "account_made", "renamed", "taken_away")
)
# 16 signs have 69 bits.
CODE_LENGTH = 16
MOST_AT_ONCE = 200
# Each takes a moment to be made: the digest of a slip is slow to reckon, so that nobody guesses it.
MOST_ACCOUNTS_AT_ONCE = 30
# By one person in all groups that they run, and in one group by all who run it: in a day.
MOST_A_DAY = 1000
_DAY = dt.timedelta(days=1)
Change = ParticipationEntry.Change
Status = Participation.Status


class TooManyPlacesError(ValueError):
    """Raised where more places would be kept than may be in a day."""


class PlaceGoneError(LookupError):
    """Raised where a place was claimed or removed meanwhile."""


@dataclass(frozen=True)
class Told:
    """What a slip of paper tells, and nothing else ever again: the name, the code of the place, and the way in."""

    name: str
    code: str
    user_name: str = ""
    sign_in_code: str = ""


@transaction.atomic
def keep_places(*, cohort: Cohort, names: Sequence[str], with_accounts: bool, by: User, now: dt.datetime) -> list[Told]:
    """Keep a place for each name, with an account where that is wanted; return what their slips tell.

    Raises CohortClosedError and TooManyPlacesError.
    """
    locked = locked_for(by, cohort)
    if len(names) > left_today(cohort=locked, by=by, now=now):
        raise TooManyPlacesError
    rule = locked.rule_in_force()
    codes = [make_code(CODE_LENGTH) for _name in names]
    rows = [
        Participation(
            cohort=locked, status=Status.PLACED, name=name, rule=rule, claim_digest=digest_of(code), placed_by=by
        )
        for name, code in zip(names, codes, strict=True)
    ]
    Participation.objects.bulk_create(rows)
    enter_new(rows, change=Change.PLACED, now=now)
    told = []
    for row, code in zip(rows, codes, strict=True):
        user_name, sign_in_code = make_account(place=row, by=by, now=now) if with_accounts else ("", "")
        told.append(Told(row.name, in_groups(code), user_name, sign_in_code))
    log(instance=locked, action=KEPT, user=by, data={"count": len(rows), "with_accounts": with_accounts})
    return told


def left_today(*, cohort: Cohort, by: User, now: dt.datetime) -> int:
    """Return for how many more people somebody may keep places in a cohort today: counted as invitations are."""
    entries = ParticipationEntry.objects.filter(change=Change.PLACED, recorded_at__gt=now - _DAY)
    # A place that is given another name is entered anew, and is no further one.
    earlier = ParticipationEntry.objects.filter(participation=OuterRef("participation"), pk__lt=OuterRef("pk"))
    today = entries.filter(~Exists(earlier))
    theirs, here = today.filter(participation__placed_by=by), today.filter(participation__cohort=cohort)
    return max(0, MOST_A_DAY - max(theirs.count(), here.count()))


@transaction.atomic
def new_code(*, cohort: Cohort, place_id: UUID, by: User, now: dt.datetime) -> Told:
    """Give a place another code; the old one claims nothing any longer. An account that nobody came into gets a slip.

    Raises PlaceGoneError and CohortClosedError.
    """
    account = _locked_shell(place_id)
    row = _place(cohort, place_id)
    code = make_code(CODE_LENGTH)
    Participation.objects.filter(pk=row.pk).update(claim_digest=digest_of(code))
    log(instance=row.cohort, action=CODE_RENEWED, user=by, data={"place": str(place_id)})
    if account is None:
        return Told(row.name, in_groups(code))
    return Told(row.name, in_groups(code), account.username or "", new_slip(place=row, account=account, by=by, now=now))


@transaction.atomic
def add_account(*, cohort: Cohort, place_id: UUID, by: User, now: dt.datetime) -> Told:
    """Make an account for a place that has none, with another code for it. Raises PlaceGoneError, CohortClosedError."""
    account = _locked_shell(place_id)
    row = _place(cohort, place_id)
    if row.made_account_id is None:
        make_account(place=row, by=by, now=now)
        log(instance=row.cohort, action=ACCOUNT_MADE, user=by, data={"place": str(place_id)})
    elif account is None:
        # Somebody made one or came into it just now: locking it after the cohort could lock up two of us.
        raise PlaceGoneError
    return new_code(cohort=cohort, place_id=place_id, by=by, now=now)


@transaction.atomic
def rename(*, cohort: Cohort, place_id: UUID, name: str, by: User, now: dt.datetime) -> None:
    """Write a name otherwise; the same one changes nothing. Raises PlaceGoneError and CohortClosedError."""
    row = _place(cohort, place_id)
    if row.name != name:
        row.name = name
        enter([row], change=Change.PLACED, now=now)
        log(instance=row.cohort, action=RENAMED, user=by, data={"place": str(place_id)})


@transaction.atomic
def take_away(*, cohort: Cohort, place_id: UUID, by: User, now: dt.datetime) -> None:
    """Keep a place no longer; an account that nobody came into goes with it.

    Raises PlaceGoneError and CohortClosedError.
    """
    account = _locked_shell(place_id)
    row = _place(cohort, place_id)
    remove(participation=row, now=now)
    log(instance=row.cohort, action=TAKEN_AWAY, user=by, data={"place": str(place_id)})
    if account is not None:
        account.delete()


def _place(cohort: Cohort, place_id: UUID) -> Participation:
    """Return a place of a cohort, both locked. Who has claimed theirs is no place any longer."""
    locked = locked_cohort(cohort)
    rows = Participation.objects.select_for_update(no_key=True).filter(cohort=locked, status=Status.PLACED)
    row = rows.filter(pk=place_id).first()
    if row is None:
        raise PlaceGoneError
    row.cohort = locked
    return row


def _locked_shell(place_id: UUID) -> User | None:
    """Return the account that was made for a place, locked, while nobody has come into it.

    It is locked before the cohort is, as where an account is erased.
    """
    made = Participation.objects.filter(pk=place_id).values("made_account")
    account = User.objects.select_for_update(no_key=True).filter(pk__in=made).first()
    return account if account and untouched(User.objects.filter(pk=account.pk)).exists() else None
