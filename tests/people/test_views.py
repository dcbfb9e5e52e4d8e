"""Signing in with a password, and ending a session."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_home, make_user

pytestmark = pytest.mark.django_db
PAGE = "/en/account/sign-in/password/"
WRONG = "This name and password do not belong together. Check both and try again."


@pytest.fixture
def anna():
    return make_user(email="anna@example.org", username="anna")


def send(client, name="anna", password=PASSWORD, **fields):
    return client.post(PAGE, {"login": name, "password": password, **fields})


@pytest.mark.parametrize("name", ["anna", "ANNA", " anna ", "anna@example.org", "Anna@EXAMPLE.org"])
def test_password_lets_a_person_in_by_either_name_in_any_case(client, anna, name):
    response = send(client, name)
    assert (response.status_code, response["Location"]) == (302, reverse("home:my-learning"))
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_password_lets_somebody_without_an_address_in(client):
    nobody = make_user(email=None, username="volunteer")
    assert send(client, "volunteer").status_code == 302
    assert client.session["_auth_user_id"] == str(nobody.pk)


def test_password_returns_to_where_the_person_came_from(client, anna):
    assert send(client, next="/en/open-museums/marketing/")["Location"] == "/en/open-museums/marketing/"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "https://testserver/en/",
        "",
    ],
)
def test_password_never_leads_to_another_site(client, anna, address):
    assert send(client, next=address)["Location"] == "/en/my-learning/"


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("nobody", "wrong")])
def test_password_says_the_same_for_known_and_unknown_names(client, anna, name, password):
    response = send(client, name, password)
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [WRONG]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["anna", "nobody", "nobody@example.org"])
def test_password_is_hashed_once_for_known_and_unknown_names(client, anna, name, monkeypatch):
    hashed = []
    original = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, password, salt: hashed.append(1) or original(self, password, salt)
    )
    send(client, name, "wrong")
    assert hashed == [1]


def test_closed_account_is_told_as_a_wrong_password(client, anna):
    anna.is_active = False
    anna.save()
    assert send(client).context["form"].non_field_errors() == [WRONG]


def test_both_fields_are_asked_for_with_what_browsers_fill_in(client):
    response = client.post(PAGE, {})
    form = response.context["form"]
    assert sorted(form.errors) == ["login", "password"]
    assert form.fields["login"].widget.attrs["autocomplete"] == "username"
    assert form.fields["password"].widget.attrs["autocomplete"] == "current-password"
    assert "autofocus" in response.content.decode().partition("error-summary")[2][:60]


def test_page_is_kept_by_no_cache_and_sets_the_token(client):
    response = client.get(PAGE)
    assert (response.status_code, response["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert list(response.cookies) == [settings.CSRF_COOKIE_NAME]


@pytest.mark.parametrize("page", [PAGE, "/en/account/sign-in/"])
def test_who_is_signed_in_already_is_sent_on(learner_client, page):
    response = learner_client.get(page, {"next": "/en/open-museums/"})
    assert (response.status_code, response["Location"]) == (302, "/en/open-museums/")


def test_form_without_token_is_refused(anna):
    assert send(Client(enforce_csrf_checks=True)).status_code == 403


def test_signing_in_gives_a_new_session_key(client, anna):
    client.get(PAGE)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    send(client)
    assert client.session.session_key != before


def test_sign_out_ends_the_session_and_goes_home(learner_client):
    make_home()
    response = learner_client.post("/en/sign-out/")
    assert (response.status_code, response["Location"]) == (302, "/en/")
    assert "_auth_user_id" not in learner_client.session


def test_sign_out_by_a_link_is_refused(learner_client):
    assert learner_client.get("/en/sign-out/").status_code == 405
    assert "_auth_user_id" in learner_client.session


def test_sign_out_page_asks_before_it_ends_the_session(learner_client):
    make_home()
    page = "/en/account/sign-out/"
    assert learner_client.get(page).status_code == 200
    assert "_auth_user_id" in learner_client.session
    response = learner_client.post(page)
    assert (response.status_code, response["Location"]) == (302, "/en/")
    assert "_auth_user_id" not in learner_client.session
