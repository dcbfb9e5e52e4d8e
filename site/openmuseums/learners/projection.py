"""What follows from a learner's events: computed by one function, kept in rows, and rebuilt from the events."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast

from openmuseums.learners.models import AnswerState, Enrolment, Event, Learner, PageState, QuizState, UnitState
from openmuseums.people.models import User


class Enrolled(NamedTuple):
    """That a course was begun."""

    enrolled_at: dt.datetime


class UnitRead(NamedTuple):
    """That a unit is marked as read."""

    read_at: dt.datetime


class PageRead(NamedTuple):
    """That one of the two pages of a unit is marked as read."""

    read_at: dt.datetime


class Answered(NamedTuple):
    """What became of a question: right once is right for good; `chosen` is what was chosen last."""

    right: bool
    answered_at: dt.datetime
    chosen: tuple[str, ...]
    chosen_at: dt.datetime


class QuizResult(NamedTuple):
    """The best of the finished attempts at a quiz, and when it was first passed."""

    attempts: int
    best_points: Decimal | int
    best_points_possible: int
    passed_at: dt.datetime | None


@dataclass
class Record:
    """What a learner has to show, by key of course, unit, question (unit or quiz and block id), quiz and page.

    pages: which pages of units with two are marked, each by itself; `reading` says what follows for the unit.
    """

    enrolments: dict[UUID, Enrolled] = field(default_factory=dict)
    units: dict[UUID, UnitRead] = field(default_factory=dict)
    answers: dict[tuple[UUID, str], Answered] = field(default_factory=dict)
    quizzes: dict[UUID, QuizResult] = field(default_factory=dict)
    pages: dict[UUID, PageRead] = field(default_factory=dict)


def fold(record: Record, events: Iterable[Event]) -> Record:
    """Return what a record becomes by further events, in their order. The record given stays as it was.

    This is the only place that says what an event means. Nothing but what is marked as unread, and a quiz graded again,
    takes anything away. What was done on another device may be added later than what was done after it: first is what
    occurred first, last what occurred last.
    """
    result = Record(
        dict(record.enrolments), dict(record.units), dict(record.answers), dict(record.quizzes), dict(record.pages)
    )
    for event in events:
        match event.kind:
            case Event.Kind.ENROLLED:
                enrolled = Enrolled(event.occurred_at)
                result.enrolments[event.page_key] = min(result.enrolments.get(event.page_key, enrolled), enrolled)
            case Event.Kind.UNIT_READ:
                read = UnitRead(event.occurred_at)
                result.units[event.page_key] = min(result.units.get(event.page_key, read), read)
            case Event.Kind.UNIT_UNREAD:
                result.units.pop(event.page_key, None)
            case Event.Kind.PAGE_READ:
                marked = PageRead(event.occurred_at)
                result.pages[event.page_key] = min(result.pages.get(event.page_key, marked), marked)
            case Event.Kind.PAGE_UNREAD:
                result.pages.pop(event.page_key, None)
            case Event.Kind.QUESTION_ANSWERED:
                question = (event.page_key, event.item_id)
                result.answers[question] = _answered(result.answers.get(question), event)
            case Event.Kind.QUIZ_FINISHED:
                result.quizzes[event.page_key] = _finished(result.quizzes.get(event.page_key), event)
            case Event.Kind.QUIZ_REGRADED:
                result.quizzes[event.page_key] = _regraded(result.quizzes[event.page_key], event)
    return result


def _answered(before: Answered | None, event: Event) -> Answered:
    answer = Answered(bool(event.right), event.occurred_at, tuple(event.chosen), event.occurred_at)
    if before is None:
        return answer
    # In a quiz no options are noted: the attempt has them.
    last = answer if answer.chosen and answer.chosen_at >= before.chosen_at else before
    return Answered(
        right=before.right or answer.right,
        answered_at=min(before.answered_at, answer.answered_at),
        chosen=last.chosen,
        chosen_at=last.chosen_at,
    )


def _finished(before: QuizResult | None, event: Event) -> QuizResult:
    points, possible = event.points or 0, event.points_possible or 0
    passed_at = event.occurred_at if event.passed else None
    if before is None:
        return QuizResult(1, points, possible, passed_at)
    # Compared as fractions: attempts at different versions of a quiz are about different sums.
    is_better = points * before.best_points_possible > before.best_points * possible
    return QuizResult(
        attempts=before.attempts + 1,
        best_points=points if is_better else before.best_points,
        best_points_possible=possible if is_better else before.best_points_possible,
        passed_at=min((at for at in (before.passed_at, passed_at) if at), default=None),
    )


def _regraded(before: QuizResult, event: Event) -> QuizResult:
    """Return the best of the finished attempts as they are graded now; who has passed before passed then."""
    return before._replace(
        best_points=event.points or 0,
        best_points_possible=event.points_possible or 0,
        passed_at=(before.passed_at or event.occurred_at) if event.passed else None,
    )


@dataclass(frozen=True)
class _Table:
    """How one of a record's mappings is kept: the model, and its columns that make up the key and the value.

    cells: what each column of the key and the value is read into, of `_CELLS`.
    """

    model: type[models.Model]
    page_column: str
    key_columns: tuple[str, ...]
    value: Callable[..., Any]
    value_columns: tuple[str, ...]
    cells: tuple[str, ...]
    mapping: Callable[[Record], dict[Any, Any]]

    def rows(
        self, owners: models.Q, page_keys: Collection[UUID] | None, *, is_first: bool
    ) -> models.QuerySet[Any, Any]:
        """Return the place of the table, the learner, and the cells of all tables; those that it has not are empty.

        page_keys: only rows that are about these pages. is_first: of those that one statement reads; it says what the
        cells are.
        """
        rows = self.model._default_manager.filter(owners)
        if page_keys is not None:
            rows = rows.filter(**{f"{self.page_column}__in": page_keys})
        own = dict(zip(self.cells, self.columns, strict=True))
        found: list[F | Value | Cast] = []
        for name, kind in _CELLS.items():
            empty = Value(None, output_field=kind)
            found.append(F(own[name]) if name in own else Cast(empty, kind) if is_first else empty)
        return rows.order_by().values_list(Value(_TABLES.index(self)), "learner_id", *found)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return all that is kept in a row."""
        return (*self.key_columns, *self.value_columns)

    def key_of(self, row: Mapping[str, Any]) -> Any:
        """Return the key that a row stands under."""
        key = tuple(row[column] for column in self.key_columns)
        return key if len(key) > 1 else key[0]

    def value_of(self, row: Mapping[str, Any]) -> Any:
        """Return what a row says."""
        values = (row[column] for column in self.value_columns)
        return self.value(*(tuple(value) if isinstance(value, list) else value for value in values))

    def columns_of(self, key: Any) -> dict[str, Any]:
        """Return a key as columns."""
        return dict(zip(self.key_columns, key if len(self.key_columns) > 1 else (key,), strict=True))


