"""Authenticator apps, recovery codes and passkeys, and where passkeys cannot be used."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core import signing
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
NEW_APP = "/en/account/app/new/"
SECOND = "/en/account/sign-in/second/"
CODES = "/en/account/recovery-codes/"
PASSWORD_PAGE = "/en/account/sign-in/password/"


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    written = []
    monkeypatch.setattr(
        "openmuseums.people.adapters.send_letter", lambda **letter: written.append(str(letter["context"]["change"]))
    )
    return written


@pytest.fixture
def anna():
    return make_user(email="anna@example.org", username="anna")


@pytest.fixture
def anna_client(anna):
    client = Client()
    client.post(PASSWORD_PAGE, {"login": "anna", "password": PASSWORD})
    return client


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(counters()))))


def with_app(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_app_is_set_up_with_a_drawing_and_a_key_to_copy(anna_client, anna, letters, django_capture_on_commit_callbacks):
    page = anna_client.get(NEW_APP)
    secret = page.context["form"].secret
    text = page.content.decode()
    assert " ".join(re.findall("....", secret)) in text
    assert text.count("<svg") - anna_client.get("/en/account/").content.decode().count("<svg") == 1
    assert ("data:" in text, "style=" in text, "<?xml" in text) == (False, False, False)
    kept = re.search(r'name="kept" value="([^"]+)"', text).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        response = anna_client.post(NEW_APP, {"kept": kept, "code": code_of(secret)})
    assert response["Location"] == f"{CODES}?next=%2Fen%2Faccount%2F"
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]
    assert letters == ["Your account has got an authenticator app."]


def test_secret_of_an_app_is_encrypted_in_the_database(anna):
    secret = with_app(anna)
    RecoveryCodes.activate(anna)
    assert secret not in json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))


def test_secret_is_read_with_an_older_key_too(anna, settings):
    secret = with_app(anna)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))


@pytest.mark.parametrize("owner", ["other", "nobody"])
def test_secret_that_is_not_ones_own_is_refused(anna_client, owner):
    secret = generate_totp_secret()
    kept = signing.dumps([0, secret], salt="people.app") if owner == "other" else "no signature"
    response = anna_client.post(NEW_APP, {"kept": kept, "code": code_of(secret)})
    assert response.status_code == 422
    assert response.context["form"].errors["kept"] == ["That took too long. Load the page again and begin anew."]
    assert not Authenticator.objects.exists()


def test_showing_the_page_of_an_app_writes_nothing(anna_client, django_assert_num_queries):
    before = dict(anna_client.session)
    anna_client.get(NEW_APP)
    assert dict(anna_client.session) == before


def test_password_and_app_let_a_person_in(client, anna):
    secret = with_app(anna)
    response = client.post(PASSWORD_PAGE, {"login": "anna", "password": PASSWORD, "next": "/en/open-museums/"})
    assert response["Location"] == SECOND
    assert "_auth_user_id" not in client.session
    page = client.get(SECOND)
    assert page.context["form"].fields["code"].widget.attrs["autocomplete"] == "one-time-code"
    assert client.post(SECOND, {"code": "000000"}).status_code == 422
    response = client.post(SECOND, {"code": code_of(secret)})
    assert response["Location"] == "/en/open-museums/"
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_code_by_mail_and_app_let_a_person_in(client, anna):
    secret = with_app(anna)
    client.post("/en/account/sign-in/", {"email": anna.email})
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]
    assert client.post("/en/account/sign-in/code/", {"code": code})["Location"] == SECOND
    client.post(SECOND, {"code": code_of(secret)})
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_code_of_an_app_is_good_once(client, anna):
    # 6.5.1: codes can be used once only. 6.5.5: those of an app for 30 seconds.
    assert (app_settings.TOTP_PERIOD, app_settings.TOTP_TOLERANCE) == (30, 0)
    secret = with_app(anna)
    answers = []
    for _time in range(2):
        browser = Client()
        browser.post(PASSWORD_PAGE, {"login": "anna", "password": PASSWORD})
        answers.append(browser.post(SECOND, {"code": code_of(secret)}).status_code)
    assert answers == [302, 422]


def test_recovery_code_lets_a_person_in_once(anna):
    with_app(anna)
    codes = RecoveryCodes.activate(anna).get_unused_codes()
    answers = []
    for _time in range(2):
        browser = Client()
        browser.post(PASSWORD_PAGE, {"login": "anna", "password": PASSWORD})
        answers.append(browser.post(SECOND, {"code": codes[3]}).status_code)
    assert answers == [302, 422]


def test_recovery_codes_are_shown_and_made_new(anna_client, anna, letters, django_capture_on_commit_callbacks):
    with_app(anna)
    old = RecoveryCodes.activate(anna).get_unused_codes()
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    page = anna_client.get(CODES)
    assert page.context["codes"] == old
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before
    with django_capture_on_commit_callbacks(execute=True):
        assert anna_client.post(f"{CODES}new/")["Location"] == CODES
    assert not set(anna_client.get(CODES).context["codes"]) & set(old)
    assert letters == ["Your account has got new recovery codes. The old ones do not work any more."]


def test_recovery_codes_of_somebody_without_second_factor_lead_to_the_account(anna_client):
    assert anna_client.get(CODES)["Location"] == "/en/account/"


def test_app_is_taken_away_with_its_recovery_codes(anna_client, anna):
    # 6.5.6: each factor can be taken away.
    with_app(anna)
    RecoveryCodes.activate(anna)
    assert anna_client.get("/en/account/app/remove/").status_code == 200
    assert anna_client.post("/en/account/app/remove/").status_code == 302
    assert not Authenticator.objects.exists()


def test_somebody_without_an_address_sets_up_an_app():
    make_user(email=None, username="volunteer")
    client = Client()
    client.post(PASSWORD_PAGE, {"login": "volunteer", "password": PASSWORD})
    page = client.get(NEW_APP)
    kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode()).group(1)
    client.post(NEW_APP, {"kept": kept, "code": code_of(page.context["form"].secret)})
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_passkey_of_somebody_else_cannot_be_taken_away(anna_client):
    other = Authenticator.objects.create(user=make_user(), type="webauthn", data={"name": "Theirs", "credential": {}})
    assert anna_client.post(reverse("mfa_remove_webauthn", args=[other.pk])).status_code == 404
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize(("host", "is_offered"), [("localhost", True), ("127.0.0.1", False), ("testserver", False)])
def test_passkeys_are_offered_where_browsers_keep_them(client, host, is_offered):
    page = client.get("/en/account/sign-in/", headers={"Host": host}).content.decode()
    assert ("data-passkey=" in page) is is_offered
    assert ("js/passkeys.js" in page) is is_offered
    assert "Sign in by a code or with a password." in page


def test_passkeys_are_offered_over_a_safe_connection(client):
    assert "data-passkey=" in client.get("/en/account/sign-in/", secure=True).content.decode()


@pytest.mark.parametrize(
    ("purpose", "status"), [("enter", 200), ("factor", 403), ("prove", 403), ("keep", 403), ("x", 403)]
)
def test_question_of_a_passkey_is_asked_of_whom_it_concerns(client, purpose, status):
    response = client.post(f"/en/account/passkeys/question/{purpose}/", headers={"Host": "localhost"})
    assert response.status_code == status


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": "x"}', '{"response": {"userHandle": 5}}'])
def test_what_is_no_passkey_lets_nobody_in(client, anna, credential):
    client.post("/en/account/passkeys/question/enter/", headers={"Host": "localhost"})
    response = client.post("/en/account/sign-in/passkey/", {"credential": credential}, headers={"Host": "localhost"})
    assert (response.status_code, response["Location"]) == (302, "/en/account/sign-in/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": "x"}'])
def test_what_is_no_passkey_is_not_kept(anna_client, credential):
    anna_client.post("/en/account/passkeys/question/keep/", headers={"Host": "localhost"})
    response = anna_client.post(
        "/en/account/passkeys/new/", {"credential": credential, "name": "X"}, headers={"Host": "localhost"}
    )
    assert response.status_code == 422
    assert not Authenticator.objects.exists()


def test_administrators_account_with_an_unconfirmed_address_sets_up_an_app(anna_client, anna):
    assert not EmailAddress.objects.get(user=anna).verified
    assert anna_client.get(NEW_APP).status_code == 200
