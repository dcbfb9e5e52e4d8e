"""Pages about attendance: the code in the room and where it is typed, the list, the sheet."""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmuseums.trainers.attendance import views
from openmuseums.trainers.attendance.marking import note
from openmuseums.trainers.joining.sharing import Shared
from openmuseums.trainers.models import AttendanceEntry, Participation, Staff
from openmuseums.trainers.secrets import in_groups
from tests.factories import NOW, make_trainer, make_user, signed_in
from tests.trainers.making import make_cohort, take_part
from tests.trainers.sessions.making import ENDS, STARTS, make_session

pytestmark = pytest.mark.django_db
ATTEND = "/en/groups/attend/"


@pytest.fixture
def trainer(course):
    return make_trainer(name="Sofia")


@pytest.fixture
def session(trainer):
    return make_session(make_cohort(trainer), by=trainer)


@pytest.fixture(autouse=True)
def clock():
    """Have it be ten minutes into the session."""
    with patch("django.utils.timezone.now", return_value=STARTS + dt.timedelta(minutes=10)) as now:
        yield now


@pytest.fixture(autouse=True)
def no_tries_yet():
    caches["limits"].clear()


def address_of(session, name: str) -> str:
    return reverse(f"trainers:{name}", args=[session.cohort.key, session.pk])


def test_code_is_typed_and_noted(session):
    row = take_part(session.cohort)
    client = signed_in(row.account)
    page = client.get(f"{ATTEND}?code={session.code}").content.decode()
    assert f'value="{session.code}"' in page
    assert AttendanceEntry.objects.count() == 0
    response = client.post(ATTEND, {"code": in_groups(session.code)}, follow=True)
    assert "You are noted as present: “How visitors find us”." in response.content.decode()
    assert AttendanceEntry.objects.get().participation == row


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (STARTS - dt.timedelta(hours=1), "codes are taken from 10 November 2026, 13:45 on"),
        (ENDS + dt.timedelta(hours=1), "codes were taken until 10 November 2026, 16:30"),
    ],
)
def test_code_at_the_wrong_time_is_refused_with_what_to_do(session, clock, at, told):
    client = signed_in(take_part(session.cohort).account)
    clock.return_value = at
    response = client.post(ATTEND, {"code": session.code})
    message = response.context["form"].errors["code"][0]
    assert (response.status_code, told in message, "ask your trainer to note you on the list" in message) == (
        422,
        True,
        True,
    )
    assert AttendanceEntry.objects.count() == 0


def test_code_of_another_group_tells_nothing_of_it(session):
    client = signed_in(take_part(make_cohort()).account)
    theirs, none = (client.post(ATTEND, {"code": code}) for code in (session.code, "CDFGJLQR"))
    assert theirs.context["form"].errors == none.context["form"].errors
    assert session.title not in theirs.content.decode()


def test_codes_cannot_be_tried_without_end(session, monkeypatch):
    monkeypatch.setattr(views, "TRIES", 3)
    client = signed_in(take_part(session.cohort).account)
    codes = ["CDFGJLQ2", "CDFGJLQ3", "CDFGJLQ4", session.code]
    assert [client.post(ATTEND, {"code": code}).status_code for code in codes] == [422, 422, 422, 429]
    assert AttendanceEntry.objects.count() == 0
    other = signed_in(take_part(session.cohort).account)
    assert other.post(ATTEND, {"code": session.code}).status_code == 302


def test_code_is_shown_large_with_its_link_as_a_picture(session, trainer):
    page = signed_in(trainer).get(address_of(session, "attendance-code")).content.decode()
    assert f'<p class="room-code">{in_groups(session.code)}</p>' in page
    assert f'href="http://testserver{ATTEND}?code={session.code}"' in page
    picture = re.search(r'class="room-picture"[^>]*>(<svg.*?</svg>)', page, re.DOTALL)
    assert picture is not None
    drawn = ET.fromstring(picture[1])  # noqa: S314 - our own page
    assert [child.tag.rpartition("}")[2] for child in drawn] == ["path"]
    assert "style" not in picture[1]


