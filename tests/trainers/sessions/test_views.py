"""Trainers' pages of sessions: what can be typed, who may, and what is listed."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmuseums.organisations.belonging import join
from openmuseums.trainers.models import Cohort, Session, Staff
from openmuseums.trainers.sessions.arranging import cancel_session
from tests.factories import NOW, make_trainer, make_user, signed_in
from tests.trainers.making import make_cohort, make_museum
from tests.trainers.sessions.making import make_public_session, make_session

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "How visitors find us",
    "about": "",
    "kind": "on-site",
    "place": "Kazerneplein 1, Naarden",
    "address": "",
    "starts_on": "2027-01-12",
    "starts_time": "14:00",
    "ends_time": "16:30",
    "ends_on": "",
    "time_zone": "Europe/Amsterdam",
    "language": "nl",
    "audience": "volunteer",
}


@pytest.fixture
def trainer(course):
    return make_trainer()


@pytest.fixture
def client(trainer):
    return signed_in(trainer)


@pytest.fixture
def cohort(trainer):
    return make_cohort(trainer)


def add(client: Client, cohort: Cohort, **typed: str):
    return client.post(reverse("trainers:session-add", args=[cohort.key]), {**TYPED, **typed})


def errors_of(response) -> dict[str, list[str]]:
    assert response.status_code == 422
    return dict(response.context["form"].errors)


def test_session_is_made_as_it_was_typed(client, cohort, trainer):
    response = add(client, cohort)
    session = Session.objects.get()
    assert response["Location"] == reverse("trainers:session", args=[cohort.key, session.pk])
    assert (session.starts_at, session.ends_at) == (
        dt.datetime(2027, 1, 12, 13, tzinfo=dt.UTC),
        dt.datetime(2027, 1, 12, 15, 30, tzinfo=dt.UTC),
    )
    assert (session.cohort, session.language, session.audience, session.made_by) == (
        cohort,
        "nl",
        "volunteer",
        trainer,
    )
    page = client.get(response["Location"]).content.decode()
    assert "12 January 2027, 14:00" in page
    assert '<h1 class="page-title" lang="nl">How visitors find us</h1>' in page


def test_session_on_site_needs_a_place_and_one_online_an_address(client, cohort):
    assert list(errors_of(add(client, cohort, place=""))) == ["place"]
    assert list(errors_of(add(client, cohort, kind="online"))) == ["address"]
    assert add(client, cohort, kind="online", address="https://meet.example.org/a?b=c").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "http://meet.example.org/a",
        "javascript:alert(1)",
        "ftp://example.org/",
        "meet.example.org",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org/a b",
    ],
)
def test_address_that_is_no_https_address_is_refused(client, cohort, address):
    assert list(errors_of(add(client, cohort, kind="online", address=address))) == ["address"]


def test_time_that_clocks_leave_out_is_refused_with_what_to_do(client, cohort):
    typed = {"starts_on": "2027-03-28", "starts_time": "03:30", "ends_time": "05:00", "time_zone": "Europe/Athens"}
    told = errors_of(add(client, cohort, **typed))
    assert told == {"starts_time": ["In this night clocks go forward and leave this hour out. Choose 04:00 or later."]}


def test_time_that_comes_twice_is_asked_for(client, cohort):
    typed = {"starts_on": "2027-10-31", "starts_time": "02:30", "ends_time": "05:00", "time_zone": "Europe/Rome"}
    assert "starts_which" not in client.get(reverse("trainers:session-add", args=[cohort.key])).content.decode()
    response = add(client, cohort, **typed)
    assert list(errors_of(response)) == ["starts_which"]
    assert 'name="starts_which"' in response.content.decode()
    assert add(client, cohort, **typed, starts_which="second").status_code == 302
    session = Session.objects.get()
    assert session.starts_at == dt.datetime(2027, 10, 31, 1, 30, tzinfo=dt.UTC)
    form = client.get(reverse("trainers:session-change", args=[cohort.key, session.pk])).context["form"]
    assert (form["starts_which"].value(), form.asks) == ("second", {"starts_which"})


def test_session_that_ends_before_it_starts_or_lasts_for_weeks_is_refused(client, cohort):
    assert list(errors_of(add(client, cohort, ends_time="13:00"))) == ["ends_time"]
    assert list(errors_of(add(client, cohort, ends_on="2028-01-12"))) == ["ends_on"]
    assert add(client, cohort, ends_on="2027-01-13", ends_time="10:00").status_code == 302


def test_form_shows_a_session_as_it_was_typed_and_saving_it_changes_nothing(client, cohort):
    add(client, cohort, ends_on="2027-01-13")
    session = Session.objects.get()
    address = reverse("trainers:session-change", args=[cohort.key, session.pk])
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in shown.items() if value not in (None, False)}
    assert client.post(address, sent).status_code == 302
    assert Session.objects.get().version == 0


def test_title_of_unseen_signs_is_refused(client, cohort):
    assert list(errors_of(add(client, cohort, title="\u200b \u202e"))) == ["title"]


def test_cancelling_asks_first_and_a_cancelled_session_is_not_changed(client, cohort):
    session = make_session(cohort)
    address = reverse("trainers:session-cancel", args=[cohort.key, session.pk])
    assert client.get(address).status_code == 200
    assert Session.objects.get().cancelled_at is None
    assert client.post(address).status_code == 302
    assert Session.objects.get().cancelled_at is not None
    changed = client.post(reverse("trainers:session-change", args=[cohort.key, session.pk]), TYPED)
    assert changed.status_code == 302
    assert Session.objects.get().title == session.title
    assert "Cancelled" in client.get(reverse("trainers:sessions", args=[cohort.key])).content.decode()


def test_sessions_are_listed_past_and_coming_at_one_number_of_queries(client, cohort):
    address = reverse("trainers:sessions", args=[cohort.key])
    make_session(cohort, starts_at=NOW - dt.timedelta(days=900))
    counts = []
    for _number in range(2):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(address)
        counts.append(len(queries))
        make_session(cohort, starts_at=NOW + dt.timedelta(days=900))
        make_session(cohort, starts_at=NOW + dt.timedelta(days=800))
    assert counts[0] == counts[1]
    parted = client.get(address).context
    assert [row.starts_at.year for row in (*parted["coming"], *parted["past"])] == [2029, 2029, 2029, 2029, 2024]
    assert response.status_code == 200


def test_another_trainers_session_is_not_found_under_ones_own_key(client, cohort):
    theirs = make_session(make_cohort())
    for name in ("session", "session-change", "session-cancel", "attendance", "attendance-code", "scans"):
        assert client.get(reverse(f"trainers:{name}", args=[cohort.key, theirs.pk])).status_code == 404
        assert client.get(reverse(f"trainers:{name}", args=[theirs.cohort.key, theirs.pk])).status_code == 404


def test_observer_looks_on_and_changes_nothing(cohort):
    observer = make_trainer()
    Staff.objects.create(cohort=cohort, account=observer, role=Staff.Role.OBSERVER, since=NOW)
    client = signed_in(observer)
    session = make_session(cohort)
    page = client.get(reverse("trainers:session", args=[cohort.key, session.pk])).content.decode()
    assert "Change the session" not in page
    assert add(client, cohort).status_code == 404
    for name in ("session-change", "session-cancel"):
        assert client.post(reverse(f"trainers:{name}", args=[cohort.key, session.pk]), TYPED).status_code == 404


def test_session_for_everybody_is_made_for_an_organisation_that_one_belongs_to(client, trainer):
    mine, other = make_museum("Museum of Clocks"), make_museum("Museum of Doors")
    address = reverse("trainers:public-session-add")
    assert client.post(address, TYPED)["Location"] == reverse("organisations:mine")
    join(account=trainer, organisation=mine, role="trainer", now=NOW)
    assert list(errors_of(client.post(address, {**TYPED, "organisation": other.pk}))) == ["organisation"]
    assert client.post(address, {**TYPED, "organisation": mine.pk}).status_code == 302
    session = Session.objects.get()
    assert (session.organisation, session.is_public, session.cohort, session.made_by) == (mine, True, None, trainer)


def test_session_for_everybody_is_changed_by_who_made_it_while_they_may_train(client, trainer):
    session = make_public_session(by=trainer)
    address = reverse("trainers:public-session", args=[session.pk])
    assert signed_in(make_trainer()).get(address).status_code == 404
    sent = {**TYPED, "organisation": session.organisation_id}
    assert client.post(address, sent).status_code == 302
    assert Session.objects.get().version == 1
    trainer.groups.clear()
    assert client.post(address, sent).status_code == 403
    assert Session.objects.get().version == 1


def test_session_for_everybody_is_cancelled_by_who_made_it(client, trainer):
    session = make_public_session(by=trainer)
    address = reverse("trainers:public-session-cancel", args=[session.pk])
    assert signed_in(make_trainer()).post(address).status_code == 404
    assert client.post(address).status_code == 302
    assert Session.objects.get().cancelled_at is not None
    assert "Cancelled" in client.get(reverse("trainers:public-sessions")).content.decode()


def test_sessions_of_a_cohort_are_none_of_those_for_everybody(client, cohort, trainer):
    session = make_session(cohort, by=trainer, is_public=True)
    assert client.get(reverse("trainers:public-session", args=[session.pk])).status_code == 404
    cancel_session(session=session, by=trainer, now=NOW)
    assert "How visitors" not in client.get(reverse("trainers:public-sessions")).content.decode()


def test_who_does_not_train_makes_no_session(course):
    client = signed_in(make_user())
    assert client.get(reverse("trainers:public-sessions")).status_code == 403


def test_language_of_a_session_is_chosen_by_names_each_in_its_own_language(client, cohort):
    page = client.get(reverse("trainers:session-add", args=[cohort.key])).content.decode()
    assert '<option value="el" lang="el">Ελληνικά</option>' in page
    assert '<option value="it" lang="it">Italiano</option>' in page
