"""Who was there: by code, by list, once, with corrections that say why, and what follows for completing."""

import datetime as dt

import pytest

from openmuseums.trainers.attendance.marking import (
    NoSuchCodeError,
    ReasonNeededError,
    TooEarlyError,
    TooLateError,
    attend,
    note,
)
from openmuseums.trainers.completing.ruling import Asked
from openmuseums.trainers.joining.acts import leave
from openmuseums.trainers.models import (
    AttendanceEntry,
    CompletionEntry,
    CriterionEntry,
    Participation,
    ParticipationEntry,
    Session,
)
from openmuseums.trainers.secrets import in_groups
from openmuseums.trainers.sessions.arranging import SessionCancelledError, cancel_session
from tests.factories import make_trainer, make_user
from tests.together import run_together
from tests.trainers.making import make_cohort, take_part
from tests.trainers.sessions.making import ENDS, STARTS, make_session

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
ONE_SESSION = [Asked("sessions", "sessions", (), 1)]


def entries(session: Session) -> list[tuple[object, ...]]:
    rows = AttendanceEntry.objects.filter(session=session).order_by("id")
    return list(rows.values_list("participation", "is_present", "how", "reason"))


def place_in(cohort, name: str = "Γιάννης") -> Participation:
    """Keep a place for somebody who has no account."""
    rule = cohort.rules.first()
    return Participation.objects.create(cohort=cohort, status="placed", name=name, rule=rule, claim_digest=name)


def test_code_notes_who_types_it_once_however_it_is_written():
    cohort = make_cohort()
    row = take_part(cohort)
    session = make_session(cohort)
    assert attend(code=session.code, account=row.account, now=STARTS + MINUTE) == session
    assert attend(code=in_groups(session.code).lower(), account=row.account, now=STARTS + 2 * MINUTE) == session
    assert entries(session) == [(row.pk, True, "code", "")]
    entry = AttendanceEntry.objects.get()
    assert (entry.occurred_at, entry.recorded_at, entry.by) == (STARTS + MINUTE, STARTS + MINUTE, None)


@pytest.mark.parametrize("at", [STARTS - 15 * MINUTE, STARTS, ENDS, ENDS + 30 * MINUTE])
def test_code_is_taken_a_little_before_and_after(at):
    cohort = make_cohort()
    row, session = take_part(cohort), make_session(cohort)
    attend(code=session.code, account=row.account, now=at)
    assert AttendanceEntry.objects.get().occurred_at == min(at, ENDS)


def test_code_is_refused_when_it_is_too_early_or_too_late():
    cohort = make_cohort()
    row, session = take_part(cohort), make_session(cohort)
    with pytest.raises(TooEarlyError):
        attend(code=session.code, account=row.account, now=STARTS - 15 * MINUTE - dt.timedelta(seconds=1))
    with pytest.raises(TooLateError):
        attend(code=session.code, account=row.account, now=ENDS + 30 * MINUTE + dt.timedelta(seconds=1))
    assert entries(session) == []


def test_code_notes_nobody_from_outside_the_cohort():
    cohort = make_cohort()
    session = make_session(cohort)
    make_session(make_cohort())
    gone = take_part(cohort)
    leave(participation=gone, now=STARTS)
    outside = take_part(make_cohort())
    for account in (gone.account, outside.account, make_user(), make_trainer()):
        with pytest.raises(NoSuchCodeError):
            attend(code=session.code, account=account, now=STARTS)
    with pytest.raises(NoSuchCodeError):
        attend(code="CDFGJLQR", account=take_part(cohort).account, now=STARTS)
    assert entries(session) == []


def test_code_of_a_cancelled_session_notes_nobody():
    cohort = make_cohort()
    row, session = take_part(cohort), make_session(cohort)
    cancel_session(session=session, by=make_trainer(), now=STARTS)
    with pytest.raises(NoSuchCodeError):
        attend(code=session.code, account=row.account, now=STARTS)


def test_of_two_cohorts_with_the_same_code_the_one_that_meets_now_is_meant():
    account = make_user()
    sessions = []
    for days in (0, 7):
        cohort = make_cohort()
        take_part(cohort, account)
        sessions.append(make_session(cohort, starts_at=STARTS + dt.timedelta(days=days)))
    Session.objects.update(code="CDFGJLQR")
    for session in sessions:
        assert attend(code="CDFGJLQR", account=account, now=session.starts_at) == session


