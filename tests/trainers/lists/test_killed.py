"""Server and worker are killed while a long list is asked for and written: one whole list comes of it, once.

Real processes on the test's database; `tests.stopping` stops them at a statement, and SIGKILL leaves them no chance to
tidy up. Of 6,000 people here, which is more than are written while somebody waits; of 100,000 at night.
"""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from benchmarks.seeding import AS_OF, FIRST_ACCOUNT, make_group, seed
from openmuseums.clock.queue import TASK_IS_LOST
from openmuseums.learners.outline import get_outline
from openmuseums.trainers.lists.exporting import (
    LEFT_BEHIND,
    NO_SIGN_OF_LIFE,
    NOT_BEGUN,
    SMALL,
    asked_of,
    folder,
    look_after_lists,
    manifest_of,
    path_of,
)
from openmuseums.trainers.lists.making import pieces
from openmuseums.trainers.lists.manifests import Verdict, digest_of, verify
from openmuseums.trainers.lists.reading import BLOCK
from openmuseums.trainers.models import Export
from tests.factories import make_trainer, signed_in
from tests.servers import Commands, StoppingServer

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WORKER = ("db_worker", "--backend", "queue", "--batch", "--no-startup-delay")
CLOCK = ("run_due", "--now")
NOTED = 'INSERT INTO "trainers_export"'
BLOCK_WRITTEN, STATE_CHANGES = 'UPDATE "trainers_export" SET "rows_done"', 'UPDATE "trainers_export" SET "state"'


@pytest.fixture
def trainer(course):
    # Those who are seeded come with the keys behind it; SQLite goes on counting from those of the test before.
    return make_trainer(pk=FIRST_ACCOUNT - 1)


@pytest.fixture
def client(trainer):
    return signed_in(trainer)


@pytest.fixture
def served(settings, tmp_path, client):
    """Return a server that the trainer is signed in with, and commands, which share files and queue."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing-key.pem"
    server = StoppingServer(tmp_path, {name: cookie.value for name, cookie in client.cookies.items()})
    commands = Commands(tmp_path)
    for process in (server, commands):
        process.environment |= {"DJANGO_SETTINGS_MODULE": "tests.queued_settings", "SERVED_FOLDER": str(tmp_path)}
    server.start()
    yield server, commands
    server.kill()


def group_of(rows, trainer):
    outline = get_outline()
    group = make_group("Everybody", outline, trainer)
    seed(group, outline, range(rows), with_records=False)
    return group.cohort


def form_of(cohort):
    """Return the address and what is typed there to ask for an auditor's list."""
    as_of = f"{AS_OF:%Y-%m-%dT%H:%M}+00:00"
    data = {"preset": "auditor", "as_of": as_of, "locale": "en", "file_format": "csv"}
    return reverse("trainers:lists", args=[cohort.key]), data


def some_time_later(export):
    """Have everything that is known of a list lie as far back as if its writer had been gone for long."""
    past = timezone.now() - max(NO_SIGN_OF_LIFE, NOT_BEGUN) - dt.timedelta(minutes=1)
    Export.objects.filter(pk=export.pk).update(asked_at=past)
    Export.objects.filter(pk=export.pk, heard_of_at__isnull=False).update(heard_of_at=past)


def expect_nothing_to_fetch(export, client):
    """See that a list is under way for all that its page says, and that nobody is handed a part of it."""
    page = client.get(reverse("trainers:list", args=[export.cohort.key, export.pk]))
    assert (page.context["is_there"], page.context["is_under_way"]) == (False, True)
    assert client.get(reverse("trainers:list-file", args=[export.cohort.key, export.pk])).status_code == 404


