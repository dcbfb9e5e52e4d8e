"""Finding people of a cohort by what they share and by how far they are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from openmuseums.organisations.folding import folded
from openmuseums.trainers.models import Cohort, Participation, ParticipationEntry

Status = Participation.Status
# Who has taken no step for so long is likely stuck.
IDLE = dt.timedelta(days=14)
# Per cent, from which on little is left.
NEAR = 80


@dataclass(frozen=True)
class Sought:
    """Whom somebody looks for; what is empty does not matter.

    words: part of the name that is shared. status: one of `Participation.Status`; empty is everybody who has not left.
    is_idle: without a step for two weeks. is_near: not complete, and little is left.
    """

    words: str = ""
    museum: str = ""
    language: str = ""
    role: str = ""
    status: str = ""
    is_complete: bool = False
    is_idle: bool = False
    is_near: bool = False

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Sought":
        """Return whom the fields of a form name."""
        return cls(**{name: fields[name] for name in cls.__dataclass_fields__ if fields.get(name)})


def present(cohort: Cohort, *, status: str = "") -> QuerySet[Participation]:
    """Return the people of a cohort with this status; without one, those who have not left."""
    rows = Participation.objects.filter(cohort=cohort)
    return rows.filter(status=status) if status else rows.exclude(status=Status.LEFT)


def people_sought(cohort: Cohort, sought: Sought, *, now: dt.datetime) -> QuerySet[Participation]:
    """Return the people of a cohort whom a filter names, by the name that they share; who shares none comes last.

    Each has `idle_since`: when the last step was taken, else when they joined.
    """
    joined = ParticipationEntry.objects.filter(
        participation=OuterRef("pk"), change=ParticipationEntry.Change.JOINED
    ).order_by("-id")
    rows = present(cohort, status=sought.status).annotate(
        idle_since=Coalesce("last_step_at", Subquery(joined.values("recorded_at")[:1])),
        is_nameless=models.Case(
            models.When(name="", then=models.Value(1)), default=models.Value(0), output_field=models.IntegerField()
        ),
    )
    for field in ("museum", "language", "role"):
        if value := getattr(sought, field):
            rows = rows.filter(**{field: value})
    if sought.words:
        rows = rows.filter(name__in=_names_with(cohort, sought))
    if sought.is_complete:
        rows = rows.filter(completed_at__isnull=False)
    if sought.is_near:
        rows = rows.filter(completed_at=None, progress__gte=NEAR)
    if sought.is_idle:
        rows = rows.filter(_is_idle(now))
    return rows.order_by("is_nameless", "name", "pk")


def _is_idle(now: dt.datetime) -> Q:
    # Who has completed is not stuck, and who has not come yet has no step to take.
    return Q(status=Status.JOINED, completed_at=None, idle_since__lte=now - IDLE)


def _names_with(cohort: Cohort, sought: Sought) -> list[str]:
    """Return the shared names that hold what is looked for, whatever its case and accents: SQLite folds ASCII alone."""
    words = folded(sought.words)
    names = present(cohort, status=sought.status).exclude(name="").order_by().values_list("name", flat=True).distinct()
    return [name for name in names if words and words in folded(name)]