# What the columns of all tables are read into, so that one statement reads them.
_CELLS: dict[str, models.Field[Any, Any]] = {
    "key": models.UUIDField(),
    "item": models.CharField(),
    "at": models.DateTimeField(),
    "right": models.BooleanField(),
    "chosen": models.JSONField(),
    "chosen_at": models.DateTimeField(),
    "attempts": models.IntegerField(),
    "points": models.DecimalField(max_digits=9, decimal_places=4),
    "possible": models.IntegerField(),
}
_TABLES = (
    _Table(
        model=Enrolment,
        page_column="course_key",
        key_columns=("course_key",),
        value=Enrolled,
        value_columns=Enrolled._fields,
        cells=("key", "at"),
        mapping=lambda record: record.enrolments,
    ),
    _Table(
        model=UnitState,
        page_column="unit_key",
        key_columns=("unit_key",),
        value=UnitRead,
        value_columns=UnitRead._fields,
        cells=("key", "at"),
        mapping=lambda record: record.units,
    ),
    _Table(
        model=AnswerState,
        page_column="page_key",
        key_columns=("page_key", "item_id"),
        value=Answered,
        value_columns=Answered._fields,
        cells=("key", "item", "right", "at", "chosen", "chosen_at"),
        mapping=lambda record: record.answers,
    ),
    _Table(
        model=QuizState,
        page_column="quiz_key",
        key_columns=("quiz_key",),
        value=QuizResult,
        value_columns=QuizResult._fields,
        cells=("key", "attempts", "points", "possible", "at"),
        mapping=lambda record: record.quizzes,
    ),
    _Table(
        model=PageState,
        page_column="page_key",
        key_columns=("page_key",),
        value=PageRead,
        value_columns=PageRead._fields,
        cells=("key", "at"),
        mapping=lambda record: record.pages,
    ),
)


