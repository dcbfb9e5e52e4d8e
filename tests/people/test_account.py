"""One's own account: name and language, address, password, sessions, and what has to be proved before."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmuseums.people.devices import device_of
from openmuseums.people.models import User
from openmuseums.people.sessions import forget_ended_sessions
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
ACCOUNT = "/en/account/"
ADDRESS = "/en/account/address/"
ADDRESS_CODE = "/en/account/address/code/"
SESSIONS = "/en/account/sessions/"
PROVE = "/en/account/again/code/"


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    """Return the letters that are written, as template and address."""
    written = []
    monkeypatch.setattr(
        "openmuseums.people.adapters.send_letter",
        lambda **letter: written.append((letter["template"].rpartition("/")[2], letter["address"])),
    )
    return written


@pytest.fixture
def anna():
    return make_user(email="anna@example.org", username="anna")


def signed_in(user=None, agent=FIREFOX, password=PASSWORD):
    """Return a browser that somebody has just signed in with, by password."""
    client = Client(headers={"User-Agent": agent})
    name = user.username or user.email
    response = client.post("/en/account/sign-in/password/", {"login": name, "password": password})
    assert response.status_code == 302
    return client


def some_time_ago(client):
    """Have the proofs of a session be older than what counts."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()


@pytest.fixture
def anna_client(anna):
    return signed_in(anna)


def test_account_page_needs_somebody_who_is_signed_in(client):
    assert client.get(ACCOUNT)["Location"] == "/en/account/sign-in/?next=/en/account/"


def test_account_page_lists_what_opens_the_account(anna_client, django_assert_num_queries):
    # Session, account, what opens it, other places, the menu; two for what the account may do: trainers have groups.
    with django_assert_num_queries(7):
        page = anna_client.get(ACCOUNT).content.decode()
    for name in ("account_email", "account_change_password", "mfa_add_webauthn", "mfa_activate_totp"):
        assert page.count(f'href="{reverse(name)}"') == 1
    assert "anna@example.org" in page


def test_name_and_language_are_kept(anna_client, anna):
    assert anna_client.post(ACCOUNT, {"name": " Anna ", "language": "el"})["Location"] == ACCOUNT
    anna.refresh_from_db()
    assert (anna.name, anna.language) == ("Anna", "el")


def test_language_that_the_site_does_not_know_is_refused(anna_client, anna):
    response = anna_client.post(ACCOUNT, {"name": "Anna", "language": "xx"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["language"])


# The address


def test_new_address_takes_the_place_of_the_old_one_once_it_is_confirmed(anna_client, anna, letters):
    assert anna_client.post(ADDRESS, {"email": "New@example.org", "action_add": "1"})["Location"] == ADDRESS_CODE
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["anna@example.org"]
    code = anna_client.session["account_email_verification_code"]["code"]
    assert anna_client.post(ADDRESS_CODE, {"code": code})["Location"] == ACCOUNT
    anna.refresh_from_db()
    assert anna.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("new@example.org", True, True)]
    # 6.3.7: people are told of changes; here at the address that is no longer theirs.
    assert letters == [("address_code", "new@example.org"), ("account_changed", "anna@example.org")]


def test_address_of_somebody_else_is_told_only_to_who_reads_its_mail(anna_client, anna):
    make_user(email="other@example.org")
    assert anna_client.post(ADDRESS, {"email": "other@example.org", "action_add": "1"})["Location"] == ADDRESS_CODE
    code = anna_client.session["account_email_verification_code"]["code"]
    response = anna_client.post(ADDRESS_CODE, {"code": code})
    assert response.status_code == 422
    assert response.context["form"].errors["code"] == ["This address belongs to another account. Give a different one."]
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"


def test_somebody_without_an_address_adds_one(letters):
    nobody = make_user(email=None, username="volunteer")
    anna_client = signed_in(nobody)
    assert anna_client.get(ACCOUNT).status_code == 200
    assert anna_client.get(ADDRESS).status_code == 200
    anna_client.post(ADDRESS, {"email": "new@example.org", "action_add": "1"})
    code = anna_client.session["account_email_verification_code"]["code"]
    anna_client.post(ADDRESS_CODE, {"code": code})
    nobody.refresh_from_db()
    assert nobody.email == "new@example.org"
    assert letters == [("address_code", "new@example.org")]


