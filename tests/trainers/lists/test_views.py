"""Trainers see a list before they have it made, fetch it, and find nobody else's; anybody verifies it."""

import csv
import datetime as dt
import io
import json
import re
from html import unescape
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from openmuseums.trainers.lists import exporting, forms, verifying, views
from openmuseums.trainers.models import Cohort, Export, Participation, ParticipationEntry, Staff
from tests.factories import NOW, make_trainer, with_second_factor
from tests.trainers.lists.fixed import correct_later, fixed_cohort, remove_jan
from tests.trainers.making import make_cohort

pytestmark = pytest.mark.django_db
# As of the first of November at midnight, UTC, on the clocks of Amsterdam.
WANTED = {"preset": "auditor", "file_format": "csv", "locale": "en", "as_of": "2026-11-01T01:00"}


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.SIGNING_KEY_FILE = tmp_path / "signing-key.pem"


@pytest.fixture
def cohort() -> Cohort:
    return fixed_cohort()


@pytest.fixture
def trainer_client(client, cohort):
    return sign_in(client, cohort.staff.get().account)


def sign_in(client, account):
    client.force_login(account)
    with_second_factor(client)
    return client


def look(client, key="fixed", **wanted):
    return client.get(f"{reverse('trainers:lists', args=[key])}?{urlencode({**WANTED, **wanted}, doseq=True)}")


def ask(client, key="fixed", **wanted):
    return client.post(reverse("trainers:lists", args=[key]), {**WANTED, **wanted})


def made(client, **wanted):
    assert ask(client, **wanted).status_code == 302
    return Export.objects.latest("asked_at")


def fetched(client, export, what="file", key="fixed"):
    response = client.get(reverse(f"trainers:list-{what}", args=[key, export.pk]))
    response.data = response.getvalue() if response.streaming else b""
    return response


def table(response):
    rows = re.findall(r"<tr>(.*?)</tr>", response.content.decode(), re.DOTALL)
    return [[unescape(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)] for row in rows]


def test_screen_and_file_say_the_same(trainer_client, cohort):
    correct_later(cohort)
    shown = table(look(trainer_client))
    export = made(trainer_client)
    data = fetched(trainer_client, export).data.decode("utf-8-sig")
    assert shown == list(csv.reader(io.StringIO(data, newline="")))
    assert len(shown) == 6


def test_pages_of_the_screen_make_up_the_file(trainer_client, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 2)
    whole, query = [], {}
    while True:
        response = look(trainer_client, locale="el", **query)
        whole += table(response)[1:]
        further = re.search(r'after=([0-9a-f-]+)#found" rel="next"', response.content.decode())
        if further is None:
            break
        query = {"after": further[1]}
    data = fetched(trainer_client, made(trainer_client, locale="el")).data.decode("utf-8-sig")
    assert whole == list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))[1:]
    assert len(whole) == 5


def test_looking_writes_nothing(trainer_client):
    look(trainer_client)
    assert Export.objects.count() == 0


def test_number_of_queries_is_the_same_with_one_and_with_all(trainer_client, django_assert_num_queries):
    look(trainer_client)
    with django_assert_num_queries(20):
        look(trainer_client, status="placed")
    with django_assert_num_queries(20):
        look(trainer_client)


def test_list_is_handed_over_with_its_manifest(trainer_client):
    export = made(trainer_client, file_format="xlsx", country="NL")
    page = trainer_client.get(reverse("trainers:list", args=["fixed", export.pk]))
    assert "It has 1 row." in page.content.decode()
    file, manifest = fetched(trainer_client, export), fetched(trainer_client, export, "manifest")
    assert file["Content-Disposition"] == 'attachment; filename="fixed-2026-11-01T0000-auditor.xlsx"'
    assert "no-store" in file["Cache-Control"]
    told = json.loads(manifest.data)["signed"]
    assert (told["filter"], told["rows"], told["sha256"]) == ({"country": "NL"}, 1, export.sha256)
    assert manifest["Content-Disposition"].endswith('auditor.xlsx.manifest.json"')