def stored_record(
    learner: Learner, *, page_keys: Collection[UUID] | None = None, besides: Collection[type[models.Model]] = ()
) -> Record:
    """Return what is kept of a learner, in one query; with `page_keys`, only what is about these pages.

    besides: tables that the caller has no use for, and that are not read.
    """
    return _read(models.Q(learner=learner), page_keys, besides)[learner.pk]


def stored_record_of(account: User) -> Record:
    """Return what is kept of an account, in one query; before its first act that is an empty record."""
    records = _read(models.Q(learner__account=account))
    return next(iter(records.values()), Record())


def _read(
    owners: models.Q, page_keys: Collection[UUID] | None = None, besides: Collection[type[models.Model]] = ()
) -> dict[UUID, Record]:
    tables = [table for table in _TABLES if table.model not in besides]
    rows = [table.rows(owners, page_keys, is_first=table is tables[0]) for table in tables]
    records: dict[UUID, Record] = defaultdict(Record)
    for place, learner_id, *cells in rows[0].union(*rows[1:], all=True):
        table = _TABLES[place]
        named = dict(zip(_CELLS, cells, strict=True))
        row = {column: named[cell] for column, cell in zip(table.columns, table.cells, strict=True)}
        table.mapping(records[learner_id])[table.key_of(row)] = table.value_of(row)
    return records


def store(learner: Learner, *, before: Record, after: Record) -> None:
    """Write what became different between two records of a learner. The caller holds the learner's lock."""
    for table in _TABLES:
        old, new = table.mapping(before), table.mapping(after)
        differing = list(_differing(old, new))
        for key in differing:
            if key not in new:
                table.model._default_manager.filter(learner=learner, **table.columns_of(key)).delete()
        # All at once: an attempt at a quiz answers many questions.
        table.model._default_manager.bulk_create(
            [
                table.model(
                    learner=learner,
                    **table.columns_of(key),
                    **dict(zip(table.value_columns, new[key], strict=True)),
                )
                for key in differing
                if key in new
            ],
            update_conflicts=True,
            unique_fields=["learner", *table.key_columns],
            update_fields=table.value_columns,
        )


def _differing(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[Any]:
    yield from (key for key in {**old, **new} if old.get(key) != new.get(key))


@dataclass(frozen=True)
class Difference:
    """A place where what is kept is not what follows from the events; None stands for no row."""

    learner_id: UUID
    table: str
    key: Any
    kept: Any
    follows: Any


def rebuild(*, learners: Collection[Learner], write: bool = True) -> list[Difference]:
    """Compare the records of some learners with their events, mend them, and return what differed.

    Nothing is mended where `write` is false.
    The learners are locked meanwhile, in the order of their keys, so that nobody's new event is taken for a difference.
    """
    learner_ids = [learner.pk for learner in learners]
    with transaction.atomic():
        locked = list(Learner.objects.select_for_update(no_key=True).filter(pk__in=learner_ids).order_by("pk"))
        kept = _read(models.Q(learner__in=locked))
        events: dict[UUID, list[Event]] = {learner.pk: [] for learner in locked}
        for event in Event.objects.filter(learner__in=locked).order_by("id"):
            events[event.learner_id].append(event)
        found = []
        for learner in locked:
            follows = fold(Record(), events[learner.pk])
            found += _differences(learner, kept[learner.pk], follows)
            if write:
                store(learner, before=kept[learner.pk], after=follows)
    return found


def _differences(learner: Learner, kept: Record, follows: Record) -> list[Difference]:
    return [
        Difference(
            learner.pk,
            table.model._meta.db_table,
            key,
            table.mapping(kept).get(key),
            table.mapping(follows).get(key),
        )
        for table in _TABLES
        for key in _differing(table.mapping(kept), table.mapping(follows))
    ]
