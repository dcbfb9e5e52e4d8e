"""Beginning and ending a session."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_home, make_user

pytestmark = pytest.mark.django_db
BEGIN = "/en/sign-in/"
WRONG = "This name and password do not belong together. Check both and try again."


@pytest.fixture
def anna():
    return make_user(email="anna@example.org", username="anna")


def send(client, name="anna", password=PASSWORD, **fields):
    return client.post(BEGIN, {"name": name, "password": password, **fields})


@pytest.mark.parametrize("name", ["anna", "ANNA", " anna ", "anna@example.org", "Anna@EXAMPLE.org"])
def test_begin_lets_a_person_in_by_either_name_in_any_case(client, anna, name):
    response = send(client, name)
    assert (response.status_code, response["Location"]) == (302, reverse("home:my-learning"))
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_begin_returns_to_where_the_person_came_from(client, anna):
    assert send(client, next="/en/open-museums/marketing/")["Location"] == "/en/open-museums/marketing/"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "evil.example",
        " //evil.example",
        "/\t/evil.example",
        "https://testserver.evil.example/",
        "",
    ],
)
def test_begin_never_leads_to_another_host(client, anna, address):
    assert send(client, next=address)["Location"] == reverse("home:my-learning")


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/"])
def test_begin_shows_no_foreign_address_in_its_form(client, address):
    assert client.get(BEGIN, {"next": address}).context["next"] == reverse("home:my-learning")


def test_begin_keeps_the_way_back_after_a_mistake(client, anna):
    response = send(client, password="wrong", next="/en/open-museums/")
    assert (response.status_code, response.context["next"]) == (422, "/en/open-museums/")


@pytest.mark.parametrize("name", ["anna", "nobody", "nobody@example.org"])
def test_begin_says_the_same_of_known_and_unknown_names(client, anna, name):
    response = send(client, name, "wrong")
    assert (response.status_code, response.context["form"].non_field_errors()) == (422, [WRONG])
    assert "_auth_user_id" not in client.session


def test_begin_says_the_same_of_a_closed_account(client):
    make_user(username="closed", is_active=False)
    assert send(client, "closed").context["form"].non_field_errors() == [WRONG]


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_begin_asks_the_database_as_often_for_known_and_unknown_names(client, anna, name, django_assert_num_queries):
    send(client, "warm", "up")
    with django_assert_num_queries(1):
        send(client, name, "wrong")


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_begin_hashes_a_password_once_for_known_and_unknown_names(client, anna, name, monkeypatch):
    hashed = []
    original = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, password, salt: hashed.append(1) or original(self, password, salt)
    )
    send(client, name, "wrong")
    assert hashed == [1]


def test_begin_asks_for_both_fields(client):
    response = client.post(BEGIN, {})
    assert sorted(response.context["form"].errors) == ["name", "password"]


def test_begin_is_kept_by_no_cache_and_sets_the_token(client):
    response = client.get(BEGIN)
    assert (response.status_code, response["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert list(response.cookies) == [settings.CSRF_COOKIE_NAME]


def test_begin_sends_who_is_signed_in_already_on(learner_client):
    response = learner_client.get(BEGIN, {"next": "/en/open-museums/"})
    assert (response.status_code, response["Location"]) == (302, "/en/open-museums/")


def test_begin_refuses_a_form_without_token(anna):
    assert send(Client(enforce_csrf_checks=True)).status_code == 403


def test_begin_gives_a_new_session_key(client, anna):
    client.get(BEGIN)
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
