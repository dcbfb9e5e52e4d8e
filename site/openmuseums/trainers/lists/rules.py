"""The versions of a cohort's rule that somebody in a list goes by, with what they ask for."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from openmuseums.trainers.completing.measuring import Wanted
from openmuseums.trainers.models import Criterion, ParticipationEntry, RuleVersion


class ListedCriterion(NamedTuple):
    """One thing that a version asks for."""

    key: str
    wanted: Wanted


class ListedRule(NamedTuple):
    """A version of a rule."""

    id: int
    number: int
    criteria: tuple[ListedCriterion, ...]


def rules_as_of(cohort_id: UUID, as_of: dt.datetime) -> list[ListedRule]:
    """Return the versions that somebody went by as of a time, in their order."""
    later = ParticipationEntry.objects.filter(
        participation_id=OuterRef("participation_id"), recorded_at__lte=as_of, id__gt=OuterRef("id")
    )
    entries = ParticipationEntry.objects.filter(recorded_at__lte=as_of)
    made = RuleVersion.objects.filter(cohort_id=cohort_id).order_by("number")
    versions = [
        (key, number)
        for key, number in made.values_list("id", "number")
        # One question a version: the database ends at the first who goes by it.
        if entries.filter(~Exists(later), rule_id=key).exists()
    ]
    criteria: dict[int, list[ListedCriterion]] = {key: [] for key, _number in versions}
    for row in Criterion.objects.filter(rule__in=criteria).order_by("rule", "position"):
        wanted = Wanted(row.pk, row.kind, frozenset(UUID(page) for page in row.pages), row.needed)
        criteria[row.rule_id].append(ListedCriterion(row.key, wanted))
    return [ListedRule(key, number, tuple(criteria[key])) for key, number in versions]


def criterion_names(rules: Sequence[ListedRule]) -> dict[str, str]:
    """Return what people read for each key, in the active language, in order.

    It says what is asked for, and the key where that says which. Titles of pages would not do: they change, and a list
    as of a time stays as it was.
    """
    kinds = {each.key: each.wanted.kind for rule in rules for each in rule.criteria}
    return {key: _name(key, Criterion.Kind(kind)) for key, kind in kinds.items()}


def _name(key: str, kind: Criterion.Kind) -> str:
    if key == kind.value:
        return str(kind.label)
    return _("%(asked)s (%(key)s)") % {"asked": kind.label, "key": key}
