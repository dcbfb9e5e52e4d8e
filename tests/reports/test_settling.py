"""Settling and reopening, by many at once; and how long reports are kept."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.cache import caches
from django.db import IntegrityError
from wagtail.models import ModelLogEntry

from openmuseums.privacy.registry import declarations
from openmuseums.reports.models import Report
from openmuseums.reports.reporting import report
from openmuseums.reports.settling import NothingToReopenError, NothingToSettleError, reopen, settle
from tests.factories import NOW, make_user
from tests.learners.test_concurrency import at_once

PAGE = uuid.UUID(int=1)


def sent(number: int = 1, *, sender: str = "192.0.2.1") -> Report:
    return report(
        form_id=uuid.UUID(int=number),
        page_key=PAGE,
        block_id="b",
        language="en",
        text_language="en",
        kind="mistake",
        text="It says 1985.",
        sender=sender,
        now=NOW,
    )


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_form_sent_by_many_clicks_at_once_is_one_report() -> None:
    caches["limits"].clear()
    at_once(lambda number: sent(sender=f"192.0.2.{number}"), times=16)
    assert Report.objects.count() == 1


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_many_editors_who_settle_at_once_are_one_and_the_others_are_told() -> None:
    reports = [sent(number).pk for number in range(1, 4)]
    editors = [make_user() for _number in range(8)]
    told: list[int] = []

    def act(number: int) -> None:
        # In different orders: nobody waits for who waits for them.
        chosen = reports if number % 2 else reports[::-1]
        try:
            settle(report_ids=chosen, note=f"By {number}", actor=editors[number], now=NOW)
        except NothingToSettleError:
            told.append(number)

    at_once(act, times=8)
    assert len(told) == 7
    assert ModelLogEntry.objects.filter(action="reports.settled").count() == 3
    (winner,) = set(range(8)) - set(told)
    assert set(Report.objects.values_list("note", flat=True)) == {f"By {winner}"}


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_many_who_settle_and_reopen_at_once_leave_what_the_log_says() -> None:
    found, editor = sent(), make_user()

    def act(number: int) -> None:
        try:
            if number % 2:
                settle(report_ids=[found.pk], note="Mended.", actor=editor, now=NOW)
            else:
                reopen(report_id=found.pk, actor=editor, now=NOW)
        except (NothingToSettleError, NothingToReopenError):
            pass

    at_once(act, times=16)
    actions = list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == (["reports.settled", "reports.reopened"] * 16)[: len(actions)]
    found.refresh_from_db()
    assert (found.settled_at is not None) == (len(actions) % 2 == 1)


@pytest.mark.parametrize(
    "fields",
    [{"note": "An answer to what is open"}, {"settled_at": NOW - dt.timedelta(seconds=1)}, {"kind": "praise"}],
)
def test_database_refuses_what_cannot_be(db: None, fields: dict[str, Any]) -> None:
    made = {"page_key": PAGE, "language": "en", "text_language": "en", "kind": "other", "reported_at": NOW, **fields}
    with pytest.raises(IntegrityError):
        Report.objects.create(**made)


def test_reports_go_with_their_log_two_years_after_they_were_settled(db: None) -> None:
    expire = next(found.expire for found in declarations() if found.model == "reports.Report")
    assert expire is not None
    editor = make_user()
    waiting, settled, later = (sent(number) for number in (1, 2, 3))
    settle(report_ids=[settled.pk], note="", actor=editor, now=NOW)
    settle(report_ids=[later.pk], note="", actor=editor, now=NOW + dt.timedelta(days=1))
    end = NOW + dt.timedelta(days=730)
    assert expire(end, True) == 0
    moment = end + dt.timedelta(seconds=1)
    assert expire(moment, False) == 1
    assert Report.objects.count() == 3
    assert expire(moment, True) == 1
    assert set(Report.objects.values_list("pk", flat=True)) == {waiting.pk, later.pk}
    assert ModelLogEntry.objects.values_list("object_id", flat=True).get() == str(later.pk)
    assert expire(moment, True) == 0