def expect_whole(export, client, rows, attempts):
    """See that a list is there, whole, signed, and once."""
    export.refresh_from_db()
    assert (export.state, export.attempts, export.rows_done, export.rows_total) == ("done", attempts, rows, rows)
    file = client.get(reverse("trainers:list-file", args=[export.cohort.key, export.pk])).getvalue()
    assert file == b"".join(pieces(asked_of(export)))
    keys = [row[0] for row in csv.reader(io.StringIO(file.decode("utf-8-sig")))][1:]
    assert (len(keys), len(set(keys)), keys == sorted(keys)) == (rows, rows, True)
    assert verify(digest_of([file]), manifest_of(export).read_bytes()).verdict == Verdict.VALID
    look_after_lists(timezone.now() + LEFT_BEHIND + dt.timedelta(minutes=1))
    assert {path.name for path in folder().iterdir()} == {path_of(export).name, manifest_of(export).name}
    assert Export.objects.count() == 1


@pytest.mark.parametrize("rows", [6_000, pytest.param(100_000, marks=pytest.mark.nightly)])
def test_long_list_comes_whole_and_once_however_often_who_writes_it_is_killed(served, client, trainer, rows):
    server, commands = served
    cohort = group_of(rows, trainer)
    assert rows > SMALL
    # The server, when the list is noted and nobody was told to write it: the clock finds it.
    server.killed_while_asked(f"after {NOTED}", *form_of(cohort), kill=server.kill_and_start)
    export = Export.objects.get()
    assert (export.state, DBTaskResult.objects.count()) == ("waiting", 0)
    some_time_later(export)
    commands.run(*CLOCK, "trainers.lists")
    # The worker, when half of it is written.
    commands.kill(*WORKER, at=f"after {rows // BLOCK // 2 or 1} {BLOCK_WRITTEN}")
    export.refresh_from_db()
    assert (export.state, 0 < export.rows_done < rows) == ("running", True)
    assert [path.suffix for path in folder().iterdir()] == [".part"]
    expect_nothing_to_fetch(export, client)
    some_time_later(export)
    commands.run(*CLOCK, "trainers.lists")
    # Another one, when all of it lies there and is not noted yet.
    commands.kill(*WORKER, at=f"before 2 {STATE_CHANGES}")
    assert path_of(export).exists()
    expect_nothing_to_fetch(export, client)
    some_time_later(export)
    commands.run(*CLOCK, "trainers.lists")
    commands.run(*WORKER)
    expect_whole(export, client, rows, attempts=3)
    # The tasks of the dead are taken up as well, and find that there is nothing to do.
    assert DBTaskResult.objects.filter(status="RUNNING").count() == 2
    DBTaskResult.objects.filter(status="RUNNING").update(started_at=timezone.now() - 2 * TASK_IS_LOST)
    written_at = path_of(export).stat().st_mtime_ns
    commands.run(*CLOCK, "lost-tasks")
    commands.run(*WORKER)
    assert DBTaskResult.objects.exclude(status="SUCCESSFUL").count() == 0
    expect_whole(export, client, rows, attempts=3)
    assert path_of(export).stat().st_mtime_ns == written_at


def test_short_list_whose_server_is_killed_is_written_by_the_worker(served, client, trainer):
    server, commands = served
    cohort = group_of(60, trainer)
    server.killed_while_asked(f"after {BLOCK_WRITTEN}", *form_of(cohort))
    export = Export.objects.get()
    assert export.state == "running"
    expect_nothing_to_fetch(export, client)
    some_time_later(export)
    commands.run(*CLOCK, "trainers.lists")
    commands.run(*WORKER)
    expect_whole(export, client, 60, attempts=2)


def test_list_whose_writer_is_killed_again_and_again_is_given_up_and_its_page_says_so(served, client, trainer):
    server, commands = served
    cohort = group_of(60, trainer)
    server.killed_while_asked(f"after {BLOCK_WRITTEN}", *form_of(cohort))
    export = Export.objects.get()
    for _time in range(2):
        some_time_later(export)
        commands.run(*CLOCK, "trainers.lists")
        commands.kill(*WORKER, at=f"after {BLOCK_WRITTEN}")
    some_time_later(export)
    commands.run(*CLOCK, "trainers.lists")
    page = client.get(reverse("trainers:list", args=[cohort.key, export.pk])).content.decode()
    assert "The list could not be written. Ask for it again." in page
    look_after_lists(timezone.now() + LEFT_BEHIND + dt.timedelta(minutes=1))
    assert list(folder().iterdir()) == []