def test_list_shows_everybody_by_what_they_share(session, trainer):
    account = make_user(name="Ada Lovelace", email="ada@example.org")
    named = take_part(session.cohort, account, shared=Shared(name=True))
    nameless = take_part(session.cohort, make_user(name="Grace Hopper", email="grace@example.org"))
    page = signed_in(trainer).get(address_of(session, "attendance")).content.decode()
    assert [name in page for name in (named.name, nameless.pseudonym, "Grace", "grace@", "ada@")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    sheet = signed_in(trainer).get(address_of(session, "attendance-sheet")).content.decode()
    assert [name in sheet for name in ("Ada Lovelace", nameless.pseudonym, "Grace", "@example.org")] == [
        True,
        True,
        False,
        False,
    ]


def test_list_is_noted_and_a_change_needs_a_reason_that_stands_there_from_then_on(session, trainer):
    first, second = take_part(session.cohort), take_part(session.cohort)
    client, address = signed_in(trainer), address_of(session, "attendance")
    sent = {f"mark-{first.pk}": "present", f"mark-{second.pk}": "absent", "how": "list", "reason": ""}
    assert client.post(address, sent).status_code == 302
    sent[f"mark-{second.pk}"] = "present"
    response = client.post(address, sent)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reason"])
    # What was chosen is still chosen.
    assert [mark for _line, mark in response.context["lines"]] == ["present", "present"]
    assert client.post(address, {**sent, "reason": "Sat <b>behind</b> the pillar"}).status_code == 302
    page = client.get(address).content.decode()
    assert "Sat &lt;b&gt;behind&lt;/b&gt; the pillar" in page
    assert "Sofia" in page
    assert AttendanceEntry.objects.count() == 3


def test_all_others_can_be_noted_as_present_and_who_was_noted_stays(session, trainer):
    rows = [take_part(session.cohort) for _number in range(3)]
    note(session=session, marks={rows[0].pk: False}, how="list", reason="", by=trainer, now=STARTS)
    sent = {f"mark-{rows[0].pk}": "absent", f"mark-{rows[1].pk}": "absent", "how": "list", "rest": "present"}
    assert signed_in(trainer).post(address_of(session, "attendance"), sent).status_code == 302
    last = {entry.participation_id: entry.is_present for entry in AttendanceEntry.objects.order_by("id")}
    assert [last[row.pk] for row in rows] == [False, False, True]
    assert AttendanceEntry.objects.count() == 3


def test_list_has_fifty_a_page_at_one_number_of_queries(session, trainer):
    client, address = signed_in(trainer), address_of(session, "attendance")
    rule = take_part(session.cohort).rule
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    places = [
        Participation(cohort=session.cohort, status="placed", rule=rule, name=f"Place {n:02}", claim_digest=str(n))
        for n in range(60)
    ]
    Participation.objects.bulk_create(places)
    marks = {place.pk: True for place in places[:3]}
    note(session=session, marks=marks, how="list", reason="", by=trainer, now=STARTS)
    with CaptureQueriesContext(connection) as with_many:
        response = client.get(address)
    assert len(response.context["lines"]) == 50
    assert len(client.get(f"{address}?page=2").context["lines"]) == 11
    assert len(with_many) == len(with_one)


def test_marks_for_those_on_other_pages_or_in_other_groups_note_nobody(session, trainer):
    other = take_part(make_cohort())
    mine = take_part(session.cohort)
    sent = {f"mark-{other.pk}": "present", f"mark-{mine.pk}": "nonsense", "how": "list"}
    assert signed_in(trainer).post(address_of(session, "attendance"), sent).status_code == 302
    assert AttendanceEntry.objects.count() == 0


def test_list_is_only_read_before_the_session_and_by_observers(session, trainer, clock):
    row = take_part(session.cohort)
    observer = make_trainer()
    Staff.objects.create(cohort=session.cohort, account=observer, role="observer", since=NOW)
    address, sent = address_of(session, "attendance"), {f"mark-{row.pk}": "present", "how": "list"}
    client = signed_in(observer)
    assert 'type="radio"' not in client.get(address).content.decode()
    assert client.post(address, sent).status_code == 404
    clock.return_value = STARTS - dt.timedelta(hours=1)
    client = signed_in(trainer)
    assert 'type="radio"' not in client.get(address).content.decode()
    assert client.post(address, sent).status_code == 422
    assert AttendanceEntry.objects.count() == 0
