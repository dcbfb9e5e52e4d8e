"""How far people are with each lesson: units read, and the quiz passed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Avg, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from openmuseums.learners.models import Event, QuizState, UnitState
from openmuseums.learners.outline import OutlineChapter
from openmuseums.trainers.models import Participation, ParticipationEntry

Status = Participation.Status
_STEPS = 4


@dataclass
class Done:
    """The keys of the units that somebody has read, and of the quizzes that they passed."""

    units: set[UUID] = field(default_factory=set)
    quizzes: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class Cell:
    """How far somebody is with a lesson. is_passed: whether they passed its quiz; None where it has none."""

    chapter: OutlineChapter
    units_read: int
    units_total: int
    is_passed: bool | None

    @property
    def is_done(self) -> bool:
        """Return whether nothing of the lesson is left."""
        return self.units_read == self.units_total and self.is_passed is not False

    @property
    def quarter(self) -> int:
        """Return how much is done, from 0 to 4: 4 is all, and what was begun is at least 1."""
        done = self.units_read + bool(self.is_passed)
        total = self.units_total + (self.is_passed is not None)
        if self.is_done or not total:
            return _STEPS if total else 0
        return min(_STEPS - 1, max(1, done * _STEPS // total)) if done else 0


@dataclass(frozen=True)
class Totals:
    """How many people there are, and how far. lessons: how many have done each, in the order of the chapters."""

    everybody: int
    joined: int
    placed: int
    complete: int
    mean: int
    lessons: tuple[int, ...]


def cells(done: Done, chapters: Sequence[OutlineChapter]) -> list[Cell]:
    """Return how far somebody is with each lesson."""
    return [
        Cell(
            chapter=chapter,
            units_read=sum(unit.page_key in done.units for unit in chapter.units),
            units_total=len(chapter.units),
            is_passed=chapter.quiz.page_key in done.quizzes if chapter.quiz else None,
        )
        for chapter in chapters
    ]


def done_by(people: Iterable[Participation], chapters: Sequence[OutlineChapter]) -> Mapping[UUID, Done]:
    """Return what people have done, by their participation: two queries, however many they are."""
    by_account = {row.account_id: row.pk for row in people if row.account_id}
    found: dict[UUID, Done] = defaultdict(Done)
    read = UnitState.objects.filter(learner__account__in=list(by_account), unit_key__in=_units(chapters))
    for account, key in read.values_list("learner__account", "unit_key"):
        found[by_account[account]].units.add(key)
    passed = QuizState.objects.filter(
        learner__account__in=list(by_account), quiz_key__in=_quizzes(chapters), passed_at__isnull=False
    )
    for account, key in passed.values_list("learner__account", "quiz_key"):
        found[by_account[account]].quizzes.add(key)
    return found


def done_before_leaving(people: QuerySet[Participation], chapters: Sequence[OutlineChapter]) -> Mapping[UUID, Done]:
    """Return what people who have left had done when they left, by their participation; nothing that came later."""
    gone = ParticipationEntry.objects.filter(participation=OuterRef("pk"), change=ParticipationEntry.Change.LEFT)
    left_at = Subquery(gone.order_by("-id").values("recorded_at")[:1])
    left: dict[int | None, tuple[UUID, dt.datetime]] = {
        account: (key, at)
        for account, key, at in people.order_by().annotate(at=left_at).values_list("account", "pk", "at")
    }
    found: dict[UUID, Done] = defaultdict(Done)
    events = Event.objects.filter(
        learner__account__in=people.order_by().values("account"),
        page_key__in=[*_units(chapters), *_quizzes(chapters)],
    ).order_by("id")
    for account, kind, page, passed, at in events.values_list(
        "learner__account", "kind", "page_key", "passed", "recorded_at"
    ):
        key, until = left[account]
        if at <= until:
            _note(found[key], kind, page, passed=passed)
    return found


def totals(people: QuerySet[Participation], chapters: Sequence[OutlineChapter]) -> Totals:
    """Return how far all of these people are: one query, however many they are."""
    rows = people.order_by()
    for place, chapter in enumerate(chapters):
        rows = rows.annotate(**{f"read_{place}": _read_of(chapter), f"passed_{place}": _passed(chapter)})
    counts = rows.aggregate(
        everybody=Count("pk"),
        joined=Count("pk", filter=Q(status=Status.JOINED)),
        placed=Count("pk", filter=Q(status=Status.PLACED)),
        complete=Count("pk", filter=Q(completed_at__isnull=False)),
        mean=Avg("progress", filter=~Q(status=Status.PLACED)),
        **{f"done_{place}": Count("pk", filter=_has_done(place, each)) for place, each in enumerate(chapters)},
    )
    return Totals(
        everybody=counts["everybody"],
        joined=counts["joined"],
        placed=counts["placed"],
        complete=counts["complete"],
        mean=int(counts["mean"] or 0),
        lessons=tuple(counts[f"done_{place}"] for place in range(len(chapters))),
    )


def totals_before_leaving(
    people: QuerySet[Participation], done: Mapping[UUID, Done], chapters: Sequence[OutlineChapter]
) -> Totals:
    """Return the same for people who have left, from what they had done when they left."""
    counts = totals(people, ())
    all_cells = [cells(each, chapters) for each in done.values()]
    lessons = tuple(sum(row[place].is_done for row in all_cells) for place in range(len(chapters)))
    return Totals(counts.everybody, counts.joined, counts.placed, counts.complete, counts.mean, lessons)


def _note(done: Done, kind: str, page: UUID, *, passed: bool | None) -> None:
    """Have something that happened count, in the order in which it was recorded."""
    if kind == Event.Kind.UNIT_READ:
        done.units.add(page)
    elif kind == Event.Kind.UNIT_UNREAD:
        done.units.discard(page)
    elif passed:
        done.quizzes.add(page)
    elif kind == Event.Kind.QUIZ_REGRADED:
        done.quizzes.discard(page)


def _read_of(chapter: OutlineChapter) -> Coalesce:
    """Return how many units of a lesson somebody has read."""
    read = UnitState.objects.filter(learner__account=OuterRef("account"), unit_key__in=_units([chapter]))
    count = read.order_by().values("learner").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(count, output_field=IntegerField()), Value(0))


def _passed(chapter: OutlineChapter) -> Exists | Value:
    """Return whether somebody has passed the quiz of a lesson; where it has none, all have."""
    if chapter.quiz is None:
        return Value(True)
    passed = QuizState.objects.filter(
        learner__account=OuterRef("account"), quiz_key=chapter.quiz.page_key, passed_at__isnull=False
    )
    return Exists(passed)


def _has_done(place: int, chapter: OutlineChapter) -> Q:
    return Q(**{f"read_{place}": len(chapter.units), f"passed_{place}": True}, status=Status.JOINED)


def _units(chapters: Iterable[OutlineChapter]) -> list[UUID]:
    return [unit.page_key for chapter in chapters for unit in chapter.units]


def _quizzes(chapters: Iterable[OutlineChapter]) -> list[UUID]:
    return [chapter.quiz.page_key for chapter in chapters if chapter.quiz]
