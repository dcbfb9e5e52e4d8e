"""The public calendar: what it shows to everybody, what can be asked of it, and how it is kept by browsers."""

import datetime as dt
import re
from html import unescape
from unittest.mock import patch

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream

from openmuseums.organisations.models import Organisation
from openmuseums.trainers.models import Session
from openmuseums.trainers.sessions.arranging import cancel_session, change_session
from tests.factories import NOW, make_trainer, make_translation, make_user, signed_in
from tests.trainers.making import make_cohort, make_museum
from tests.trainers.sessions.making import make_public_session, make_session, plan_of

pytestmark = pytest.mark.django_db
CALENDAR = "/en/calendar/"


@pytest.fixture(autouse=True)
def clock(course):
    with patch("django.utils.timezone.now", return_value=NOW) as now:
        yield now


def titles(response) -> list[str]:
    assert response.status_code == 200
    return [session.title for month in response.context["months"] for session in month.sessions]


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def test_calendar_shows_what_is_public_and_nothing_else(client):
    make_public_session(title="For everybody")
    make_session(make_cohort(), title="Of a group", is_public=True)
    make_session(make_cohort(), title="Of a group alone")
    unseen = make_museum("Typed by somebody")
    Organisation.objects.filter(pk=unseen.pk).update(is_confirmed=False)
    make_public_session(unseen, title="Of nobody known")
    assert sorted(titles(client.get(CALENDAR))) == ["For everybody", "Of a group"]
    hidden = Session.objects.filter(title__in=("Of a group alone", "Of nobody known"))
    for session in hidden:
        assert client.get(reverse("calendars:session", args=[session.pk])).status_code == 404
        assert client.get(reverse("calendars:session-file", args=[session.pk])).status_code == 404


def test_calendar_shows_what_is_to_come_and_a_year_all_of_it(client):
    make_public_session(title="Past", starts_at=at(2026, 1, 10, 9))
    make_public_session(title="Coming", starts_at=at(2026, 12, 10, 9))
    make_public_session(title="Next year", starts_at=at(2027, 1, 10, 9))
    assert titles(client.get(CALENDAR)) == ["Coming", "Next year"]
    assert titles(client.get(f"{CALENDAR}2026/")) == ["Past", "Coming"]
    assert titles(client.get(f"{CALENDAR}2027/")) == ["Next year"]
    assert titles(client.get(f"{CALENDAR}2028/")) == []
    assert [client.get(f"{CALENDAR}{year}/").status_code for year in (1999, 2101, 99999)] == [404, 404, 404]


def test_session_stands_in_the_month_and_year_of_its_place(client):
    make_public_session(title="New year", starts_at=at(2026, 12, 31, 22, 30), time_zone="Europe/Athens")
    assert titles(client.get(f"{CALENDAR}2026/")) == []
    response = client.get(f"{CALENDAR}2027/")
    assert [month.day for month in response.context["months"]] == [dt.date(2027, 1, 1)]
    assert "Friday, 1 January 2027, 00:30" in response.content.decode()


