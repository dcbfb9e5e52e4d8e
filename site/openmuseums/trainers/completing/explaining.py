"""Completion explains itself: each criterion, its state, from what, and when; the same for learner and trainer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from openmuseums.learners.models import Event
from openmuseums.learners.outline import Outline
from openmuseums.trainers.completing.measuring import Kind, percentage
from openmuseums.trainers.models import (
    AttendanceEntry,
    CompletionEntry,
    Criterion,
    CriterionEntry,
    Participation,
    ParticipationEntry,
    Session,
)

_QUIZ_EVENTS = (Event.Kind.QUIZ_FINISHED, Event.Kind.QUIZ_REGRADED)


@dataclass(frozen=True)
class Evidence:
    """Something that counts, or is still missing (no `at`): a unit, an attempt, a session.

    language: the code of the title's language where that is not the reader's.
    """

    title: str
    at: dt.datetime | None = None
    url: str = ""
    language: str = ""
    note: str = ""


@dataclass(frozen=True)
class Explained:
    """A criterion: what it asks for, whether it is met and since when, how far it is, and from what."""

    title: str
    is_met: bool
    since: dt.datetime | None
    so_far: str
    counted: list[Evidence] = field(default_factory=list)
    missing: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """A time at which the whole, or a criterion, became met or was met no longer, and why."""

    title: str
    is_met: bool
    because: str
    occurred_at: dt.datetime
    recorded_at: dt.datetime


@dataclass(frozen=True)
class Explanation:
    """Where somebody stands by their rule."""

    rule_number: int
    criteria: list[Explained]
    turns: list[Turn]


def explain(participation: Participation, outline: Outline | None) -> Explanation:
    """Return where somebody stands, in six queries. Of who has left, as it was when they did."""
    until = _until(participation)
    criteria = list(Criterion.objects.filter(rule=participation.rule_id).select_related("rule").order_by("position"))
    entries = list(_recorded(CriterionEntry, participation, until).select_related("criterion"))
    events = _events(participation, criteria, until)
    attendance = _attendance(participation, until)
    last = {entry.criterion_id: entry for entry in entries}
    titles = {each.pk: title_of(each, outline) for each in criteria}
    return Explanation(
        rule_number=participation.rule.number,
        criteria=[
            _explained(each, titles[each.pk], last.get(each.pk), outline, events, attendance) for each in criteria
        ],
        turns=_turns(entries, list(_recorded(CompletionEntry, participation, until)), titles),
    )


def about_lesson(sentence: str, title: str, language: str, **values: int) -> SafeString:
    """Return a sentence about a lesson, as HTML: its title says its language where that is not the reader's."""
    lesson = format_html('<span lang="{}">{}</span>', language, title) if language else escape(title)
    return mark_safe(escape(sentence) % {"lesson": lesson, **values})  # noqa: S308 - each part of it is escaped


def title_of(criterion: Criterion, outline: Outline | None) -> str:
    """Return what a criterion asks for, in words; those about a lesson are HTML that is safe."""
    needed = criterion.needed
    match criterion.kind:
        case Kind.UNITS:
            whole = len(criterion.pages)
            return ngettext("Read %(needed)s of %(whole)s unit", "Read %(needed)s of %(whole)s units", whole) % {
                "needed": needed,
                "whole": whole,
            }
        case Kind.QUIZ:
            title, language = _chapter_title(criterion, outline)
            if needed:
                sentence = gettext("Reach %(mark)s %% in the quiz of “%(lesson)s”")
                return about_lesson(sentence, title, language, mark=needed)
            return about_lesson(gettext("Pass the quiz of “%(lesson)s”"), title, language)
        case Kind.SELF_CHECKS:
            return ngettext(
                "Answer %(needed)s self-check question right", "Answer %(needed)s self-check questions right", needed
            ) % {"needed": needed}
        case _:
            return ngettext("Attend %(needed)s session", "Attend %(needed)s sessions", needed) % {"needed": needed}


def _until(participation: Participation) -> dt.datetime | None:
    """Return when somebody left, where they have: what they did since is nobody's business here."""
    if participation.status != Participation.Status.LEFT:
        return None
    left = participation.entries.filter(change=ParticipationEntry.Change.LEFT).order_by("-id").first()
    return left.recorded_at if left else None


def _recorded(model, participation: Participation, until: dt.datetime | None):  # type: ignore[no-untyped-def]
    rows = model.objects.filter(participation=participation).order_by("id")
    return rows.filter(recorded_at__lte=until) if until else rows


def _events(participation: Participation, criteria: Sequence[Criterion], until: dt.datetime | None) -> list[Event]:
    pages = {UUID(page) for each in criteria for page in each.pages}
    rows = Event.objects.filter(learner__account=participation.account_id, page_key__in=pages).order_by("id")
    if participation.account_id is None:
        rows = rows.none()
    return list(rows.filter(recorded_at__lte=until) if until else rows)


def _attendance(participation: Participation, until: dt.datetime | None) -> list[AttendanceEntry]:
    rows = _recorded(AttendanceEntry, participation, until).select_related("session")
    last = {entry.session_id: entry for entry in rows if entry.session.cancelled_at is None}
    return sorted(last.values(), key=lambda entry: (entry.session.starts_at, entry.session_id))


