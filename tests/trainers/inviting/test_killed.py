"""Server, clock and worker are killed while people of a file are invited: all are, and each is written to once.

Real processes on the test's database; `tests.stopping` stops them at a statement, and SIGKILL leaves them no chance to
tidy up. 600 lines here, which is more than are written in one go; 10,000 at night.
"""

import datetime as dt

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from openmuseums.clock.models import DutyRun
from openmuseums.clock.queue import TASK_IS_LOST
from openmuseums.mail.models import Letter
from openmuseums.trainers.inviting.acts import INVITED
from openmuseums.trainers.inviting.writing import IN_ONE_GO, TOGETHER
from openmuseums.trainers.models import Invitation
from openmuseums.uploads.waiting import WaitingFile, keep_file
from tests.factories import make_trainer, signed_in
from tests.servers import Commands, StoppingServer
from tests.trainers.making import make_cohort

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WORKER = ("db_worker", "--backend", "queue", "--batch", "--no-startup-delay")
CLOCK = ("run_due", "--now")
ROWS, LETTER = 'INSERT INTO "trainers_invitation"', 'INSERT INTO "mail_letter"'


@pytest.fixture
def trainer(course):
    return make_trainer()


def cookies_of(person):
    return {name: cookie.value for name, cookie in signed_in(person).cookies.items()}


@pytest.fixture
def served(settings, tmp_path, trainer):
    """Return a server that the trainer is signed in with, and commands, which share files and queue with each other."""
    settings.CACHES = {
        **settings.CACHES,
        "offers": {**settings.CACHES["offers"], "LOCATION": tmp_path / "offers"},
    }
    cookies = signed_in(trainer).cookies
    server, commands = (
        StoppingServer(tmp_path, {name: each.value for name, each in cookies.items()}),
        Commands(tmp_path),
    )
    for process in (server, commands):
        process.environment |= {"DJANGO_SETTINGS_MODULE": "tests.queued_settings", "SERVED_FOLDER": str(tmp_path)}
    server.start()
    yield server, commands
    server.kill()


def expect_each_letter_whole(lines):
    """See that who is noted as written to has a letter, and nobody else, and that some wait still."""
    written = set(Invitation.objects.exclude(sent_at=None).values_list("email", flat=True))
    assert sorted(written) == sorted(Letter.objects.values_list("address", flat=True))
    assert (len(written) % TOGETHER, 0 < len(written) < lines) == (0, True)
    return len(written)


@pytest.mark.parametrize("lines", [600, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_everybody_in_a_file_is_invited_once_however_often_who_does_it_is_killed(served, trainer, lines):
    server, commands = served
    cohort = make_cohort(trainer)
    addresses = [f"person-{number}@example.org" for number in range(lines)]
    token = keep_file(
        WaitingFile("people.csv", "\n".join(addresses).encode()),
        place=f"trainers/{cohort.pk}/invitations",
        person_id=trainer.pk,
    )
    assert caches["offers"].get(f"trainers/{cohort.pk}/invitations/{trainer.pk}/{token}")
    accept = reverse("trainers:invitations-accept", args=[cohort.key, token])
    # The server, while rows are written: then nobody is invited, and the file still waits to be accepted.
    server.killed_while_asked(f"after {max(1, lines // 1000)} {ROWS}", accept, {}, kill=server.kill_and_start)
    assert (Invitation.objects.count(), Letter.objects.count(), DBTaskResult.objects.count()) == (0, 0, 0)
    # When all are written and nobody was told: pressed again, it invites nobody twice.
    server.killed_while_asked(f"committed {ROWS}", accept, {})
    assert (Invitation.objects.count(), DBTaskResult.objects.count()) == (lines, 0)
    assert server.post_to(accept, {}) == (302, reverse("trainers:invitations", args=[cohort.key]))
    assert sorted(Invitation.objects.values_list("email", flat=True)) == sorted(addresses)
    assert [entry.data for entry in ModelLogEntry.objects.filter(action=INVITED)] == [{"count": lines}]
    # The clock, which finds letters that nobody was told to write, in the middle of some of them.
    commands.kill(*CLOCK, "trainers.invitations", at=f"after {min(lines, IN_ONE_GO) // 4 + 7} {LETTER}")
    first = expect_each_letter_whole(lines)
    # The worker, whom another trainer’s invitation wakes: in the middle of some of them as well.
    another = make_trainer()
    server.use(cookies_of(another))
    form = {"email": "guest@example.org", "name": "", "museum": "", "language": "en"}
    page = reverse("trainers:invitations", args=[make_cohort(another, name="Another").key])
    assert (server.post_to(page, form)[0], Invitation.objects.count()) == (302, lines + 1)
    commands.kill(*WORKER, at=f"after {min(lines, IN_ONE_GO) // 4 + 7} {LETTER}")
    assert expect_each_letter_whole(lines) > first
    # An hour later its task is taken up, and the lease of the clock's duty is over.
    DBTaskResult.objects.filter(status="RUNNING").update(started_at=timezone.now() - 2 * TASK_IS_LOST)
    DutyRun.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    commands.run(*CLOCK, "lost-tasks", "trainers.invitations")
    commands.run(*WORKER)
    assert sorted(Letter.objects.values_list("address", flat=True)) == sorted([*addresses, "guest@example.org"])
    assert Invitation.objects.filter(sent_at=None).count() == Letter.objects.filter(sent_at=None).count() == 0
    assert DBTaskResult.objects.exclude(status="SUCCESSFUL").count() == 0
