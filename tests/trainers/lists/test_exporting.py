"""Lists that are made in the background: each once, begun again where the writer is gone, removed in time."""

import datetime as dt
import os

import pytest

from openmuseums.trainers.lists import exporting
from openmuseums.trainers.lists.exporting import (
    ATTEMPTS,
    KEPT,
    NO_SIGN_OF_LIFE,
    NOT_BEGUN,
    folder,
    look_after_lists,
    path_of,
    write,
)
from openmuseums.trainers.lists.making import Asked, Format
from openmuseums.trainers.lists.noting import note
from openmuseums.trainers.lists.shown import exports_with
from openmuseums.trainers.models import Export, Participation
from tests.trainers.lists.fixed import AS_OF, HOSTILE, JAN, LATER, MARIA, PLACED, fixed_cohort, remove_jan

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.SIGNING_KEY_FILE = tmp_path / "signing-key.pem"


@pytest.fixture
def waiting():
    return note(Asked(fixed_cohort(), AS_OF, ("name", "completed"), Format.CSV, "en"), by=None, now=LATER)


def at(moment):
    return lambda: moment


def files():
    return sorted(each.name for each in folder().iterdir()) if folder().exists() else []


def state(export):
    export.refresh_from_db()
    return export.state


def test_list_is_written_once(waiting):
    write(export_id=waiting.pk, clock=at(LATER))
    assert state(waiting) == "done"
    assert (waiting.attempts, waiting.rows_done, waiting.expires_at) == (1, 5, LATER + KEPT)
    written = path_of(waiting).stat().st_mtime_ns
    write(export_id=waiting.pk, clock=at(LATER))
    assert path_of(waiting).stat().st_mtime_ns == written
    assert files() == [f"{waiting.pk}.csv", f"{waiting.pk}.csv.manifest.json"]


def test_writer_whose_claim_is_over_writes_nothing(waiting, monkeypatch):
    make = exporting.make_file

    def overtaken(*args, **options):
        Export.objects.filter(pk=waiting.pk).update(state="running", attempts=2)
        return make(*args, **options)

    monkeypatch.setattr(exporting, "make_file", overtaken)
    write(export_id=waiting.pk, clock=at(LATER))
    assert (state(waiting), waiting.attempts, files()) == ("running", 2, [])


def test_list_whose_writer_is_gone_is_begun_again(waiting):
    Export.objects.filter(pk=waiting.pk).update(state="running", attempts=1, heard_of_at=LATER, rows_done=2)
    folder().mkdir(parents=True)
    half = folder() / f".{waiting.pk}.csv.0123.part"
    half.write_bytes(b"half")
    assert look_after_lists(LATER + NO_SIGN_OF_LIFE - SECOND).startswith("Lists begun again: 0;")
    assert state(waiting) == "running"
    assert look_after_lists(LATER + NO_SIGN_OF_LIFE).startswith("Lists begun again: 1;")
    assert (state(waiting), waiting.attempts, waiting.rows_done) == ("done", 2, 5)


def test_list_that_never_began_is_queued_again(waiting):
    assert look_after_lists(LATER + NOT_BEGUN - SECOND).startswith("Lists begun again: 0;")
    assert look_after_lists(LATER + NOT_BEGUN).startswith("Lists begun again: 1;")
    assert state(waiting) == "done"


def test_list_whose_writers_all_died_has_failed_and_says_so(waiting):
    Export.objects.filter(pk=waiting.pk).update(state="running", attempts=ATTEMPTS, heard_of_at=LATER)
    assert "given up: 1;" in look_after_lists(LATER + NO_SIGN_OF_LIFE)
    assert (state(waiting), waiting.error) == ("failed", "The list could not be written. Ask for it again.")


def test_fault_is_noted_and_raised(waiting, monkeypatch):
    def fail(*args, **options):
        raise PermissionError

    monkeypatch.setattr(exporting, "make_file", fail)
    with pytest.raises(PermissionError):
        write(export_id=waiting.pk, clock=at(LATER))
    assert (state(waiting), files()) == ("failed", [])


def test_what_cannot_be_made_says_why(waiting):
    Export.objects.filter(pk=waiting.pk).update(as_of=LATER)
    write(export_id=waiting.pk, clock=at(LATER))
    assert state(waiting) == "failed"
    assert "at least a minute back" in waiting.error


def test_files_are_removed_when_their_time_is_up(waiting):
    write(export_id=waiting.pk, clock=at(LATER))
    look_after_lists(LATER + KEPT - SECOND)
    assert len(files()) == 2
    look_after_lists(LATER + KEPT)
    assert files() == []
    assert Export.objects.filter(pk=waiting.pk).exists()


def test_files_are_removed_once_somebody_had_themselves_removed(waiting):
    write(export_id=waiting.pk, clock=at(LATER))
    remove_jan()
    look_after_lists(LATER + SECOND)
    assert files() == []


def test_files_of_a_group_that_is_gone_and_halves_of_the_dead_are_removed(waiting):
    write(export_id=waiting.pk, clock=at(LATER))
    half = folder() / ".x.part"
    half.write_bytes(b"half")
    os.utime(half, (LATER.timestamp(), LATER.timestamp()))
    waiting.cohort.delete()
    look_after_lists(LATER + dt.timedelta(minutes=59))
    assert files() == [".x.part"]
    look_after_lists(LATER + dt.timedelta(minutes=61))
    assert files() == []


def test_people_see_the_lists_that_they_are_in(waiting):
    cohort = waiting.cohort

    def export(number, **changes):
        now = LATER + dt.timedelta(minutes=number)
        made = note(Asked(cohort, AS_OF, ("name",), Format.CSV, "en"), by=None, now=now)
        Export.objects.filter(pk=made.pk).update(**{"state": "done", **changes})
        return made

    everybody = export(1)
    dutch = export(2, conditions={"country": "NL"})
    complete = export(3, conditions={"complete": "yes"})
    early = export(4, as_of=AS_OF.replace(month=9, day=3))
    export(5, state="failed")

    def seen(key):
        return exports_with(Participation.objects.get(pk=key))

    assert seen(MARIA) == [early, complete, everybody]
    assert seen(JAN) == [dutch, everybody]
    assert seen(HOSTILE) == seen(PLACED) == [everybody]
