"""Duties are done when they are due: once each, again where a clock died, and whatever becomes of the others."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from openmuseums.clock import duties
from openmuseums.clock.duties import Duty, DutyError, register_duty
from openmuseums.clock.models import DutyRun
from openmuseums.clock.running import UnknownDutyError, make_due, run_due
from tests.factories import NOW

MINUTE = dt.timedelta(minutes=1)
CLOCKS = 8


@pytest.fixture(autouse=True)
def done() -> Iterator[list[str]]:
    """Return what the one duty that is registered did."""
    before = dict(duties._duties)
    duties._duties.clear()
    done: list[str] = []
    a_duty("bell", lambda now: done.append(str(now)) or "Rung.")
    yield done
    duties._duties.clear()
    duties._duties.update(before)


def a_duty(name: str, run: Callable[[dt.datetime], Any], every: dt.timedelta = 5 * MINUTE) -> None:
    register_duty(Duty(name, name.title(), every, run))


def strike(now: dt.datetime = NOW, **options: Any) -> list[tuple[str, bool, str]]:
    """Do what is due, and return names, whether all went well, and what was said."""
    return [(each.duty.name, each.is_well, each.sentence) for each in run_due(time=lambda: now, **options)]


def fail(error: BaseException) -> Callable[[dt.datetime], str]:
    def run(now: dt.datetime) -> str:
        raise error

    return run


@pytest.mark.django_db
def test_duty_is_done_when_it_is_due_and_not_before() -> None:
    assert strike() == [("bell", True, "Rung.")]
    assert strike(NOW + 5 * MINUTE - dt.timedelta(seconds=1)) == []
    assert strike(NOW + 5 * MINUTE) == [("bell", True, "Rung.")]
    run = DutyRun.objects.get()
    assert (run.started_at, run.finished_at, run.outcome, run.sentence) == (*[NOW + 5 * MINUTE] * 2, "done", "Rung.")
    assert (run.lease_until, run.holder, run.due_at) == (None, None, NOW + 10 * MINUTE)


@pytest.mark.django_db
def test_duty_of_each_minute_is_done_at_each_stroke_however_late_in_it_the_last_was() -> None:
    a_duty("bell", lambda _: "Rung.", MINUTE)
    assert strike(NOW + dt.timedelta(seconds=40)) == [("bell", True, "Rung.")]
    assert strike(NOW + MINUTE) == [("bell", True, "Rung.")]


@pytest.mark.django_db
def test_duty_that_fails_stops_no_other_and_says_nothing_of_anybody(caplog: pytest.LogCaptureFixture) -> None:
    a_duty("alarm", fail(ValueError("ada@example.org")))
    a_duty("bill", fail(DutyError("Failed: 2.")))
    said = strike()
    assert [name for name, _, _ in said] == ["alarm", "bell", "bill"]
    (_, alarm_is_well, alarm), bell, bill = said
    assert (alarm_is_well, alarm.split(" in ")[0]) == (False, "ValueError")
    assert (bell, bill) == (("bell", True, "Rung."), ("bill", False, "Failed: 2."))
    assert "ada@example.org" not in caplog.text
    assert sorted(DutyRun.objects.values_list("name", "outcome", "failures")) == [
        ("alarm", "failed", 1),
        ("bell", "done", 0),
        ("bill", "failed", 1),
    ]


@pytest.mark.django_db
def test_duty_that_fails_is_done_again_after_growing_pauses_and_never_later_than_otherwise() -> None:
    a_duty("bell", fail(DutyError("Broken.")), dt.timedelta(hours=1))
    now, pauses = NOW, []
    for _ in range(5):
        strike(now)
        due_at = DutyRun.objects.get().due_at
        pauses.append((due_at - now) // MINUTE)
        now = due_at
    assert pauses == [10, 20, 40, 60, 60]
    a_duty("bell", lambda _: "Rung.", dt.timedelta(hours=1))
    strike(now)
    assert DutyRun.objects.get().failures == 0


@pytest.mark.django_db
def test_duty_whose_clock_died_is_done_again_once_its_lease_is_over(caplog: pytest.LogCaptureFixture) -> None:
    a_duty("bell", fail(SystemExit()))
    with pytest.raises(SystemExit):
        strike()
    a_duty("bell", lambda _: "Rung.")
    assert strike(NOW + 14 * MINUTE) == []
    assert DutyRun.objects.get().is_running(NOW + 14 * MINUTE)
    assert DutyRun.objects.get().has_died(NOW + 15 * MINUTE)
    assert strike(NOW + 15 * MINUTE) == [("bell", True, "Rung.")]
    assert DutyRun.objects.get().died_at == NOW
    assert caplog.messages == ["Duty bell was begun before and ended without a word; it is done again."]


@pytest.mark.django_db
def test_duty_that_took_longer_than_its_lease_does_not_speak_for_the_next(caplog: pytest.LogCaptureFixture) -> None:
    def take_too_long(now: dt.datetime) -> str:
        a_duty("bell", lambda _: "The second.")
        assert strike(NOW + 20 * MINUTE) == [("bell", True, "The second.")]
        return "The first."

    a_duty("bell", take_too_long)
    strike()
    assert DutyRun.objects.get().sentence == "The second."
    assert caplog.messages[-1] == "Duty bell took longer than 0:15:00; somebody else has begun it again."


@pytest.mark.django_db
def test_duty_can_be_asked_for_by_name_and_before_its_time(done: list[str]) -> None:
    a_duty("alarm", lambda _: "Off.")
    assert strike(names=["alarm"]) == [("alarm", True, "Off.")]
    assert strike(names=["alarm"]) == []
    assert strike(names=["alarm"], is_regardless=True) == [("alarm", True, "Off.")]
    make_due(name="alarm", now=NOW)
    assert strike(names=["alarm"]) == [("alarm", True, "Off.")]
    for act in (lambda: strike(names=["gong"]), lambda: make_due(name="gong", now=NOW)):
        with pytest.raises(UnknownDutyError):
            act()
    assert done == []


@pytest.mark.django_db
def test_clock_that_is_told_to_stop_leaves_the_rest_for_later(done: list[str]) -> None:
    told: list[str] = []
    a_duty("alarm", lambda _: told.append("stop") or "Off.")
    assert strike(is_stopping=lambda: bool(told)) == [("alarm", True, "Off.")]
    assert done == []


@pytest.mark.django_db
def test_command_says_what_was_done_and_fails_where_something_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("run_due")
    call_command("run_due")
    assert capsys.readouterr().out == "bell: Rung.\nNothing is due.\n"
    a_duty("bell", fail(DutyError("Broken.")))
    with pytest.raises(CommandError, match="Not everything went well"):
        call_command("run_due", "--now")
    with pytest.raises(CommandError, match="no such duty: gong"):
        call_command("run_due", "gong")


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_clocks_that_strike_at_once_do_each_duty_once() -> None:
    rung: list[str] = []
    for name in ("alarm", "bell", "gong"):
        a_duty(name, lambda _, name=name: rung.append(name) or "Rung.")
    gate = threading.Barrier(CLOCKS)
    failures: list[BaseException] = []

    def clock() -> None:
        try:
            gate.wait()
            strike()
        except DatabaseError as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=clock) for _ in range(CLOCKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failures, sorted(rung)) == ([], ["alarm", "bell", "gong"])