def test_account_whose_address_is_taken_out_has_none_not_an_empty_one():
    user = make_user(email="anna@example.org", username="anna")
    user.email = ""
    user.save()
    user.refresh_from_db()
    assert user.email is None
    assert not EmailAddress.objects.exists()


def test_row_of_an_address_follows_the_account(anna):
    EmailAddress.objects.update(verified=True)
    anna.email = "New@example.org"
    anna.save()
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("new@example.org", False, True)]


def test_address_that_an_administrator_edits_opens_the_account_and_the_old_one_no_longer(client, anna, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(make_user(username="admin", email=None, is_superuser=True))
    url = reverse("wagtailusers_users:edit", args=[anna.pk])
    client.post(url, {"username": "anna", "email": "new@example.org", "name": "", "is_active": "on"})
    rows = EmailAddress.objects.filter(user=anna)
    assert list(rows.values_list("email", "verified", "primary")) == [("new@example.org", False, True)]


# Passwords


def test_password_is_changed_by_who_knows_the_old_one(anna_client, anna, letters):
    other = signed_in(anna, CHROME)
    page = "/en/account/password/"
    wrong = anna_client.post(page, {"oldpassword": "wrong", "password1": "Quiet-labels-are-exact"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["oldpassword"])
    right = anna_client.post(page, {"oldpassword": PASSWORD, "password1": "Quiet-labels-are-exact"})
    assert right["Location"] == ACCOUNT
    anna.refresh_from_db()
    assert anna.check_password("Quiet-labels-are-exact")
    assert anna_client.get(ACCOUNT).status_code == 200
    # 7.4.3: other sessions end with the old password.
    assert other.get(ACCOUNT).status_code == 302
    assert letters == [("account_changed", "anna@example.org")]


def test_short_password_is_refused_at_its_field(anna_client):
    response = anna_client.post("/en/account/password/", {"oldpassword": PASSWORD, "password1": "short"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["password1"])


def test_forgotten_password_is_set_anew_by_a_code(client, anna, letters):
    assert client.post("/en/account/password/forgotten/", {"email": anna.email})["Location"] == (
        "/en/account/password/forgotten/code/"
    )
    code = client.session["account_password_reset_verification"]["code"]
    assert client.post("/en/account/password/forgotten/code/", {"code": code})["Location"] == (
        "/en/account/password/forgotten/new/"
    )
    response = client.post("/en/account/password/forgotten/new/", {"password1": "Quiet-labels-are-exact"})
    assert response.status_code == 302
    anna.refresh_from_db()
    assert anna.check_password("Quiet-labels-are-exact")
    assert client.session["_auth_user_id"] == str(anna.pk)
    assert letters == [("password_code", anna.email), ("account_changed", anna.email)]


def test_forgotten_password_says_the_same_for_an_unknown_address(anna, letters):
    pages = []
    for email in (anna.email, "nobody@example.org"):
        client = Client()
        client.post("/en/account/password/forgotten/", {"email": email})
        text = client.get("/en/account/password/forgotten/code/").content.decode().replace(email, "ADDRESS")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text))
    assert pages[0] == pages[1]
    assert letters == [("password_code", anna.email), ("no_account", "nobody@example.org")]


# Proving again


def code_account():
    user = make_user(email="code@example.org")
    user.set_unusable_password()
    user.save()
    client = Client()
    client.post("/en/account/sign-in/", {"email": user.email})
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]
    client.post("/en/account/sign-in/code/", {"code": code})
    return client


def test_first_password_is_set_right_after_signing_in(letters):
    client = code_account()
    assert client.get("/en/account/password/first/").status_code == 200
    client.post("/en/account/password/first/", {"password1": "Quiet-labels-are-exact"})
    assert User.objects.get().check_password("Quiet-labels-are-exact")


def test_first_password_later_asks_for_a_code_and_then_goes_on(letters):
    # 7.5.1: proof again before what opens the account is changed.
    client = code_account()
    some_time_ago(client)
    page = "/en/account/password/first/"
    response = client.post(page, {"password1": "Quiet-labels-are-exact"})
    assert response["Location"] == f"{PROVE}?next=%2Fen%2Faccount%2Fpassword%2Ffirst%2F"
    assert not User.objects.get().has_usable_password()
    assert client.get(PROVE).status_code == 200
    assert "people.proof" not in client.session
    client.post(PROVE, {"action": "send", "next": page})
    assert client.post(PROVE, {"code": "BCDF-GHJK", "next": page}).status_code == 422
    client.post(PROVE, {"code": client.session["people.proof"]["code"], "next": page})
    assert User.objects.get().check_password("Quiet-labels-are-exact")


