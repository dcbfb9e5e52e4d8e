"""Filling the database with people who take the course: the same ones at every run, however many.

Everybody is drawn from the fixed seed and their number alone. What is kept of them is what acting would have left:
events, what follows from them, and the entries of the group that they are in.
"""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, transaction

from benchmarks.filling import Table
from openmuseums.learners.models import AnswerState, Enrolment, Event, Learner, QuizState, UnitState
from openmuseums.learners.outline import Outline, OutlineItem
from openmuseums.people.models import User
from openmuseums.trainers.completing.drafting import quiz_asked, sessions_asked, units_asked
from openmuseums.trainers.completing.keeping import measures_to_keep
from openmuseums.trainers.completing.measuring import Measure, Wanted, percentage, progress
from openmuseums.trainers.models import (
    AttendanceEntry,
    Cohort,
    CompletionEntry,
    Criterion,
    CriterionEntry,
    Participation,
    ParticipationEntry,
    Session,
)
from tests.factories import NOW
from tests.trainers.making import MADE_AT, make_cohort

SEED = 20261101
BLOCK = 5_000
SMALL = 40
SESSIONS = 4
HOURS = 2
NEEDED_SESSIONS = 2
JOINED_FROM = MADE_AT + dt.timedelta(hours=1)
# Recorded before it is everything that is seeded; what is measured comes later, so that lists stay as they are.
AS_OF = NOW + dt.timedelta(days=1)
_HOUR = dt.timedelta(hours=1)
# Nobody signs in with one.
_UNUSABLE = {"password": "!"}
_FIRST = ("Anna", "Bart", "Chiara", "Dimitra", "Elena", "Fátima", "Giorgos", "Hanna", "Iñigo", "Jan", "Μαρία", "Zoë")
_LAST = ("Bakker", "Costa", "de Vries", "Ferrari", "García", "Ioannou", "Núñez", "O’Brien", "Παπαδοπούλου", "Rossi")
_PLACES = (("GR", "el"), ("IT", "it"), ("ES", "es"), ("NL", "nl"), ("IE", "en"))
_ROLES = ("board", "professional", "professional", "volunteer")


@dataclass(frozen=True)
class Group:
    """A cohort, and what its rule asks for: some units, the quiz of a lesson, some sessions."""

    cohort: Cohort
    criteria: tuple[Criterion, Criterion, Criterion]
    sessions: list[Session]

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """Return what is asked for, as it is measured."""
        return tuple(
            Wanted(row.pk, row.kind, frozenset(UUID(page) for page in row.pages), row.needed) for row in self.criteria
        )


def make_group(name: str, outline: Outline, trainer: User) -> Group:
    """Make a cohort without anybody in it."""
    chapter = next(each for each in outline.chapters if each.quiz)
    asked = [units_asked(outline, _units_needed(outline)), quiz_asked(chapter, 0), sessions_asked(NEEDED_SESSIONS)]
    cohort = make_cohort(trainer, asked=asked, name=name)
    units, quiz, attended = Criterion.objects.filter(rule__cohort=cohort).order_by("position")
    sessions = [_make_session(cohort, number) for number in range(SESSIONS)]
    return Group(cohort, (units, quiz, attended), sessions)


def seed(group: Group, outline: Outline, numbers: range, *, with_records: bool = True) -> None:
    """Have people with these numbers take part in a group, block by block. with_records: what they learned, too."""
    for begin in range(numbers.start, numbers.stop, BLOCK):
        _Block(group, outline, with_records=with_records).fill(range(begin, min(begin + BLOCK, numbers.stop)))


def counts() -> dict[str, int]:
    """Return how many rows there are, by table."""
    models = (User, Event, UnitState, AnswerState, Participation, ParticipationEntry, CriterionEntry, AttendanceEntry)
    return {model._meta.model_name or "": model._base_manager.count() for model in models}