def _explained(  # noqa: PLR0913, PLR0917 - what it is explained from
    criterion: Criterion,
    title: str,
    last: CriterionEntry | None,
    outline: Outline | None,
    events: list[Event],
    attendance: list[AttendanceEntry],
) -> Explained:
    about = {UUID(page) for page in criterion.pages}
    concerned = [event for event in events if event.page_key in about]
    counted, missing = _evidence(criterion, outline, concerned, attendance)
    return Explained(
        title=title,
        is_met=bool(last and last.is_met),
        since=last.occurred_at if last and last.is_met else None,
        so_far=_so_far(criterion, last.done if last else Decimal(0)),
        counted=counted,
        missing=missing,
    )


def _so_far(criterion: Criterion, done: Decimal) -> str:
    if criterion.kind == Kind.QUIZ:
        return gettext("Best so far: %(reached)s %%") % {"reached": int(done)}
    shown = {"done": min(int(done), criterion.needed), "needed": criterion.needed}
    return gettext("%(done)s of %(needed)s") % shown


def _evidence(
    criterion: Criterion, outline: Outline | None, events: list[Event], attendance: list[AttendanceEntry]
) -> tuple[list[Evidence], list[Evidence]]:
    match criterion.kind:
        case Kind.UNITS:
            return _units(criterion, outline, events)
        case Kind.QUIZ:
            return [_attempt(event) for event in events if event.kind in _QUIZ_EVENTS], []
        case Kind.SELF_CHECKS:
            return _answers(outline, events), []
        case _:
            there = [entry for entry in attendance if entry.is_present]
            return [_session(entry.session) for entry in there], []


def _units(criterion: Criterion, outline: Outline | None, events: list[Event]) -> tuple[list[Evidence], list[Evidence]]:
    read: dict[UUID, dt.datetime] = {}
    for event in events:
        if event.kind == Event.Kind.UNIT_READ:
            read[event.page_key] = min(event.occurred_at, read.get(event.page_key, event.occurred_at))
        elif event.kind == Event.Kind.UNIT_UNREAD:
            read.pop(event.page_key, None)
    pages = [UUID(page) for page in criterion.pages]
    found = [_page(outline, page, read.get(page)) for page in pages]
    return [each for each in found if each.at], [each for each in found if not each.at]


def _answers(outline: Outline | None, events: list[Event]) -> list[Evidence]:
    """Return a line a unit: how many of its questions were answered right, and when the last of them was first."""
    right: dict[UUID, dict[str, dt.datetime]] = {}
    for event in events:
        if event.kind == Event.Kind.QUESTION_ANSWERED and event.right:
            found = right.setdefault(event.page_key, {})
            found[event.item_id] = min(event.occurred_at, found.get(event.item_id, event.occurred_at))
    lines = []
    for page, answered in right.items():
        told = _page(outline, page, max(answered.values()))
        count = len(answered)
        note = ngettext("%(count)s question", "%(count)s questions", count) % {"count": count}
        lines.append(Evidence(told.title, told.at, told.url, told.language, note))
    return lines


def _attempt(event: Event) -> Evidence:
    reached = int(percentage(event.points or 0, event.points_possible or 0))
    if event.kind == Event.Kind.QUIZ_REGRADED:
        title = gettext("Graded again: best attempt %(reached)s %%") % {"reached": reached}
    else:
        title = gettext("Attempt: %(reached)s %%") % {"reached": reached}
    return Evidence(title, event.occurred_at, note=gettext("passed") if event.passed else "")


def _session(session: Session) -> Evidence:
    return Evidence(session.title, session.starts_at, language=session.language)


def _page(outline: Outline | None, page: UUID, at: dt.datetime | None) -> Evidence:
    step = outline.step(page) if outline else None
    if step is None:
        return Evidence(gettext("A unit that the course no longer has"), at)
    return Evidence(step.title, at, step.url, step.language)


def _chapter_title(criterion: Criterion, outline: Outline | None) -> tuple[str, str]:
    chapter = outline.chapter_of(UUID(criterion.pages[0])) if outline and criterion.pages else None
    return (chapter.title, chapter.language) if chapter else (gettext("a lesson that the course no longer has"), "")


def _turns(entries: list[CriterionEntry], completions: list[CompletionEntry], titles: dict[int, str]) -> list[Turn]:
    """Return the turns, the latest first: how far something was in between is left out."""
    turns = []
    before: dict[int, bool] = {}
    for entry in entries:
        if before.get(entry.criterion_id, False) != entry.is_met and entry.criterion_id in titles:
            turns.append(_turn(titles[entry.criterion_id], entry.is_met, entry))
        before[entry.criterion_id] = entry.is_met
    turns += [_turn(gettext("The whole course"), entry.is_complete, entry) for entry in completions]
    return sorted(turns, key=lambda turn: turn.recorded_at, reverse=True)


def _turn(title: str, is_met: bool, entry: CriterionEntry | CompletionEntry) -> Turn:
    return Turn(title, is_met, str(entry.get_because_display()), entry.occurred_at, entry.recorded_at)
