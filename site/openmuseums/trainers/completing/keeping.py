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

from django.core.cache import cache
from django.db.models import QuerySet

from openmuseums.learners.models import Event, Learner
from openmuseums.trainers.completing.measuring import (
    Happening,
    Kind,
    Measure,
    Wanted,
    What,
    advance,
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
    rules = _known_rules(taking_part)
    before = {row.pk: kept_measures(row) for row in taking_part}
    after = {row.pk: _advanced(rules[row.rule_id], before[row.pk], happened) for row in taking_part}
    _keep(taking_part, rules=rules, before=before, after=after, because=because, now=events[-1].recorded_at)


def keep_completion(*, participations: Iterable[UUID], because: str, now: dt.datetime) -> None:
    """Reckon anew how far some people are, from all that happened, and enter what became otherwise since the last
    entries. What changes nothing enters nothing.
    """
    keys = list(participations)
    for start in range(0, len(keys), _BLOCK):
        block = _locked(Participation.objects.filter(pk__in=keys[start : start + _BLOCK], status=State.Status.JOINED))
        rules = _rules({row.rule_id for row in block})
        after = {row.pk: dict.fromkeys(each.id for each in rules[row.rule_id].wanted) for row in block}
        _keep(block, rules=rules, before=_entered(block), after=after, because=because, now=now)


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
    pages = _pages(each for rule in rules.values() for each in rule.wanted)
    happened = _happenings(participations, pages, with_sessions=True)
    found = {}
    for row in participations:
        rule = rules[row.rule_id]
        found[row.pk] = _standing([(each, measure(each, happened[row.pk])) for each in rule.wanted], rule)
    return found


def would_complete(participations: Collection[Participation], wanted: Sequence[Wanted]) -> set[UUID]:
    """Return who of some people would have completed by a rule that asks for this."""
    rule = _Rule(list(wanted), dt.datetime.min.replace(tzinfo=dt.UTC))
    happened = _happenings(participations, _pages(wanted), with_sessions=True)
    measured = {row.pk: [measure(each, happened[row.pk]) for each in wanted] for row in participations}
    return {key for key, measures in measured.items() if completed_at(measures, not_before=rule.made_at)}


def kept_measures(row: Participation) -> dict[int, Measure]:
    """Return how far somebody is with each criterion, as it is kept beside their participation, by its id."""
    return {
        int(key): Measure(Decimal(done), dt.datetime.fromisoformat(met_at) if met_at else None)
        for key, (done, met_at) in row.measures.items()
    }


def measures_to_keep(measures: Iterable[tuple[Wanted, Measure]]) -> dict[str, tuple[str, str | None]]:
    """Return measures as they are kept beside a participation."""
    return {
        str(wanted.id): (str(measured.done), measured.met_at.isoformat() if measured.met_at else None)
        for wanted, measured in measures
    }


class _Rule(NamedTuple):
    wanted: list[Wanted]
    made_at: dt.datetime


# A rule may ask for nothing (yet): then there is nothing to follow, and nobody completes.
_NOTHING = _Rule([], dt.datetime.min.replace(tzinfo=dt.UTC))

# How far each is with each criterion, by its id; None where it is to be reckoned from all that happened.
_Measures = Mapping[UUID, Mapping[int, Measure | None]]


def _locked(rows: QuerySet[Participation]) -> list[Participation]:
    return list(rows.select_for_update(no_key=True).order_by("pk"))


def _rules(rule_ids: Collection[int]) -> dict[int, _Rule]:
    rules: dict[int, _Rule] = {}
    for row in Criterion.objects.filter(rule__in=rule_ids).select_related("rule").order_by("rule", "position"):
        rule = rules.setdefault(row.rule_id, _Rule([], row.rule.made_at))
        rule.wanted.append(Wanted(row.pk, row.kind, frozenset(UUID(key) for key in row.pages), row.needed))
    return {rule_id: rules.get(rule_id, _NOTHING) for rule_id in rule_ids}


def _known_rules(participations: Collection[Participation]) -> dict[int, _Rule]:
    """Return the rules that some people go by, as a process remembers them: a version never changes."""
    names = {f"trainers.rule:{row.cohort_id}:{row.rule_id}": row.rule_id for row in participations}
    known: dict[str, _Rule] = cache.get_many(names)
    if missing := {name: rule_id for name, rule_id in names.items() if name not in known}:
        read = _rules(set(missing.values()))
        found = {name: read[rule_id] for name, rule_id in missing.items()}
        cache.set_many(found)
        known |= found
    return {names[name]: rule for name, rule in known.items()}


def _standing(measures: list[tuple[Wanted, Measure]], rule: _Rule) -> Standing:
    return Standing(
        measures, progress(measures), completed_at([each for _wanted, each in measures], not_before=rule.made_at)
    )


def _advanced(rule: _Rule, before: Mapping[int, Measure], happened: list[Happening]) -> dict[int, Measure | None]:
    return {each.id: advance(each, before[each.id], happened) if each.id in before else None for each in rule.wanted}


def _keep(  # noqa: PLR0913 - who, by what, from what, to what, why and when
    participations: list[Participation],
    *,
    rules: Mapping[int, _Rule],
    before: Mapping[UUID, Mapping[int, Measure]],
    after: _Measures,
    because: str,
    now: dt.datetime,
) -> None:
    """Enter what became otherwise, and keep how far everybody is."""
    happened = _happenings_for(participations, rules, after)
    entries, completions = [], []
    for row in participations:
        measures = []
        for each in rules[row.rule_id].wanted:
            last, known = before[row.pk].get(each.id), after[row.pk][each.id]
            measured = measure(each, happened[row.pk]) if known is None else known
            measures.append((each, measured))
            if last is None or (last.is_met, last.done) != (measured.is_met, measured.done):
                entries.append(_entry(row, each, measured, because, now))
        standing = _standing(measures, rules[row.rule_id])
        if (standing.completed_at is None) != (row.completed_at is None):
            completions.append(_completion(row, standing, because, now))
            row.completed_at = standing.completed_at
        row.progress, row.measures = standing.progress, measures_to_keep(measures)
    CriterionEntry.objects.bulk_create(entries)
    CompletionEntry.objects.bulk_create(completions)
    Participation.objects.bulk_update(participations, ["progress", "completed_at", "last_step_at", "measures"])


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


def _entered(participations: Collection[Participation]) -> Mapping[UUID, dict[int, Measure]]:
    """Return how far people are by the last entry about each criterion."""
    found: dict[UUID, dict[int, Measure]] = defaultdict(dict)
    for entry in CriterionEntry.objects.filter(participation__in=participations).order_by("id"):
        met_at = entry.occurred_at if entry.is_met else None
        found[entry.participation_id][entry.criterion_id] = Measure(entry.done, met_at)
    return found


def _happenings_for(
    participations: Collection[Participation], rules: Mapping[int, _Rule], measures: _Measures
) -> Mapping[UUID, list[Happening]]:
    """Return what happened to each that is needed to reckon what is not known; no query where all is."""
    unknown = [
        each for row in participations for each in rules[row.rule_id].wanted if measures[row.pk][each.id] is None
    ]
    with_sessions = any(each.kind == Kind.SESSIONS for each in unknown)
    return _happenings(participations, _pages(unknown), with_sessions=with_sessions)


def _pages(wanted: Iterable[Wanted]) -> set[UUID]:
    return {page for each in wanted for page in each.pages}


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