def test_export_is_logged(trainer_client, cohort):
    export = made(trainer_client, preset="own", columns=["completed", "name"])
    told = (export.by, export.columns, export.preset, export.state, export.rows_done, export.rows_total)
    assert told == (cohort.staff.get().account, ["name", "completed"], "own", "done", 5, 5)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"as_of": "2100-01-01T00:00"}, "at least a minute back"),
        ({"as_of": "soon"}, "Write the time as a day and an hour"),
        ({"as_of": "0001-01-01T00:00"}, "at least a minute back"),
        ({"preset": "own"}, "Choose at least one column."),
        ({"preset": "everything"}, "Select a valid choice"),
        ({"museum": "Elsewhere"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(trainer_client, changes, said):
    for response in (look(trainer_client, **changes), ask(trainer_client, **changes)):
        assert response.status_code == 422
        assert said in response.content.decode()
    assert Export.objects.count() == 0


def test_observer_gets_statistics_and_nothing_else(client, cohort, trainer_client):
    named = made(trainer_client)
    Staff.objects.create(cohort=cohort, account=(observer := make_trainer()), role="observer", since=NOW)
    sign_in(client, observer)
    for preset in ("auditor", "network", "own"):
        assert ask(client, preset=preset, columns=["name"]).status_code == 422
        assert "Μαρία" not in look(client, preset=preset, columns=["name"]).content.decode()
    # A museum is nothing that can be asked for.
    statistics = made(client, preset="statistics", museum="Uffizi")
    assert (statistics.conditions, statistics.rows_done) == ({}, 5)
    assert "Μαρία" not in fetched(client, statistics).data.decode()
    assert [fetched(client, named, what).status_code for what in ("file", "manifest")] == [404, 404]
    assert client.get(reverse("trainers:list", args=["fixed", named.pk])).status_code == 404
    page = client.get(reverse("trainers:lists", args=["fixed"])).content.decode()
    assert (str(named.pk) in page, str(statistics.pk) in page) == (False, True)


def test_list_of_another_group_is_not_there(client, trainer_client):
    export = made(trainer_client)
    other = make_cohort(trainer := make_trainer())
    sign_in(client, trainer)
    for key in ("fixed", other.key):
        addresses = [
            reverse(f"trainers:{name}", args=[key, export.pk]) for name in ("list", "list-file", "list-manifest")
        ]
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert look(client).status_code == 404
    assert ask(client).status_code == 404
    assert Export.objects.count() == 1


def test_list_is_not_handed_over_once_its_time_is_up(trainer_client):
    export = made(trainer_client)
    Export.objects.filter(pk=export.pk).update(expires_at=export.finished_at)
    assert fetched(trainer_client, export).status_code == 404
    page = trainer_client.get(reverse("trainers:list", args=["fixed", export.pk])).content.decode()
    assert "The file is not kept here any longer." in page


def test_list_is_not_handed_over_once_somebody_is_removed(trainer_client):
    export = made(trainer_client)
    remove_jan()
    assert fetched(trainer_client, export).status_code == 404
    page = trainer_client.get(reverse("trainers:list", args=["fixed", export.pk])).content.decode()
    assert "had themselves taken out of it since" in page


def test_archived_group_still_has_lists(trainer_client, cohort):
    Cohort.objects.filter(pk=cohort.pk).update(archived_at=NOW)
    assert made(trainer_client).state == "done"


def test_large_list_is_made_in_the_background(trainer_client, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(exporting, "SMALL", 5)
    with django_capture_on_commit_callbacks() as callbacks:
        export = made(trainer_client)
    assert export.state == "waiting"
    page = trainer_client.get(reverse("trainers:list", args=["fixed", export.pk])).content.decode()
    assert "The list waits for its turn." in page
    Export.objects.filter(pk=export.pk).update(state="running", rows_done=2, rows_total=5)
    page = trainer_client.get(reverse("trainers:list", args=["fixed", export.pk])).content.decode()
    assert "2 of 5 rows are written." in page
    assert fetched(trainer_client, export).status_code == 404
    Export.objects.filter(pk=export.pk).update(state="waiting")
    for callback in callbacks:
        callback()
    export.refresh_from_db()
    assert (export.state, export.rows_done) == ("done", 5)
    assert fetched(trainer_client, export).status_code == 200


def hand_in(client, data, manifest):
    files = {"file": SimpleUploadedFile("list", data), "manifest": SimpleUploadedFile("list.manifest.json", manifest)}
    return client.post(reverse("verify:list"), files)


@pytest.fixture
def both(trainer_client):
    export = made(trainer_client)
    return fetched(trainer_client, export).data, fetched(trainer_client, export, "manifest").data


def test_anybody_verifies_a_list(client, both):
    client.logout()
    page = hand_in(client, *both).content.decode()
    assert "The list is valid" in page
    for told in ("<dd>fixed</dd>", "1 November 2026, 00:00 UTC", "<dd>5</dd>", "<dd>1, 2</dd>"):
        assert told in page
    page = hand_in(client, both[0] + b" ", both[1]).content.decode()
    assert "The list is not as it was made" in page
    assert "<dd>fixed</dd>" not in page
    assert "The list was not signed here" in hand_in(client, both[0], b'{"signed":{"key":"x"}}').content.decode()
    remove_jan()
    page = hand_in(client, *both).content.decode()
    assert "1 person of the group has had themselves erased" in page


def test_verifying_asks_for_both_files_and_none_too_large(client, both, monkeypatch):
    page = client.post(reverse("verify:list"))
    assert page.status_code == 422
    assert "Choose the manifest." in page.content.decode()
    monkeypatch.setattr(forms, "MOST_VERIFIED", 10)
    page = hand_in(client, *both)
    assert page.status_code == 422
    assert "This file is too large" in page.content.decode()


def test_verifying_has_its_limit(client, both, monkeypatch):
    monkeypatch.setattr(verifying, "TRIES", 2)
    assert [hand_in(client, *both).status_code for _try in range(3)] == [200, 200, 422]


def test_keys_are_shown_to_everybody(client, both):
    page = client.get(reverse("verify:list")).content.decode()
    assert json.loads(both[1])["signed"]["public_key"] in page


def test_hostile_names_are_text_on_the_screen(trainer_client, cohort):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    row = Participation.objects.get(pk=UUID("9f3a5c00-1111-4aaa-bfff-ffffffffffff"))
    row.name = row.museum = hostile
    row.save()
    at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    state = {name: getattr(row, name) for name in Participation.STATE}
    ParticipationEntry.objects.create(participation=row, change="shared", occurred_at=at, recorded_at=at, **state)
    response = look(trainer_client, museum=hostile)
    assert [line[1:3] for line in table(response)[1:]] == [[hostile, hostile]]
    assert b"<script>alert" not in response.content
    assert made(trainer_client, museum=hostile).conditions == {"museum": hostile}
