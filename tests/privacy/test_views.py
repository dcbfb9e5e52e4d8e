"""Pages of one's own data."""

import io
import json
import zipfile

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from openmuseums.learners.models import Learner
from openmuseums.people.models import User
from openmuseums.people.slips import make_slip
from openmuseums.privacy import consents, registry
from openmuseums.privacy.consents import has_consent, register_purpose
from openmuseums.privacy.looks import note_look
from openmuseums.privacy.models import Look
from tests.factories import NOW, make_administrator, make_user
from tests.privacy.people import ADDRESS, make_person

pytestmark = pytest.mark.django_db
MY_DATA, EXPORT, ERASE, ERASED = "/en/my-data/", "/en/my-data/download/", "/en/my-data/erase/", "/en/my-data/erased/"


@pytest.fixture
def visitor(db):
    """Return a browser on a device with a record."""
    client = Client()
    client.post(reverse("learners:begin"))
    assert settings.RECORD_COOKIE_NAME in client.cookies
    return client


def data_in(response):
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return json.loads(archive.read("data.json"))


def test_without_a_record_there_is_nothing_and_no_cookie(course, client):
    response = client.get(MY_DATA)
    assert "This site keeps nothing of you on this device." in response.content.decode()
    assert response.cookies == {}
    assert client.get(ERASE).url == MY_DATA
    assert client.post(EXPORT).status_code in (302, 404)


def test_page_says_what_is_kept_and_who_looked(course):
    person = make_person(course)
    response = person.client.get(MY_DATA)
    said = response.content.decode()
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert next(found.title for found in response.context["sections"]) == "The account"
    assert "Another Person" in said
    assert "curator@museum.example" not in said


def test_page_never_shows_the_address_of_who_looked(course, user, learner_client):
    looker = make_user(email="nameless@example.org", name="")
    note_look(looker, user.pk, Look.What.ACCOUNT, NOW)
    said = learner_client.get(MY_DATA).content.decode()
    assert "An administrator" in said
    assert "nameless" not in said


def test_account_downloads_its_own_data_alone(course):
    person = make_person(course)
    data = data_in(person.client.post(EXPORT))
    rows = {kept["model"]: kept["rows"] for kept in data["kept"]}
    assert [row["email"] for row in rows["people.User"]] == [ADDRESS]


def test_download_by_get_is_refused(course):
    assert make_person(course).client.get(EXPORT).status_code == 405


def test_who_signed_in_long_ago_says_again_who_they_are(course, user, learner_client):
    response = learner_client.post(EXPORT)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_reauthenticate"))
    response = learner_client.post(ERASE, {"name": user.email})
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=user.pk).exists()


def test_account_is_erased_where_its_name_is_typed(course):
    person = make_person(course)
    response = person.client.post(ERASE, {"name": "ARIADNE.K"})
    assert response.url == ERASED
    assert not User.objects.filter(pk=person.account.pk).exists()
    page = person.client.get(ERASED)
    assert page.status_code == 200
    assert "Your data is erased" in page.content.decode()
    assert person.client.cookies[settings.SESSION_COOKIE_NAME].value == ""
    assert [session for session in Session.objects.all() if session.get_decoded().get("_auth_user_id")] == []


@pytest.mark.parametrize("typed", ["", "somebody@example.org", "curator@museum.example"])
def test_account_stays_where_another_name_is_typed(course, typed):
    person = make_person(course)
    response = person.client.post(ERASE, {"name": typed})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert User.objects.filter(pk=person.account.pk).exists()


def test_last_administrator_is_told_what_to_do(course, client):
    account = make_user(username="admin", is_superuser=True)
    account.set_unusable_password()
    account.save()
    client.force_login(account)
    assert "Make somebody else an administrator first" in client.get(ERASE).content.decode()
    response = client.post(ERASE, {"name": "admin"})
    assert response.status_code == 409
    assert User.objects.filter(pk=account.pk).exists()


def test_visitor_takes_a_copy_along_and_erases(course, visitor):
    (learner,) = Learner.objects.all()
    assert "on this device" in visitor.get(MY_DATA).content.decode()
    rows = {kept["model"]: kept["rows"] for kept in data_in(visitor.post(EXPORT))["kept"]}
    assert [row["id"] for row in rows["learners.Learner"]] == [str(learner.pk)]
    assert visitor.post(ERASE, {}).status_code == 422
    assert Learner.objects.count() == 1
    response = visitor.post(ERASE, {"sure": "on"})
    assert response.url == ERASED
    assert Learner.objects.count() == 0
    assert visitor.cookies[settings.RECORD_COOKIE_NAME].value == ""