def test_proof_by_code_is_tried_three_times_at_most(letters):
    client = code_account()
    client.post(PROVE, {"action": "send"})
    code = client.session["people.proof"]["code"]
    for _time in range(3):
        client.post(PROVE, {"code": "BCDF-GHJK"})
    client.post(PROVE, {"code": code})
    assert "people.proof" not in client.session


@pytest.mark.parametrize("page", ["passkeys/new/", "app/new/", "address/"])
def test_what_opens_the_account_is_changed_after_a_new_proof_alone(anna_client, page):
    some_time_ago(anna_client)
    response = anna_client.post(f"/en/account/{page}", {"email": "new@example.org", "action_add": "1"})
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/en/account/again/password/")
    again = anna_client.post(response["Location"], {"password": PASSWORD})
    assert (again.status_code, again.headers.get("Location", "")) != (302, response["Location"])


def test_who_has_nothing_to_prove_it_by_is_asked_to_sign_in_anew(client, course):
    client.force_login(make_user(email=None, username="elsewhere", password=None))
    response = client.get("/en/account/password/first/", follow=True)
    assert [address for address, _status in response.redirect_chain] == [
        "/en/account/sign-out/?next=%2Fen%2Faccount%2Fpassword%2Ffirst%2F"
    ]
    assert "Sign out of this device?" in response.content.decode()


def test_wrong_password_is_no_proof(anna_client):
    response = anna_client.post("/en/account/again/password/", {"password": "wrong"})
    assert response.context["form"].errors["password"] == ["This is not your password. Try again."]


# Sessions


def test_sessions_are_listed_by_device_and_without_a_network_address(anna_client, anna):
    signed_in(anna, CHROME)
    assert list(UserSession.objects.order_by("pk").values_list("user_agent", "ip")) == [
        ("Firefox/Linux", "::"),
        ("Chrome/Windows", "::"),
    ]
    page = anna_client.get(SESSIONS).content.decode()
    assert page.index("Chrome on Windows") < page.index("Firefox on Linux")
    assert page.count("(this one)") == 1


def test_one_session_is_ended(anna_client, anna):
    other = signed_in(anna, CHROME)
    row = UserSession.objects.get(user_agent="Chrome/Windows")
    anna_client.post(SESSIONS, {"session": str(row.pk)})
    assert other.get(ACCOUNT).status_code == 302
    assert anna_client.get(ACCOUNT).status_code == 200


def test_all_other_sessions_are_ended(anna_client, anna):
    others = [signed_in(anna, CHROME) for _time in range(2)]
    anna_client.post(SESSIONS, {"session": "others"})
    assert [other.get(ACCOUNT).status_code for other in others] == [302, 302]
    assert anna_client.get(ACCOUNT).status_code == 200


def test_session_of_somebody_else_is_not_ended(anna_client):
    other = signed_in(make_user(email=None, username="other"), CHROME)
    row = UserSession.objects.get(user__username="other")
    anna_client.post(SESSIONS, {"session": str(row.pk)})
    assert other.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_sessions_are_listed_in_as_many_queries_for_one_as_for_three(anna, count, django_assert_num_queries):
    browsers = [signed_in(anna, CHROME) for _time in range(count)]
    # Session, account, sessions, the menu.
    with django_assert_num_queries(4):
        browsers[0].get(SESSIONS)


def test_ended_sessions_are_forgotten_with_what_they_hold(anna_client, anna):
    waiting = Client()
    waiting.post("/en/account/sign-in/", {"email": "new@example.org"})
    now = timezone.now()
    Session.objects.update(expire_date=now)
    assert forget_ended_sessions(now) == "2 sessions and 1 notes of devices deleted."
    assert forget_ended_sessions(now) == "0 sessions and 0 notes of devices deleted."


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox/Linux"),
        (CHROME, "Chrome/Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 Safari/604.1",
            "Safari/iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131.0.0.0 Mobile Safari/537.36 EdgA/131.0", "Edge/Android"),
        ("curl/8.0", "/"),
        ("", "/"),
        ("Firefox/Linux", "Firefox/Linux"),
    ],
)
def test_device_is_named_by_browser_and_system_alone(agent, device):
    assert device_of(agent) == device
