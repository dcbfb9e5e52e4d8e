"""What has had its time goes, and what has not stays."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from openmuseums.clock.duties import all_duties
from openmuseums.learners.models import Learner
from openmuseums.mail.models import Letter
from openmuseums.people import language
from openmuseums.people.models import User
from openmuseums.privacy.inactivity import expire_inactive
from openmuseums.privacy.looks import note_look
from openmuseums.privacy.models import InactivityNotice, Look
from openmuseums.privacy.names import former_editor
from openmuseums.privacy.retention import apply_retention, run_retention
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
YEAR = 365 * DAY


def make_task(finished_at):
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="a.task",
        backend_name="default",
        run_after=NOW,
        exception_class_path="",
        traceback="",
        status="SUCCESSFUL" if finished_at else "READY",
        finished_at=finished_at,
    )


def make_things(now):
    actor, subject = make_user(), make_user()
    for age in (2 * YEAR + DAY, 2 * YEAR - DAY):
        note_look(actor, subject.pk, "account", now - age)
    for finished_at in (now - 15 * DAY, now - 13 * DAY, None):
        make_task(finished_at)
    for key, age in (("old", DAY), ("new", -DAY)):
        Session.objects.create(session_key=key, session_data="", expire_date=now - age)
        Learner.objects.create(started_at=NOW, expires_at=now - age)
    Learner.objects.create(started_at=NOW, account=subject)


def due(now, **options):
    return {found.model: found.count for found in apply_retention(now=now, **options) if found.count}


def test_what_is_due_goes_once(db):
    make_things(NOW)
    expected = {
        "privacy.Look": 1,
        "sessions.Session": 1,
        "learners.Learner": 1,
        "django_tasks_database.DBTaskResult": 1,
    }
    assert due(NOW, write=False) == expected
    assert (Look.objects.count(), Session.objects.count(), Learner.objects.count()) == (2, 2, 3)
    assert due(NOW) == expected
    assert (Look.objects.count(), Session.objects.count(), Learner.objects.count()) == (1, 1, 2)
    assert DBTaskResult.objects.count() == 2
    assert due(NOW) == {}


def test_command_prints_what_would_go_and_writes_nothing(db, capsys):
    make_things(timezone.now())
    call_command("apply_retention", "--dry-run")
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["privacy.Look", "1"] in lines
    assert lines[-1] == ["4", "rows", "would", "go."]
    assert Look.objects.count() == 2
    call_command("apply_retention")
    assert capsys.readouterr().out.splitlines()[-1] == "4 rows are gone."
    assert Look.objects.count() == 1


def test_retention_is_a_daily_duty(db):
    (duty,) = [duty for duty in all_duties() if duty.run is run_retention]
    assert duty.every == DAY
    assert duty.run(NOW) == "Nothing was due."
    Session.objects.create(session_key="old", session_data="", expire_date=NOW - DAY)
    assert duty.run(NOW) == "Gone: sessions.Session 1."


# Accounts that nobody uses


def make_idle(days_left=0, **fields):
    """Make an account that has been idle for three years in so many days."""
    account = make_user(**fields)
    User.objects.filter(pk=account.pk).update(last_login=NOW - 3 * YEAR - DAY / 2 + days_left * DAY)
    return account


def letters():
    return list(Letter.objects.filter(kind="erased-soon").values_list("address", "language"))


@pytest.fixture
def queued(monkeypatch):
    """Have letters stay in the queue."""
    monkeypatch.setattr("openmuseums.mail.sending.deliver_letter", SimpleNamespace(enqueue=lambda _pk: None))


def test_idle_account_is_told_thirty_days_before_and_then_erased(queued, monkeypatch):
    monkeypatch.setattr(language, "_public", [lambda: ("en", "el")])
    account = make_idle(days_left=29, email="idle@example.org", language="el")
    make_user(email="fresh@example.org")
    assert expire_inactive(NOW, True) == 0
    assert letters() == [("idle@example.org", "el")]
    for day in (1, 15, 29):
        assert expire_inactive(NOW + day * DAY, True) == 0
    assert letters() == [("idle@example.org", "el")]
    assert expire_inactive(NOW + 30 * DAY, False) == 1
    assert expire_inactive(NOW + 30 * DAY, True) == 1
    assert not User.objects.filter(pk=account.pk).exists()
    assert User.objects.filter(email="fresh@example.org").exists()


def test_account_is_told_first_even_where_the_clock_stood_still(queued):
    account = make_idle(days_left=-400)
    assert expire_inactive(NOW, True) == 0
    assert expire_inactive(NOW + 29 * DAY, True) == 0
    assert User.objects.filter(pk=account.pk).exists()
    assert expire_inactive(NOW + 30 * DAY, True) == 1


def test_who_signs_in_is_kept_and_would_be_told_again(queued):
    account = make_idle()
    expire_inactive(NOW, True)
    User.objects.filter(pk=account.pk).update(last_login=NOW + DAY)
    assert expire_inactive(NOW + 40 * DAY, True) == 0
    assert InactivityNotice.objects.count() == 0
    assert expire_inactive(NOW + 3 * YEAR, True) == 0
    assert len(letters()) == 2


def test_dry_run_tells_nobody(queued):
    make_idle()
    assert expire_inactive(NOW, False) == 0
    assert (letters(), InactivityNotice.objects.count()) == ([], 0)


def test_account_without_an_address_goes_after_the_same_time(queued):
    account = make_idle(email=None, username="paper")
    assert expire_inactive(NOW, True) == 0
    assert letters() == []
    assert expire_inactive(NOW + 30 * DAY, True) == 1
    assert not User.objects.filter(pk=account.pk).exists()


def test_last_administrator_and_former_editors_stay(queued):
    account = make_idle(is_superuser=True)
    nobody = former_editor()
    User.objects.filter(pk=nobody.pk).update(date_joined=NOW - 9 * YEAR)
    expire_inactive(NOW, True)
    assert expire_inactive(NOW + 30 * DAY, True) == 0
    assert User.objects.filter(pk__in=[account.pk, nobody.pk]).count() == 2
    assert InactivityNotice.objects.filter(account=nobody.pk).count() == 0
