"""Keeping what follows from events: an entry for each change of a criterion, and of completion.

Whoever changes what counts calls this in the same transaction. The participations are locked here, in the order of
their keys; where a learner or a cohort has to be locked too, that comes before. So of two who write at once the later
one sees what the earlier one wrote.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from openmuseums.learners.models import Event, Learner
from openmuseums.trainers.completing.measuring import (
    Happening,
    Kind,
    Measure,
    Wanted,
    What,
    completed_at,
    measure,
    progress,
)
from openmuseums.trainers.models import (
    AttendanceEntry,
    CompletionEntry,
    Criterion,
    CriterionEntry,
    Participation,
    State,
)
from openmuseums.trainers.models.completion import Because

# In one query at a time: SQLite takes only so many values.
_BLOCK = 500
_BECAUSE: dict[str, Because] = {Event.Kind.UNIT_UNREAD: Because.TAKEN_BACK, Event.Kind.QUIZ_REGRADED: Because.REGRADED}


def follow_events(*, learner: Learner, events: Sequence[Event]) -> None:
    """Have the cohorts that a learner takes part in follow what they did just now. The caller holds their lock."""
    taking_part = _locked(Participation.objects.filter(account_id=learner.account_id, status=State.Status.JOINED))
    if not taking_part:
        return
    last_step = max(event.occurred_at for event in events)
    for participation in taking_part:
        participation.last_step_at = max(last_step, participation.last_step_at or last_step)
    because = next((_BECAUSE[event.kind] for event in events if event.kind in _BECAUSE), Because.ACT)
    happened = [_of_event(event) for event in events]
    _keep(taking_part, because=because, now=events[-1].recorded_at, concerning=happened)


def keep_completion(*, participations: Iterable[UUID], because: str, now: dt.datetime) -> None:
    """Reckon anew how far some people are, and enter what changed. What changes nothing enters nothing."""
    keys = list(participations)
    for start in range(0, len(keys), _BLOCK):
        block = Participation.objects.filter(pk__in=keys[start : start + _BLOCK], status=State.Status.JOINED)
        _keep(_locked(block), because=because, now=now)


class Standing(NamedTuple):
    """How far somebody is: each criterion with its measure, in order, how much in per cent, and since when all."""

    measures: list[tuple[Wanted, Measure]]
    progress: int
    completed_at: dt.datetime | None


def standing_from_events(participations: Collection[Participation]) -> dict[UUID, Standing]:
    """Return how far people are, reckoned from events and attendance alone, by their participation.

    What is kept must equal it; `manage.py rebuild_completion --check` compares.
    """
    rules = _rules({row.rule_id for row in participations})
    happened = _happenings(participations, _pages(rules.values()), with_sessions=True)
    found = {}
    for row in participations:
        rule = rules[row.rule_id]
        found[row.pk] = _standing([(each, measure(each, happened[row.pk])) for each in rule.wanted], rule)
    return found


def would_complete(participations: Collection[Participation], wanted: Sequence[Wanted]) -> set[UUID]:
    """Return who of some people would have completed by a rule that asks for this."""
    rule = _Rule(list(wanted), dt.datetime.min.replace(tzinfo=dt.UTC))
    happened = _happenings(participations, _pages([rule]), with_sessions=True)
    measured = {row.pk: [measure(each, happened[row.pk]) for each in wanted] for row in participations}
    return {key for key, measures in measured.items() if completed_at(measures, not_before=rule.made_at)}


class _Rule(NamedTuple):
    wanted: list[Wanted]
    made_at: dt.datetime


def _locked(rows: QuerySet[Participation]) -> list[Participation]:
    return list(rows.select_for_update(no_key=True).order_by("pk"))


def _rules(rule_ids: Collection[int]) -> dict[int, _Rule]:
    rules: dict[int, _Rule] = {}
    for row in Criterion.objects.filter(rule__in=rule_ids).select_related("rule").order_by("rule", "position"):
        rule = rules.setdefault(row.rule_id, _Rule([], row.rule.made_at))
        rule.wanted.append(Wanted(row.pk, row.kind, frozenset(UUID(key) for key in row.pages), row.needed))
    # A rule may ask for nothing (yet): then there is nothing to follow, and nobody completes.
    return defaultdict(lambda: _Rule([], dt.datetime.min.replace(tzinfo=dt.UTC)), rules)


def _standing(measures: list[tuple[Wanted, Measure]], rule: _Rule) -> Standing:
    return Standing(
        measures, progress(measures), completed_at([each for _wanted, each in measures], not_before=rule.made_at)
    )


def _keep(
    participations: list[Participation],
    *,
    because: str,
    now: dt.datetime,
    concerning: list[Happening] | None = None,
) -> None:
    """Enter what became otherwise. concerning: what happened just now; only criteria that it is about are reckoned."""
    rules = _rules({row.rule_id for row in participations})
    concerned = {
        each.id
        for rule in rules.values()
        for each in rule.wanted
        if concerning is None or any(each.concerns(happening) for happening in concerning)
    }
    if not concerned:
        _note_steps(participations)
        return
    before = _last_entries(participations)
    reckoned = {
        key: _Rule([each for each in rule.wanted if each.id in concerned], rule.made_at) for key, rule in rules.items()
    }
    with_sessions = any(each.kind == Kind.SESSIONS for rule in reckoned.values() for each in rule.wanted)
    happened = _happenings(participations, _pages(reckoned.values()), with_sessions=with_sessions)
    entries, completions = [], []
    for row in participations:
        measures = []
        for each in rules[row.rule_id].wanted:
            last = before[row.pk].get(each.id)
            measured = measure(each, happened[row.pk]) if each.id in concerned else _measure_of(last)
            measures.append((each, measured))
            if last is None or (last.is_met, last.done) != (measured.is_met, measured.done):
                entries.append(_entry(row, each, measured, because, now))
        standing = _standing(measures, rules[row.rule_id])
        if (standing.completed_at is None) != (row.completed_at is None):
            completions.append(_completion(row, standing, because, now))
            row.completed_at = standing.completed_at
        row.progress = standing.progress
    CriterionEntry.objects.bulk_create(entries)
    CompletionEntry.objects.bulk_create(completions)
    _note_steps(participations)


def _note_steps(participations: Collection[Participation]) -> None:
    Participation.objects.bulk_update(participations, ["progress", "completed_at", "last_step_at"])


def _entry(row: Participation, wanted: Wanted, measured: Measure, because: str, now: dt.datetime) -> CriterionEntry:
    return CriterionEntry(
        participation=row,
        criterion_id=wanted.id,
        is_met=measured.is_met,
        done=measured.done,
        because=because,
        occurred_at=measured.met_at or now,
        recorded_at=now,
    )


def _completion(row: Participation, standing: Standing, because: str, now: dt.datetime) -> CompletionEntry:
    return CompletionEntry(
        participation=row,
        rule_id=row.rule_id,
        is_complete=standing.completed_at is not None,
        because=because,
        occurred_at=standing.completed_at or now,
        recorded_at=now,
    )


def _last_entries(participations: Collection[Participation]) -> Mapping[UUID, dict[int, CriterionEntry]]:
    found: dict[UUID, dict[int, CriterionEntry]] = defaultdict(dict)
    for entry in CriterionEntry.objects.filter(participation__in=participations).order_by("id"):
        found[entry.participation_id][entry.criterion_id] = entry
    return found


def _measure_of(entry: CriterionEntry | None) -> Measure:
    if entry is None:
        return Measure(Decimal(0), None)
    return Measure(entry.done, entry.occurred_at if entry.is_met else None)


def _pages(rules: Iterable[_Rule]) -> set[UUID]:
    return {page for rule in rules for each in rule.wanted for page in each.pages}


def _happenings(
    participations: Collection[Participation], pages: Collection[UUID], *, with_sessions: bool
) -> Mapping[UUID, list[Happening]]:
    """Return what happened to each, in the order in which it was recorded: two queries at most."""
    found: dict[UUID, list[Happening]] = defaultdict(list)
    by_account = defaultdict(list)
    for row in participations:
        by_account[row.account_id].append(row.pk)
    if pages:
        events = Event.objects.filter(learner__account__in=[key for key in by_account if key], page_key__in=pages)
        for event in events.exclude(kind=Event.Kind.ENROLLED).order_by("id").select_related("learner"):
            for key in by_account[event.learner.account_id]:
                found[key].append(_of_event(event))
    if with_sessions:
        rows = AttendanceEntry.objects.filter(participation__in=participations, session__cancelled_at=None)
        for entry in rows.order_by("id"):
            what = What.PRESENT if entry.is_present else What.ABSENT
            found[entry.participation_id].append(Happening(what, entry.session_id, entry.occurred_at))
    return found


def _of_event(event: Event) -> Happening:
    return Happening(
        what=event.kind,
        thing=event.page_key,
        at=event.occurred_at,
        item=event.item_id,
        right=event.right,
        points=event.points,
        possible=event.points_possible,
        passed=event.passed,
    )