def test_calendar_can_be_asked_for_less(client):
    network = make_museum("Network of Keys", country="GR")
    Organisation.objects.filter(pk=network.pk).update(kind="network")
    member = make_museum("Museum of Locks", country="GR")
    Organisation.objects.filter(pk=member.pk).update(network=network)
    dutch = make_museum()
    make_public_session(network, title="a", language="el", audience="board")
    make_public_session(member, title="b", language="el", audience="everybody")
    make_public_session(dutch, title="c", language="nl", kind="online", address="https://meet.example.org/")
    asked = {
        "language=el": ["a", "b"],
        "language=nl": ["c"],
        "audience=board": ["a", "b", "c"],
        "audience=volunteer": ["b", "c"],
        "country=GR": ["a", "b"],
        f"organisation={network.pk}": ["a", "b"],
        f"organisation={member.pk}": ["b"],
        "kind=online": ["c"],
        "kind=on-site&country=GR&audience=volunteer": ["b"],
        "language=&country=&organisation=x&kind=nonsense&audience=%00": ["a", "b", "c"],
    }
    assert {query: sorted(titles(client.get(f"{CALENDAR}?{query}"))) for query in asked} == asked
    files = {query: client.get(f"{CALENDAR}sessions.ics?{query}").content for query in asked}
    read = {
        query: sorted(str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT"))
        for query, data in files.items()
    }
    assert read == asked
    page = client.get(f"{CALENDAR}?language=el&kind=").content.decode()
    assert f"http://testserver{CALENDAR}sessions.ics?language=el" in page


def test_page_is_the_same_for_everybody_and_said_to_be_unchanged(client):
    session = make_public_session()
    for address in (CALENDAR, f"{CALENDAR}2026/", reverse("calendars:session", args=[session.pk])):
        first = client.get(address)
        assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert not first.cookies
        assert "csrfmiddlewaretoken" not in first.content.decode()
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        change_session(session=session, plan=plan_of(title=address), by=make_trainer(), now=NOW)
        changed = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (changed.status_code, address in changed.content.decode()) == (200, True)
    name = session.organisation.name
    before = client.get(CALENDAR)["ETag"]
    Organisation.objects.filter(name=name).update(name="Renamed")
    assert client.get(CALENDAR, headers={"If-None-Match": before}).status_code == 200


def test_page_for_who_is_signed_in_is_kept_by_nobody(client):
    make_public_session()
    response = signed_in(make_user()).get(CALENDAR)
    assert (response["Cache-Control"], response.status_code) == ("private, no-store", 200)


def test_calendar_is_there_in_public_languages_alone(client):
    assert client.get("/nl/calendar/").status_code == 404


def test_cancelled_session_says_so(client):
    session = make_public_session()
    cancel_session(session=session, by=make_trainer(), now=NOW)
    assert "Cancelled" in client.get(CALENDAR).content.decode()
    page = client.get(reverse("calendars:session", args=[session.pk])).content.decode()
    assert "This session was cancelled." in page
    assert "session.ics" not in page
    data = client.get(f"{CALENDAR}sessions.ics").content
    assert [event.status.value for event in IcsCalendarStream.calendar_from_ics(data.decode()).events] == ["CANCELLED"]


def test_file_of_the_calendar_leads_to_its_pages_and_is_said_to_be_unchanged(client):
    session = make_public_session()
    first = client.get(f"{CALENDAR}sessions.ics")
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    (event,) = IcsCalendarStream.calendar_from_ics(first.content.decode()).events
    assert str(event.url) == f"http://127.0.0.1:8000{reverse('calendars:session', args=[session.pk])}"
    assert client.get(f"{CALENDAR}sessions.ics", headers={"If-None-Match": first["ETag"]}).status_code == 304
    alone = client.get(reverse("calendars:session-file", args=[session.pk]))
    assert [found.uid for found in IcsCalendarStream.calendar_from_ics(alone.content.decode()).events] == [
        str(session.pk)
    ]


def test_words_in_another_language_say_so_and_none_is_markup(client):
    session = make_public_session(title="<b>Μουσείο</b>", about="<script>", language="el")
    page = client.get(reverse("calendars:session", args=[session.pk])).content.decode()
    assert '<h1 lang="el">&lt;b&gt;Μουσείο&lt;/b&gt;</h1>' in page
    assert "<script>" not in page


def test_calendar_takes_one_number_of_queries(client: Client):
    make_public_session()
    client.get(CALENDAR)
    with CaptureQueriesContext(connection) as with_one:
        client.get(CALENDAR)
    for number in range(2):
        make_public_session(make_museum(f"Museum {number}"))
    # What every page keeps for a moment may be over by now.
    client.get(CALENDAR)
    with CaptureQueriesContext(connection) as with_three:
        assert len(titles(client.get(CALENDAR))) == 3
    assert len(with_three) == len(with_one)


def test_session_says_what_it_is_where_its_address_is_passed_on(course, client):
    make_translation(course.course, "el")
    museum = make_museum("“Keys” & Sons", "GR")
    session = make_public_session(museum, title="Who <finds> us", about="Bring a plan.\n\nAnd a pen. " + "Words " * 80)
    path = f"calendar/sessions/{session.pk}/"
    shown = {}
    for language in ("en", "el"):
        page = client.get(f"/{language}/{path}").content.decode()
        said = re.findall(r'<meta property="og:(\w+)" content="(.*?)">', page)
        shown[language] = {name: unescape(text) for name, text in said}
        (description,) = re.findall(r'<meta name="description" content="(.*?)">', page)
        assert unescape(description) == shown[language]["description"]
        assert page.count(f'<link rel="alternate" hreflang="el" href="http://testserver/el/{path}">') == 1
        assert shown[language]["title"] == "Who <finds> us"
        assert shown[language]["url"] == f"http://testserver/{language}/{path}"
        assert shown[language]["image"].startswith("http://testserver/static/img/share")
    begins = "Tuesday, 10 November 2026, 14:00 – 16:00 (Europe/Amsterdam). “Keys” & Sons, Greece. Bring a plan. And a"
    assert shown["en"]["description"].startswith(begins)
    assert (len(shown["en"]["description"]), shown["en"]["description"][-1]) == (200, "…")
    assert "Ελλάδα. Bring a plan." in shown["el"]["description"]
    assert 'property="og:' not in client.get(CALENDAR).content.decode()
