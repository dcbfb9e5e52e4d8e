"""Signing in with another place's account, by OpenID Connect."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from openmuseums.people.models import User
from openmuseums.settings.environment import oidc_apps
from tests.factories import PASSWORD, make_user

CONFIGURED = {
    "id": "culture",
    "name": "Ministry of Culture",
    "server": "https://login.example.org/realm",
    "client_id": "museums",
    "secret": "secret",
}
SIGN_IN = "/en/account/sign-in/"
LOGIN = "/account/oidc/culture/login/"
CALLBACK = "/account/oidc/culture/login/callback/"


@pytest.fixture
def culture(db, settings, monkeypatch):
    """Have the ministry's accounts let people in; return what the ministry says of the next person."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps(json.dumps([CONFIGURED]))}}
    says = {"sub": "7", "email": "anna@example.org", "email_verified": True, "name": "Anna"}
    monkeypatch.setattr(
        OpenIDConnectOAuth2Adapter,
        "openid_config",
        {
            "authorization_endpoint": "https://login.example.org/authorize",
            "token_endpoint": "https://login.example.org/token",
            "userinfo_endpoint": "https://login.example.org/me",
        },
    )
    monkeypatch.setattr(OAuth2Client, "get_access_token", lambda *_args, **_more: {"access_token": "token"})
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda *_args: dict(says))
    return says


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    written = []
    monkeypatch.setattr(
        "openmuseums.people.adapters.send_letter",
        lambda **letter: written.append((letter["template"].rpartition("/")[2], letter["address"])),
    )
    return written


def come_back(client, *, wanted="/en/open-museums/"):
    """Press the button and come back from the other place."""
    response = client.post(LOGIN, {"next": wanted})
    asked = urlsplit(response["Location"])
    assert (response.status_code, asked.netloc, asked.path) == (302, "login.example.org", "/authorize")
    query = parse_qs(asked.query)
    assert query["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    assert query["code_challenge_method"] == ["S256"]
    return client.get(CALLBACK, {"code": "code", "state": query["state"][0]})


def test_without_configuration_there_is_no_other_place_and_no_other_target(client, db):
    page = client.get(SIGN_IN)
    assert "/account/oidc/" not in page.content.decode()
    assert "form-action 'self';" in page["Content-Security-Policy"]
    assert client.post(LOGIN).status_code == 404


def test_row_in_the_database_opens_no_way_in(client, db):
    row = oidc_apps(json.dumps([CONFIGURED]))[0]
    fields = {name: row[name] for name in ("provider_id", "name", "client_id", "secret", "settings")}
    SocialApp.objects.create(provider="openid_connect", **fields)
    assert "/account/oidc/" not in client.get(SIGN_IN).content.decode()
    assert client.post(LOGIN).status_code == 404


def test_sign_in_page_leads_to_the_configured_place_and_nowhere_else(client, culture):
    page = client.get(SIGN_IN)
    assert "Sign in with Ministry of Culture" in page.content.decode()
    assert "form-action 'self' https://login.example.org;" in page["Content-Security-Policy"]
    other = client.get("/en/account/sign-in/password/")
    assert "form-action 'self';" in other["Content-Security-Policy"]


def test_newcomer_from_another_place_gets_an_account(client, culture):
    assert come_back(client)["Location"] == "/en/open-museums/"
    user = User.objects.get()
    assert (user.email, user.username, user.name) == ("anna@example.org", None, "Anna")
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("anna@example.org", True, True)]
    assert client.session["_auth_user_id"] == str(user.pk)


def test_person_from_another_place_is_known_again(culture):
    for _time in range(2):
        come_back(Client())
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_address_that_the_other_place_did_not_confirm_is_confirmed_by_a_code(client, culture, letters):
    culture["email_verified"] = False
    assert come_back(client)["Location"] == "/en/account/address/code/"
    assert "_auth_user_id" not in client.session
    assert letters == [("address_code", "anna@example.org")]
    code = client.session["account_email_verification_code"]["code"]
    client.post("/en/account/address/code/", {"code": code})
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_account_of_somebody_here_is_not_opened_by_another_place(client, culture, letters):
    make_user(email="anna@example.org")
    response = come_back(client)
    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.exists()
    assert response.status_code == 302


def test_person_adds_another_place_and_takes_it_away(client, culture):
    user = make_user(email="anna@example.org")
    client.post("/en/account/sign-in/password/", {"login": user.email, "password": PASSWORD})
    assert "Add Ministry of Culture" in client.get("/en/account/elsewhere/").content.decode()
    response = client.post(f"{LOGIN}?process=connect", {"next": "/en/account/elsewhere/"})
    state = parse_qs(urlsplit(response["Location"]).query)["state"][0]
    assert client.get(CALLBACK, {"code": "code", "state": state})["Location"] == "/en/account/elsewhere/"
    account = SocialAccount.objects.get()
    assert account.user == user
    client.post("/en/account/elsewhere/", {"account": account.pk})
    assert not SocialAccount.objects.exists()


def test_person_whose_other_place_names_no_address_is_asked_for_one(client, culture, letters):
    del culture["email"]
    assert come_back(client)["Location"] == "/en/account/sign-in/elsewhere/address/"
    page = client.get("/en/account/sign-in/elsewhere/address/")
    assert page.context["form"]["email"].label == "Your e-mail address"
    response = client.post("/en/account/sign-in/elsewhere/address/", {"email": "new@example.org"})
    assert response["Location"] == "/en/account/address/code/"
    assert letters == [("address_code", "new@example.org")]


def test_answer_that_nobody_asked_for_is_refused_on_our_page(client, culture):
    response = client.get(CALLBACK, {"code": "code", "state": "made-up"})
    assert response.status_code in {200, 401}
    assert "That did not work" in response.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}x",
        "[1]",
        '[{"id": "a"}]',
        json.dumps([{**CONFIGURED, "secret": ""}]),
        json.dumps([{**CONFIGURED, "client_id": 5}]),
        json.dumps([{**CONFIGURED, "server": "http://login.example.org"}]),
        json.dumps([{**CONFIGURED, "origin": "http://login.example.org"}]),
    ],
)
def test_configuration_that_cannot_be_used_is_refused_at_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="OPENMUSEUMS_OIDC"):
        oidc_apps(text)


def test_configuration_may_be_empty():
    assert oidc_apps(" ") == []


def test_configuration_names_the_origin_that_forms_lead_to():
    [app] = oidc_apps(json.dumps([{**CONFIGURED, "origin": "https://sign-in.example.org/x"}]))
    assert app["settings"]["origin"] == "https://sign-in.example.org"