def test_list_notes_those_in_the_cohort_places_that_are_kept_too():
    cohort = make_cohort()
    there, away, left, placed = take_part(cohort), take_part(cohort), take_part(cohort), place_in(cohort)
    leave(participation=left, now=STARTS)
    other = take_part(make_cohort())
    session, by = make_session(cohort), make_trainer()
    marks = {there.pk: True, away.pk: False, left.pk: True, placed.pk: True, other.pk: True}
    assert note(session=session, marks=marks, how="sheet", reason="", by=by, now=ENDS + MINUTE) == 3
    assert sorted(entries(session)) == sorted(
        [(there.pk, True, "sheet", ""), (away.pk, False, "sheet", ""), (placed.pk, True, "sheet", "")]
    )
    assert {entry.by for entry in AttendanceEntry.objects.all()} == {by}
    assert {entry.occurred_at for entry in AttendanceEntry.objects.all()} == {ENDS}


def test_correction_is_a_further_entry_with_its_reason_and_the_same_is_none():
    cohort = make_cohort()
    row, session, by = take_part(cohort), make_session(cohort), make_trainer()
    note(session=session, marks={row.pk: False}, how="list", reason="", by=by, now=STARTS)
    assert note(session=session, marks={row.pk: False}, how="list", reason="", by=by, now=ENDS) == 0
    with pytest.raises(ReasonNeededError):
        note(session=session, marks={row.pk: True}, how="list", reason="", by=by, now=ENDS)
    assert len(entries(session)) == 1
    note(session=session, marks={row.pk: True}, how="list", reason="Came late", by=by, now=ENDS)
    assert entries(session) == [(row.pk, False, "list", ""), (row.pk, True, "list", "Came late")]


def test_nothing_is_noted_where_one_change_lacks_its_reason():
    cohort = make_cohort()
    first, second = take_part(cohort), take_part(cohort)
    session, by = make_session(cohort), make_trainer()
    note(session=session, marks={first.pk: False}, how="list", reason="", by=by, now=STARTS)
    with pytest.raises(ReasonNeededError):
        note(session=session, marks={first.pk: True, second.pk: True}, how="list", reason="", by=by, now=ENDS)
    assert len(entries(session)) == 1


def test_list_is_closed_before_a_session_and_when_it_is_cancelled():
    cohort = make_cohort()
    row, session, by = take_part(cohort), make_session(cohort), make_trainer()
    with pytest.raises(TooEarlyError):
        note(session=session, marks={row.pk: True}, how="list", reason="", by=by, now=STARTS - 16 * MINUTE)
    cancel_session(session=session, by=by, now=STARTS)
    with pytest.raises(SessionCancelledError):
        note(session=session, marks={row.pk: True}, how="list", reason="", by=by, now=STARTS)
    assert entries(session) == []


def test_who_was_noted_as_absent_and_types_the_code_is_present():
    cohort = make_cohort()
    row, session = take_part(cohort), make_session(cohort)
    note(session=session, marks={row.pk: False}, how="list", reason="", by=make_trainer(), now=STARTS)
    attend(code=session.code, account=row.account, now=STARTS + MINUTE)
    assert [(present, how) for _key, present, how, _reason in entries(session)] == [(False, "list"), (True, "code")]


def test_attendance_is_evidence_and_a_correction_takes_it_back(course):
    cohort = make_cohort(asked=ONE_SESSION)
    row, session, by = take_part(cohort), make_session(cohort), make_trainer()
    attend(code=session.code, account=row.account, now=STARTS)
    row.refresh_from_db()
    assert (row.progress, row.completed_at) == (100, STARTS)
    note(session=session, marks={row.pk: False}, how="list", reason="Typed for a friend", by=by, now=ENDS)
    row.refresh_from_db()
    assert (row.progress, row.completed_at) == (0, None)
    told = CompletionEntry.objects.filter(participation=row).order_by("id").values_list("is_complete", "because")
    assert list(told) == [(True, "attendance"), (False, "correction")]


@pytest.mark.django_db(transaction=True)
def test_two_who_note_somebody_at_once_make_one_entry(course):
    cohort = make_cohort(asked=ONE_SESSION)
    row, session, by = take_part(cohort), make_session(cohort), make_trainer()
    account = row.account

    def by_list() -> int:
        return note(session=session, marks={row.pk: True}, how="list", reason="", by=by, now=STARTS)

    run_together([by_list, lambda: attend(code=session.code, account=account, now=STARTS), by_list])
    assert AttendanceEntry.objects.filter(session=session).count() == 1
    assert CompletionEntry.objects.filter(participation=row).count() == 1
    assert CriterionEntry.objects.filter(participation=row, is_met=True).count() == 1
    assert ParticipationEntry.objects.filter(participation=row).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_trainers_who_disagree_at_once_are_told_so(course):
    cohort = make_cohort()
    row, session, by = take_part(cohort), make_session(cohort), make_trainer()

    def mark(is_present: bool) -> str:
        try:
            note(session=session, marks={row.pk: is_present}, how="list", reason="", by=by, now=STARTS)
        except ReasonNeededError:
            return "reason"
        return "noted"

    assert sorted(run_together([lambda: mark(True), lambda: mark(False)])) == ["noted", "reason"]
    assert AttendanceEntry.objects.filter(session=session).count() == 1
