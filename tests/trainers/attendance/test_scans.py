"""Scans of signed sheets: what is taken, who is handed one, and that they go in time."""

import datetime as dt
import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from openmuseums.trainers.attendance import scans
from openmuseums.trainers.attendance.scans import add_scan, delete_due_scans, delete_scan
from openmuseums.trainers.joining.removing import remove
from openmuseums.trainers.models import SheetScan, Staff
from openmuseums.trainers.sessions.arranging import cancel_session
from tests.factories import NOW, make_trainer, signed_in
from tests.files import DOCUMENTS, picture_bytes
from tests.trainers.making import make_cohort, take_part
from tests.trainers.sessions.making import make_session

pytestmark = pytest.mark.django_db
PDF = DOCUMENTS["pdf"]
TODAY = NOW.date()
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def private(settings, tmp_path) -> Path:
    settings.PRIVATE_ROOT = tmp_path / "private"
    return settings.PRIVATE_ROOT


@pytest.fixture
def trainer(course):
    return make_trainer()


@pytest.fixture
def session(trainer):
    return make_session(make_cohort(trainer))


def keep(session, by, *, data: bytes = PDF, name: str = "list.pdf", keep_until: dt.date = TODAY) -> SheetScan:
    return add_scan(session=session, file=BytesIO(data), name=name, keep_until=keep_until, by=by, now=NOW)


def files(private: Path) -> list[Path]:
    return sorted(path for path in private.rglob("*") if path.is_file())


def send(client, session, data: bytes, name: str = "list.pdf", **typed: str):
    day = (timezone.now() + dt.timedelta(days=30)).date().isoformat()
    file = SimpleUploadedFile(name, data)
    address = reverse("trainers:scans", args=[session.cohort.key, session.pk])
    return client.post(address, {"file": file, "keep_until": day, **typed})


@pytest.mark.parametrize(
    ("data", "ending"), [(PDF, "pdf"), (picture_bytes(kind="PNG"), "png"), (picture_bytes(kind="JPEG"), "jpg")]
)
def test_scan_is_kept_under_a_random_name_for_the_site_alone(trainer, session, private, data, ending):
    assert send(signed_in(trainer), session, data, "Υπογραφές/../../list.exe").status_code == 302
    scan = SheetScan.objects.get()
    (file,) = files(private)
    assert file.read_bytes() == data
    assert re.fullmatch(rf"scans/{session.pk}/[0-9a-f]{{32}}\.{ending}", scan.path)
    assert (scan.name, scan.added_by) == (f"list.{ending}", trainer)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert not str(private).startswith(str(settings.MEDIA_ROOT))


@pytest.mark.parametrize("data", [b"", b"MZ\x90", b"<html><script>alert(1)</script>", b"GIF89a", DOCUMENTS["docx"]])
def test_file_that_is_no_scan_by_its_bytes_is_refused(trainer, session, private, data):
    response = send(signed_in(trainer), session, data, "list.pdf")
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])
    assert (SheetScan.objects.count(), files(private) if private.exists() else []) == (0, [])


def test_scan_that_is_too_large_is_refused(trainer, session, monkeypatch):
    monkeypatch.setattr("openmuseums.trainers.attendance.forms.LARGEST", len(PDF))
    assert send(signed_in(trainer), session, PDF + b"\n").status_code == 422
    assert send(signed_in(trainer), session, PDF).status_code == 302


def test_scan_is_kept_for_a_year_unless_it_is_said_and_for_five_at_most(trainer, session):
    client = signed_in(trainer)
    today = timezone.localdate()
    form = client.get(reverse("trainers:scans", args=[session.cohort.key, session.pk])).context["form"]
    assert form["keep_until"].value() == scans.a_year_on(today)
    for day in (today, scans.a_year_on(today, years=5) + dt.timedelta(days=1)):
        assert send(client, session, PDF, keep_until=day.isoformat()).status_code == 422
    for day in (today + dt.timedelta(days=1), scans.a_year_on(today, years=5)):
        assert send(client, session, PDF, keep_until=day.isoformat()).status_code == 302


