"""Whoever dies while they write a list leaves none: it is written again, once. Several who write at once meet."""

import datetime as dt
import os
import signal
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone

from openmuseums.trainers.lists import keys, making
from openmuseums.trainers.lists.exporting import NO_SIGN_OF_LIFE, folder, look_after_lists, path_of, write
from openmuseums.trainers.lists.making import Asked, Format, manifest_path
from openmuseums.trainers.lists.manifests import Verdict, digest_of, verify
from openmuseums.trainers.lists.noting import note
from openmuseums.trainers.models import Export, SigningKey
from tests.together import run_together
from tests.trainers.lists.fixed import AS_OF, LATER, fixed_cohort

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing-key.pem"


@pytest.fixture
def waiting():
    return note(Asked(fixed_cohort(), AS_OF, ("name", "completed"), Format.CSV, "en"), by=None, now=LATER)


def dies(*_args, **_options):
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_process_that_dies(act):
    """Run something in a process of its own and return the signal that it died of."""
    connections.close_all()
    child = os.fork()
    if not child:
        act()
        os._exit(0)
    return os.waitpid(child, 0)[1]


@pytest.mark.parametrize("moment", ["while rows are written", "before it is whole", "before it is in its place"])
def test_list_whose_writer_is_killed_is_written_again_and_never_half(waiting, monkeypatch, moment):
    keys.current_signer(now=LATER)
    with monkeypatch.context() as patched:
        if moment == "while rows are written":
            patched.setattr(making._Counted, "__iter__", dies)
        elif moment == "before it is whole":
            patched.setattr(making.os, "fsync", dies)
        else:
            replace = Path.replace
            patched.setattr(Path, "replace", lambda path, to: dies() if to.suffix == ".csv" else replace(path, to))
        died_of = in_a_process_that_dies(lambda: write(export_id=waiting.pk, clock=lambda: LATER))
    assert died_of == signal.SIGKILL
    assert not path_of(waiting).exists()
    waiting.refresh_from_db()
    assert waiting.state == "running"
    assert look_after_lists(LATER + NO_SIGN_OF_LIFE).startswith("Lists begun again: 1;")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, waiting.rows_done) == ("done", 2, 5)
    path = path_of(waiting)
    assert verify(digest_of([path.read_bytes()]), manifest_path(path).read_bytes()).verdict == Verdict.VALID
    look_after_lists(timezone.now() + dt.timedelta(hours=2))
    left = {each.name for each in folder().iterdir()}
    assert {name for name in left if name.endswith(".part")} == set()
    assert Export.objects.count() == 1


def test_several_who_write_one_list_write_it_once(waiting):
    run_together([lambda: write(export_id=waiting.pk, clock=lambda: LATER)] * 6)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts) == ("done", 1)
    assert len(list(folder().iterdir())) == 2


def test_several_who_make_the_first_key_have_one(waiting):
    found = run_together([lambda: keys.current_signer(now=LATER).key_id] * 6)
    assert len(set(found)) == 1
    assert list(SigningKey.objects.values_list("key_id", "is_current")) == [(found[0], True)]
    assert [each.name for each in keys.key_path().parent.iterdir()] == ["signing-key.pem"]


def test_several_who_rotate_leave_one_in_use(waiting):
    keys.current_signer(now=LATER)
    made = run_together([lambda: keys.rotate(now=LATER).key_id] * 4)
    assert len(set(made)) == 4
    current = SigningKey.objects.get(is_current=True)
    assert current.key_id == keys.current_signer(now=LATER).key_id
    assert SigningKey.objects.count() == 5
