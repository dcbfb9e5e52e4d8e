"""A small cohort whose keys and times are fixed: a list of it is the same on every machine and database."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from openmuseums.trainers.joining.removing import remove
from openmuseums.trainers.models import (
    AttendanceEntry,
    Cohort,
    CompletionEntry,
    Criterion,
    CriterionEntry,
    Participation,
    ParticipationEntry,
    RuleVersion,
    Session,
)
from tests.factories import make_user
from tests.trainers.making import make_cohort

AS_OF = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
SEPTEMBER = dt.datetime(2026, 9, 1, 8, 0, tzinfo=dt.UTC)
LATER = AS_OF + dt.timedelta(hours=2)
HOUR = dt.timedelta(hours=1)
# Their order as numbers, as text, and as what the databases keep must be the same.
KEYS = [
    UUID("0a000000-0000-4000-8000-000000000001"),
    UUID("9f3a5c00-1111-4aaa-bfff-ffffffffffff"),
    UUID("a0000000-0000-4000-8000-00000000000f"),
    UUID("b1ffffff-ffff-4fff-9fff-ffffffffffff"),
    UUID("fe000000-0000-4000-8000-000000000000"),
]
MARIA, JAN, HOSTILE, LEFT, PLACED = KEYS


def day(number: int) -> dt.datetime:
    """Return eight o'clock on a day from September on."""
    return SEPTEMBER + dt.timedelta(days=number)


def fixed_cohort() -> Cohort:
    """Make the cohort, with five people in all states, two versions of the rule, and three sessions."""
    cohort = make_cohort(name="Fixed")
    Cohort.objects.filter(pk=cohort.pk).update(key="fixed")
    cohort.refresh_from_db()
    first = RuleVersion.objects.get(cohort=cohort)
    second = RuleVersion.objects.create(cohort=cohort, number=2, made_at=day(20))
    units = [_criterion(rule, 0, "units", "units", 2) for rule in (first, second)]
    quiz = _criterion(second, 1, "quiz", "quiz", 60)
    sessions = [_session(cohort, number) for number in range(3)]
    Session.objects.filter(pk=sessions[2].pk).update(cancelled_at=day(30))

    maria = _joined(cohort, MARIA, first, day(1), name="Μαρία Παπαδοπούλου", email="maria@example.org")
    _meet(maria, units[0], day(2), done=1, is_met=False)
    _meet(maria, units[0], day(3), done=2, is_met=True)
    _complete(maria, first, day(3))
    for session in sessions:
        _attend(maria, session, day(11))

    jan = _joined(cohort, JAN, first, day(4), name="Jan de Vries", museum="Museum ’t Hof", country="NL", role="board")
    _enter(jan, "rule", day(20), rule=second)
    _meet(jan, units[1], day(20), done=1, is_met=False)
    _meet(jan, quiz, day(21), done=Decimal("87.5"), is_met=True)
    _attend(jan, sessions[0], day(11))
    _attend(jan, sessions[1], day(11))
    _attend(jan, sessions[1], day(12), is_present=False)

    formula = {"name": '=HYPERLINK("http://x";"y")', "museum": "+1\t-2"}
    hostile = _joined(cohort, HOSTILE, second, day(22), **formula, language="el")
    _meet(hostile, units[1], day(22), done=0, is_met=False)
    there = {"museum": "Uffizi", "country": "IT", "role": "volunteer"}
    left = _joined(cohort, LEFT, second, day(23), **there, language="it")
    _enter(left, "left", day(25), status="left")
    placed = Participation.objects.create(
        id=PLACED, cohort=cohort, status="placed", name="Zoë", rule=second, claim_digest="x"
    )
    _enter(placed, "placed", day(26))
    return cohort


def correct_later(cohort: Cohort) -> None:
    """Record what a list as of AS_OF must not know: about things that happened before."""
    second = RuleVersion.objects.get(cohort=cohort, number=2)
    quiz = Criterion.objects.get(rule=second, key="quiz")
    jan = Participation.objects.get(pk=JAN)
    CriterionEntry.objects.create(
        participation=jan,
        criterion=quiz,
        is_met=False,
        done=0,
        because="regraded",
        occurred_at=day(5),
        recorded_at=LATER,
    )
    CompletionEntry.objects.create(
        participation=jan, rule=second, is_complete=True, because="act", occurred_at=day(5), recorded_at=LATER
    )
    jan.name, jan.status = "Somebody else", "left"
    jan.save()
    ParticipationEntry.objects.create(
        participation=jan,
        change="left",
        occurred_at=day(5),
        recorded_at=LATER,
        **{name: getattr(jan, name) for name in Participation.STATE},
    )
    session = Session.objects.filter(cohort=cohort).order_by("starts_at").first()
    assert session is not None
    _attend(jan, session, LATER, is_present=False)
    session.ends_at, session.cancelled_at, session.changed_at = session.ends_at + 3 * HOUR, LATER, LATER
    session.save()
    _joined(cohort, UUID(int=5), second, LATER, name="Late")


def remove_jan() -> None:
    """Take somebody out at their request."""
    assert remove(participation=Participation.objects.get(pk=JAN), now=LATER)


def _criterion(rule: RuleVersion, position: int, key: str, kind: str, needed: int) -> Criterion:
    pages = [str(UUID(int=7 + position))]
    return Criterion.objects.create(rule=rule, position=position, key=key, kind=kind, needed=needed, pages=pages)


def _session(cohort: Cohort, number: int) -> Session:
    starts_at = day(10 + number)
    return Session.objects.create(
        id=UUID(int=100 + number),
        cohort=cohort,
        organisation=cohort.organisation,
        title=f"Session {number}",
        kind="on-site",
        starts_at=starts_at,
        ends_at=starts_at + (number + 1) * HOUR / 2,
        time_zone="Europe/Athens",
        language="el",
        code=f"CODE{number}",
        made_at=day(0),
        changed_at=day(0),
    )


def _joined(cohort: Cohort, key: UUID, rule: RuleVersion, at: dt.datetime, **shared: str) -> Participation:
    row = Participation.objects.create(
        id=key, cohort=cohort, account=make_user(), status="joined", rule=rule, **{"language": "nl", **shared}
    )
    _enter(row, "joined", at)
    return row


def _enter(row: Participation, change: str, at: dt.datetime, **changes: object) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    ParticipationEntry.objects.create(
        participation=row,
        change=change,
        occurred_at=at,
        recorded_at=at + HOUR,
        **{name: getattr(row, name) for name in Participation.STATE},
    )


def _meet(row: Participation, criterion: Criterion, at: dt.datetime, *, done: int | Decimal, is_met: bool) -> None:
    CriterionEntry.objects.create(
        participation=row, criterion=criterion, is_met=is_met, done=done, because="act", occurred_at=at, recorded_at=at
    )


def _complete(row: Participation, rule: RuleVersion, at: dt.datetime) -> None:
    CompletionEntry.objects.create(
        participation=row, rule=rule, is_complete=True, because="act", occurred_at=at, recorded_at=at
    )


def _attend(row: Participation, session: Session, at: dt.datetime, *, is_present: bool = True) -> None:
    AttendanceEntry.objects.create(
        session=session, participation=row, is_present=is_present, how="list", occurred_at=at, recorded_at=at
    )