def _make_session(cohort: Cohort, number: int) -> Session:
    starts_at = MADE_AT + dt.timedelta(days=5 + 6 * number)
    return Session.objects.create(
        cohort=cohort,
        organisation=cohort.organisation,
        title=f"Session {number + 1}",
        kind="on-site",
        starts_at=starts_at,
        ends_at=starts_at + HOURS * _HOUR,
        time_zone="Europe/Athens",
        language="en",
        code=f"CODE{number}",
        made_at=MADE_AT,
        changed_at=MADE_AT,
    )


def _units_needed(outline: Outline) -> int:
    return min(4, len(outline.units))


class _Block:
    """The rows of some people, by table."""

    def __init__(self, group: Group, outline: Outline, *, with_records: bool) -> None:
        self.group, self.outline, self.with_records = group, outline, with_records
        self.units = outline.units[:6]
        self.quiz: OutlineItem = next(each.quiz for each in outline.chapters if each.quiz)
        rule = group.criteria[0].rule_id
        at = ("occurred_at", "recorded_at")
        state = ("status", "name", "email", "museum", "country", "role", "language")
        self.users = Table(User, "id", "username", "email", "name", "language", date_joined=MADE_AT, **_UNUSABLE)
        self.learners = Table(Learner, "id", "account_id", "started_at", is_followed=True)
        self.enrolments = Table(Enrolment, "learner_id", "enrolled_at", course_key=outline.course_key)
        self.events = Table(
            Event, "learner_id", "kind", "page_key", "item_id", "right", "points", "points_possible", "passed", *at
        )
        self.read = Table(UnitState, "learner_id", "unit_key", "read_at")
        self.answered = Table(AnswerState, "learner_id", "page_key", "item_id", "right", "answered_at", "chosen_at")
        self.passed = Table(
            QuizState, "learner_id", "quiz_key", "best_points", "best_points_possible", "passed_at", attempts=1
        )
        self.people = Table(
            Participation,
            *("id", "account_id", *state, "progress", "completed_at", "last_step_at", "measures"),
            cohort_id=group.cohort.pk,
            rule_id=rule,
        )
        self.entries = Table(ParticipationEntry, "participation_id", "change", *state, *at, rule_id=rule)
        self.criteria = Table(CriterionEntry, "participation_id", "criterion_id", "is_met", "done", "because", *at)
        self.completions = Table(
            CompletionEntry, "participation_id", *at, rule_id=rule, is_complete=True, because="act"
        )
        self.attendance = Table(AttendanceEntry, "session_id", "participation_id", *at, is_present=True, how="list")

    def fill(self, numbers: Iterable[int]) -> None:
        """Add all that is kept of people with these numbers."""
        for number in numbers:
            self._add_person(number)
        tables = [self.users, self.learners, self.enrolments, self.events, self.read, self.answered, self.passed]
        tables += [self.people, self.entries, self.criteria, self.completions, self.attendance]
        with transaction.atomic():
            for table in tables:
                table.flush()
            with connection.cursor() as cursor:
                # Accounts came with their keys.
                for statement in connection.ops.sequence_reset_sql(no_style(), [User]):
                    cursor.execute(statement)

    def _add_person(self, number: int) -> None:
        chance = random.Random(SEED + number)  # noqa: S311 - the same people at every run
        account = FIRST_ACCOUNT + number
        learner, key = (UUID(int=chance.getrandbits(128), version=4) for _each in range(2))
        country, language = chance.choice(_PLACES)
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        email = f"learner-{number}@example.org"
        shared = (
            name if number % 8 else "",
            email if number % 3 else "",
            f"Museum {chance.randrange(12) + 1} of {country}",
            country,
            chance.choice(_ROLES),
            language,
        )
        joined = JOINED_FROM + chance.randrange(48) * _HOUR
        self.users.add(account, None, email, name, language)
        # A group follows a record from the day on which they join it, also where it is not filled here.
        self.learners.add(learner, account, joined)
        self.entries.add(key, "joined", "joined", *shared, joined, joined)
        for criterion in self.group.criteria:
            self.criteria.add(key, criterion.pk, False, 0, "joined", joined, joined)
        steps = list(self._steps(key, joined, chance))
        measures, last = self._measures(steps, joined)
        completed = max(at for at in (each.met_at for each in measures) if at) if _all_met(measures) else None
        if completed:
            self.completions.add(key, completed, completed)
        status = "left" if number % 50 == 7 else "joined"
        if status == "left":
            self.entries.add(key, "left", "left", *shared, AS_OF - _HOUR, AS_OF - _HOUR)
        pairs = list(zip(self.group.wanted, measures, strict=True))
        self.people.add(key, account, status, *shared, progress(pairs), completed, last, measures_to_keep(pairs))
        if self.with_records:
            self._add_record(learner, joined, steps)

    def _steps(self, key: UUID, joined: dt.datetime, chance: random.Random) -> Iterator[tuple[str, int, dt.datetime]]:
        """Add what a group enters of somebody's steps, and return them: what, how much (or which), when."""
        units, quiz, attended = self.group.criteria
        at = joined
        reach = chance.randrange(len(self.units) + 1)
        for place in range(reach):
            at += (1 + chance.randrange(40)) * _HOUR
            self.criteria.add(key, units.pk, place + 1 >= units.needed, place + 1, "act", at, at)
            yield "read", place, at
        if reach >= 2:
            at += (1 + chance.randrange(40)) * _HOUR
            points = chance.randrange(len(self.quiz.questions) + 1)
            reached = percentage(points, len(self.quiz.questions))
            self.criteria.add(key, quiz.pk, reached >= 60, reached, "act", at, at)
            yield "quiz", points, at
        there = chance.sample(range(SESSIONS), chance.randrange(SESSIONS + 1))
        for place, number in enumerate(sorted(there)):
            session = self.group.sessions[number]
            noted = session.ends_at + _HOUR
            self.attendance.add(session.pk, key, session.starts_at, noted)
            self.criteria.add(
                key, attended.pk, place + 1 >= NEEDED_SESSIONS, place + 1, "attendance", session.starts_at, noted
            )
            yield "there", number, session.starts_at

    def _measures(
        self, steps: list[tuple[str, int, dt.datetime]], joined: dt.datetime
    ) -> tuple[list[Measure], dt.datetime | None]:
        """Return how far somebody is with each criterion, and when they took their last step."""
        read = [at for what, _place, at in steps if what == "read"]
        there = [at for what, _place, at in steps if what == "there"]
        quiz = next(((points, at) for what, points, at in steps if what == "quiz"), None)
        needed = self.group.criteria[0].needed
        reached = percentage(quiz[0], len(self.quiz.questions)) if quiz else Decimal(0)
        measures = [
            Measure(Decimal(len(read)), read[needed - 1] if len(read) >= needed else None),
            Measure(reached, quiz[1] if quiz and reached >= 60 else None),
            Measure(Decimal(len(there)), there[NEEDED_SESSIONS - 1] if len(there) >= NEEDED_SESSIONS else None),
        ]
        return measures, max([*read, *([quiz[1]] if quiz else [])], default=None)

    def _add_record(self, learner: UUID, joined: dt.datetime, steps: list[tuple[str, int, dt.datetime]]) -> None:
        nothing: tuple[Any, ...] = (None, None, None)
        self.enrolments.add(learner, joined)
        self.events.add(learner, "enrolled", self.outline.course_key, "", None, *nothing, joined, joined)
        possible = len(self.quiz.questions)
        for what, number, at in steps:
            if what == "read":
                page = self.units[number]
                self.read.add(learner, page.page_key, at)
                self.events.add(learner, "unit-read", page.page_key, "", None, *nothing, at, at)
                for question in page.questions[:1]:
                    self.answered.add(learner, page.page_key, question.id, True, at, at)
                    self.events.add(learner, "question-answered", page.page_key, question.id, True, *nothing, at, at)
            elif what == "quiz":
                passed = percentage(number, possible) >= 60
                key = self.quiz.page_key
                self.passed.add(learner, key, number, possible, at if passed else None)
                self.events.add(learner, "quiz-finished", key, "", None, number, possible, passed, at, at)


# Above the accounts that are made one by one.
FIRST_ACCOUNT = 1_000_000


def _all_met(measures: list[Measure]) -> bool:
    return all(each.is_met for each in measures)