def test_every_form_needs_its_token(course):
    person = make_person(course)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = person.client.cookies
    statuses = [strict.post(address, {"name": ADDRESS}).status_code for address in (EXPORT, ERASE)]
    assert statuses == [403, 403]


def test_consent_is_given_and_withdrawn_on_the_page(course, user, learner_client, monkeypatch):
    monkeypatch.setattr(consents, "_purposes", {})
    register_purpose("letters", "A letter a month.", 1)
    assert "A letter a month." in learner_client.get(MY_DATA).content.decode()
    address = reverse("privacy:consent", args=["letters"])
    assert learner_client.post(address, {"answer": "yes"}).url == f"{MY_DATA}#choices"
    assert has_consent(user, "letters")
    assert "I do not agree any longer" in learner_client.get(MY_DATA).content.decode()
    learner_client.post(address, {"answer": "no"})
    assert not has_consent(user, "letters")
    assert learner_client.post(reverse("privacy:consent", args=["else"]), {"answer": "yes"}).status_code == 404


# What administrators do


@pytest.fixture
def admin(db):
    return make_user(username="admin", name="The Administrator", is_superuser=True)


@pytest.fixture
def admin_client(admin, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client = Client()
    client.force_login(admin)
    return client


def looks():
    return list(Look.objects.order_by("pk").values_list("actor__username", "what"))


def test_opening_an_account_in_the_admin_is_noted_for_its_owner(admin_client, admin, user):
    assert admin_client.get(reverse("wagtailusers_users:edit", args=[user.pk])).status_code == 200
    assert looks() == [("admin", "account")]
    admin_client.get(reverse("wagtailusers_users:edit", args=[admin.pk]))
    assert looks() == [("admin", "account")]


def test_copy_on_behalf_is_noted_for_its_owner(admin_client, user):
    page = admin_client.get(reverse("privacy_admin:account-data", args=[user.pk]))
    assert page.status_code == 200
    data = data_in(admin_client.post(reverse("privacy_admin:account-export", args=[user.pk])))
    assert [row["email"] for kept in data["kept"] if kept["model"] == "people.User" for row in kept["rows"]] == [
        user.email
    ]
    assert looks() == [("admin", "data"), ("admin", "export")]
    shown = {kept["model"]: kept["rows"] for kept in data["kept"]}["privacy.Look"]
    assert {row["who"] for row in shown} == {"The Administrator"}


def test_learners_may_not_look_at_others(learner_client, admin):
    for method, name in (("get", "account-data"), ("post", "account-export")):
        response = getattr(learner_client, method)(reverse(f"privacy_admin:{name}", args=[admin.pk]))
        assert response.status_code in (302, 403, 404)
    assert looks() == []


def test_administrator_looks_at_people_but_not_at_a_superuser(admin, user, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(make_administrator(username="helper"))
    addresses = {name: reverse(f"privacy_admin:account-{name}", args=[admin.pk]) for name in ("data", "export")}
    assert client.get(addresses["data"]).status_code in (302, 403)
    assert client.post(addresses["export"]).status_code in (302, 403)
    assert looks() == []
    listing = client.get(reverse("wagtailusers_users:index")).content.decode()
    assert addresses["data"] not in listing
    theirs = reverse("privacy_admin:account-data", args=[user.pk])
    assert theirs in listing
    assert client.get(theirs).status_code == 200
    assert looks() == [("helper", "data")]


def test_nobody_looks_where_nobody_says_who_may(admin_client, user, monkeypatch):
    monkeypatch.setattr(registry, "_guards", [])
    assert admin_client.get(reverse("privacy_admin:account-data", args=[user.pk])).status_code in (302, 403)
    assert looks() == []


def test_slip_and_lost_factor_are_told_on_the_page(course, user, learner_client, admin):
    make_slip(account=user, made_by=admin, now=NOW)
    note_look(admin, user.pk, Look.What.FACTOR, NOW)
    said = learner_client.get(MY_DATA).content.decode()
    assert "A slip to sign in with was made" in said
    assert "A lost second factor was taken away" in said


def test_account_deleted_in_the_admin_is_erased(admin_client, course):
    person = make_person(course)
    response = admin_client.post(reverse("wagtailusers_users:delete", args=[person.account.pk]))
    assert response.status_code == 302
    assert not User.objects.filter(pk=person.account.pk).exists()
    assert User.objects.filter(username="former-editor").exists()


def test_accounts_deleted_together_in_the_admin_are_erased(admin_client, course):
    person = make_person(course)
    address = reverse("wagtail_bulk_action", args=["people", "user", "delete"])
    response = admin_client.post(f"{address}?id={person.account.pk}")
    assert response.status_code == 302
    assert not User.objects.filter(pk=person.account.pk).exists()
    assert User.objects.filter(username="former-editor").exists()
