"""Rules of completion: the one in force, what another one would change, and putting it in force."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from openmuseums.people.models import User
from openmuseums.trainers.completing.keeping import keep_completion, would_complete
from openmuseums.trainers.completing.measuring import Wanted
from openmuseums.trainers.entering import enter
from openmuseums.trainers.models import Cohort, Criterion, Participation, ParticipationEntry, RuleVersion
from openmuseums.trainers.models.completion import Because

_BLOCK = 500


@dataclass(frozen=True)
class Asked:
    """What a rule asks for in one criterion; see `models.Criterion`."""

    key: str
    kind: str
    pages: tuple[UUID, ...]
    needed: int


@dataclass(frozen=True)
class Outlook:
    """What becomes of people by a new rule. kept: how many have completed and would not by it: they keep theirs.

    gained: how many have not completed and would by it. moved: how many go on by it in all.
    """

    kept: int
    gained: int
    moved: int


def asked_by(rule: RuleVersion) -> list[Asked]:
    """Return what a version of a rule asks for, in order."""
    return [
        Asked(row.key, row.kind, tuple(UUID(page) for page in row.pages), row.needed) for row in rule.criteria.all()
    ]


def outlook(*, cohort: Cohort, asked: Sequence[Asked]) -> Outlook:
    """Return what would become of people if a rule asked for this from now on."""
    rows = list(Participation.objects.filter(cohort=cohort, status=Participation.Status.JOINED))
    wanted = [Wanted(place, each.kind, frozenset(each.pages), each.needed) for place, each in enumerate(asked)]
    by_it = would_complete(rows, wanted)
    complete = {row.pk for row in rows if row.completed_at is not None}
    return Outlook(
        kept=len(complete - by_it), gained=len(by_it - complete), moved=sum(row.pk not in complete for row in rows)
    )


def begin_rule(*, cohort: Cohort, asked: Sequence[Asked], by: User | None, now: dt.datetime) -> RuleVersion:
    """Give a new cohort its first rule."""
    return _version(cohort, 1, asked, by, now)


@transaction.atomic
def change_rule(*, cohort: Cohort, asked: Sequence[Asked], by: User | None, now: dt.datetime) -> RuleVersion:
    """Have a cohort go by another rule from now on. The same one changes nothing.

    Who has completed has completed, by the version that they completed by. All others go on by the new one; what they
    did counts. No date that was entered is changed.
    """
    locked = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    before = locked.rule_in_force()
    if asked_by(before) == list(asked):
        return before
    rule = _version(locked, before.number + 1, asked, by, now)
    move = list(
        Participation.objects.filter(cohort=locked, completed_at=None)
        .exclude(status=Participation.Status.LEFT)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(move), _BLOCK):
        _move(move[start : start + _BLOCK], rule, now)
    return rule


def _move(keys: Collection[UUID], rule: RuleVersion, now: dt.datetime) -> None:
    # Asked again under the lock: somebody may have completed meanwhile.
    unlocked = Participation.objects.filter(pk__in=keys, completed_at=None)
    rows = list(unlocked.select_for_update(no_key=True).order_by("pk"))
    for row in rows:
        row.rule = rule
    enter(rows, change=ParticipationEntry.Change.RULE, now=now)
    keep_completion(participations=[row.pk for row in rows], because=Because.RULE, now=now)


def _version(cohort: Cohort, number: int, asked: Sequence[Asked], by: User | None, now: dt.datetime) -> RuleVersion:
    rule = RuleVersion.objects.create(cohort=cohort, number=number, made_at=now, made_by=by)
    Criterion.objects.bulk_create(
        [
            Criterion(
                rule=rule,
                position=position,
                key=each.key,
                kind=each.kind,
                pages=[str(page) for page in each.pages],
                needed=each.needed,
            )
            for position, each in enumerate(asked)
        ]
    )
    return rule