def test_year_after_the_29th_of_february_ends_on_the_28th():
    assert scans.a_year_on(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


def test_scan_is_handed_to_the_staff_of_the_cohort_to_be_saved(trainer, session):
    scan = keep(session, trainer, data=picture_bytes(), name='a"\r\nb.svg')
    address = reverse("trainers:scan", args=[session.cohort.key, session.pk, scan.pk])
    observer = make_trainer()
    Staff.objects.create(cohort=session.cohort, account=observer, role="observer", since=NOW)
    for person in (trainer, observer):
        response = signed_in(person).get(address)
        assert response.getvalue() == picture_bytes()
        assert response["Content-Disposition"] == 'attachment; filename="ab.png"'
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/png", "nosniff")
        assert "no-store" in response["Cache-Control"]
    participant = take_part(session.cohort).account
    assert signed_in(make_trainer()).get(address).status_code == 404
    assert signed_in(participant).get(address).status_code == 403


def test_scan_of_another_session_is_not_found(trainer, session):
    scan = keep(session, trainer)
    other = make_session(session.cohort)
    mine = make_session(make_cohort(trainer))
    for wrong in (other, mine):
        address = reverse("trainers:scan", args=[wrong.cohort.key, wrong.pk, scan.pk])
        assert signed_in(trainer).get(address).status_code == 404


def test_scan_is_deleted_by_hand_for_good(trainer, session, private):
    scan = keep(session, trainer)
    address = reverse("trainers:scan-delete", args=[session.cohort.key, session.pk, scan.pk])
    observer = make_trainer()
    Staff.objects.create(cohort=session.cohort, account=observer, role="observer", since=NOW)
    assert signed_in(observer).post(address).status_code == 404
    assert len(files(private)) == 1
    assert signed_in(trainer).post(address).status_code == 302
    assert (SheetScan.objects.count(), files(private)) == (0, [])
    assert signed_in(trainer).post(address).status_code == 404
    delete_scan(scan=scan, by=trainer)


def test_scan_of_a_cancelled_session_can_still_be_deleted(trainer, session):
    scan = keep(session, trainer)
    cancel_session(session=session, by=trainer, now=NOW)
    client = signed_in(trainer)
    assert client.get(reverse("trainers:scans", args=[session.cohort.key, session.pk])).status_code == 200
    assert (
        client.post(reverse("trainers:scan-delete", args=[session.cohort.key, session.pk, scan.pk])).status_code == 302
    )


def test_scan_goes_when_its_time_is_up_and_not_before(trainer, session, private):
    keep(session, trainer, keep_until=dt.date(2026, 11, 30))
    stays = keep(session, trainer, keep_until=dt.date(2026, 12, 1))
    at = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert delete_due_scans(at - dt.timedelta(seconds=1)) == "Deleted: 0 scans, 0 files without one."
    assert delete_due_scans(at) == "Deleted: 1 scans, 0 files without one."
    assert list(SheetScan.objects.all()) == [stays]
    assert [path.relative_to(private).as_posix() for path in files(private)] == [stays.path]


def test_file_whose_scan_is_gone_is_cleared_away_after_a_day(trainer, session, private):
    lost, stays = keep(session, trainer), keep(session, trainer)
    SheetScan.objects.filter(pk=lost.pk).delete()
    SheetScan.objects.update(keep_until=NOW.date() + dt.timedelta(days=900))
    for path in files(private):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert delete_due_scans(NOW + dt.timedelta(hours=23)) == "Deleted: 0 scans, 0 files without one."
    assert delete_due_scans(NOW + dt.timedelta(hours=25)) == "Deleted: 0 scans, 1 files without one."
    assert [path.relative_to(private).as_posix() for path in files(private)] == [stays.path]


def test_file_that_could_not_be_noted_is_not_left_behind(trainer, session, private, monkeypatch):
    monkeypatch.setattr(scans, "log", lambda **_said: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keep(session, trainer)
    assert (SheetScan.objects.count(), files(private)) == (0, [])


def told_of(person, session) -> list[bool]:
    """Return of which scans the page tells somebody to see whether who is gone has signed them."""
    page = signed_in(person).get(reverse("trainers:scans", args=[session.cohort.key, session.pk]))
    found = [scan.is_behind for scan in page.context["scans"]]
    text = page.content.decode()
    assert text.count("somebody was taken out of the lists") == text.count("<details open>")
    return found if text.count("<details open>") == sum(found) else []


def test_trainer_is_told_that_who_is_gone_may_stand_on_a_scan_and_not_who(trainer, session):
    gone, elsewhere = take_part(session.cohort), take_part(make_cohort(trainer, name="Another"))
    keep(session, trainer)
    remove(participation=elsewhere, now=LATER)
    assert told_of(trainer, session) == [False]
    remove(participation=gone, now=LATER)
    add_scan(session=session, file=BytesIO(PDF), name="new.pdf", keep_until=TODAY, by=trainer, now=LATER)
    assert told_of(trainer, session) == [True, False]
    page = signed_in(trainer).get(reverse("trainers:scans", args=[session.cohort.key, session.pk])).content.decode()
    assert [word for word in (gone.pseudonym, gone.account.email) if word in page] == []


def test_who_looks_on_is_asked_to_delete_nothing(trainer, session):
    keep(session, trainer)
    remove(participation=take_part(session.cohort), now=LATER)
    observer = make_trainer()
    Staff.objects.create(cohort=session.cohort, account=observer, role="observer", since=NOW)
    page = signed_in(observer).get(reverse("trainers:scans", args=[session.cohort.key, session.pk])).content.decode()
    assert ("taken out of the lists" in page, "<details open>" in page) == (False, False)
