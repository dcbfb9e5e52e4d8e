"""Coming in by a code by mail. The tests name the rules of OWASP ASVS 5.0 that they hold the site to."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openmuseums.mail.models import Letter
from openmuseums.people import arrivals
from openmuseums.people.adapters import AccountAdapter
from openmuseums.people.entering import WAITING_SECONDS, account_for
from openmuseums.people.models import User
from tests.factories import NOW, make_translation, make_user

SIGN_IN = "/en/account/sign-in/"
CODE = "/en/account/sign-in/code/"
KNOWN = "anna@example.org"
NEW = "new@example.org"


@pytest.fixture
def anna(db):
    return make_user(email=KNOWN, username="anna")


@pytest.fixture
def greek(course):
    """Have Greek be a public language."""
    return make_translation(course.course, "el")


@pytest.fixture
def written(monkeypatch):
    """Return the letters that are written, as kind, template, address and context."""
    letters = []
    monkeypatch.setattr(
        "openmuseums.people.adapters.send_letter",
        lambda **letter: letters.append((letter["template"], letter["address"], letter["context"], letter["language"])),
    )
    return letters


def ask(client, email=KNOWN, **fields):
    return client.post(SIGN_IN, {"email": email, **fields})


def code_of(client):
    return client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]


def give(client, code, **fields):
    return client.post(CODE, {"code": code, **fields})


def is_in(client):
    return "_auth_user_id" in client.session


def grow_old(client, seconds):
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= seconds
    session.save()


def test_code_lets_a_known_person_in_and_confirms_the_address(client, anna, written):
    ask(client)
    response = give(client, code_of(client))
    assert (response.status_code, response["Location"]) == (302, "/en/my-learning/")
    assert client.session["_auth_user_id"] == str(anna.pk)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(KNOWN, True, True)]


def test_code_makes_an_account_for_a_new_address_in_the_language_of_the_page(client, greek, written):
    client.post("/el/account/sign-in/", {"email": "New@Example.org"})
    assert (User.objects.count(), EmailAddress.objects.count()) == (0, 0)
    client.post("/el/account/sign-in/code/", {"code": code_of(client)})
    user = User.objects.get()
    assert (user.email, user.username, user.name, user.language) == (NEW, None, "", "el")
    assert not user.has_usable_password()
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (user.pk, NEW, True, True)
    ]
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("email", [KNOWN, NEW])
def test_known_and_unknown_addresses_get_the_same_answers_and_the_same_letter(client, anna, written, email):
    # 6.3.8: valid users cannot be told from the answers.
    first = ask(client, email)
    page = client.get(CODE)
    assert (first.status_code, first["Location"], page.status_code) == (302, CODE, 200)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode()).replace(email, "ADDRESS")
    assert "ADDRESS" in text
    assert [letter[:2] for letter in written] == [("people/letters/sign_in_code", email)]
    wrong = give(client, "BCDF-GHJK")
    assert (wrong.status_code, wrong.context["form"].errors["code"]) == (
        422,
        ["This code is not right. Type the newest one again, or ask for another."],
    )


def test_pages_for_known_and_unknown_addresses_differ_by_nothing_but_the_address(anna, written):
    pages = []
    for email in (KNOWN, NEW):
        client = Client()
        ask(client, email)
        text = client.get(CODE).content.decode().replace(email, "ADDRESS")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text))
    assert pages[0] == pages[1]


def test_known_and_unknown_addresses_cost_about_the_same_queries(client, anna, written):
    counts = {}
    for email in (KNOWN, NEW):
        with CaptureQueriesContext(connection) as queries:
            ask(Client(), email)
        counts[email] = len(queries)
    assert abs(counts[KNOWN] - counts[NEW]) <= 1


def test_code_is_good_once(client, anna, written):
    # 6.5.1: codes can be used once only.
    ask(client)
    code = code_of(client)
    give(client, code)
    client.logout()
    response = give(client, code)
    assert (response.status_code, response["Location"], is_in(client)) == (302, SIGN_IN, False)


def test_code_has_at_least_twenty_bits_of_chance():
    # 6.5.4: at least 20 bits. Eight letters of twenty are 34. 6.5.3: allauth draws them by `secrets`.
    adapter = AccountAdapter()
    for kind in (adapter.generate_login_code, adapter.generate_password_reset_code):
        codes = {kind() for _time in range(100)}
        assert len(codes) == 100
        assert all(re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", code) for code in codes)


def test_code_lasts_ten_minutes_at_most(client, anna, written):
    # 6.5.5: no longer than ten minutes.
    assert settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT <= 600
    ask(client)
    code = code_of(client)
    grow_old(client, 601)
    response = give(client, code)
    assert (response["Location"], is_in(client)) == (SIGN_IN, False)


def test_code_works_in_the_session_that_asked_alone(client, anna, written):
    # 6.6.2: bound to the request that it was made for.
    ask(client)
    other = Client()
    ask(other)
    code = code_of(client)
    assert give(other, code).status_code == 422
    assert not is_in(other)
    give(client, code)
    assert is_in(client)


def test_a_newer_code_makes_the_one_before_worthless(client, anna, written):
    # 6.6.2: not for an earlier or a later request.
    ask(client)
    old = code_of(client)
    give(client, "", action="resend")
    assert give(client, old).status_code == 422
    give(client, code_of(client))
    assert is_in(client)


def test_code_is_tried_three_times_at_most(client, anna, written):
    # 6.6.3: guessing is limited.
    ask(client)
    code = code_of(client)
    answers = [give(client, "BCDF-GHJK").status_code for _time in range(3)]
    assert answers == [422, 422, 302]
    give(client, code)
    assert not is_in(client)


def test_code_can_be_typed_without_its_hyphen_in_small_letters(client, anna, written):
    ask(client)
    give(client, f" {code_of(client).lower().replace('-', ' ')} ")
    assert is_in(client)


def test_closed_account_is_told_only_to_who_reads_its_mail(client, anna, written):
    User.objects.update(is_active=False)
    assert ask(client)["Location"] == CODE
    response = give(client, code_of(client))
    assert (response["Location"], is_in(client)) == ("/en/account/sign-in/closed/", False)


def test_signing_in_leads_to_own_paths_alone(client, anna, written):
    client.post(SIGN_IN, {"email": KNOWN, "next": "https://evil.example/"})
    response = give(client, code_of(client), next="https://evil.example/")
    assert response["Location"] == "/en/my-learning/"


def test_signing_in_leads_to_the_page_that_was_wanted(client, anna, written):
    response = ask(client, next="/en/open-museums/")
    assert response["Location"] == f"{CODE}?next=%2Fen%2Fopen-museums%2F"
    assert give(client, code_of(client), next="/en/open-museums/")["Location"] == "/en/open-museums/"


def test_signing_in_stops_first_where_an_app_has_something_to_ask(client, anna, written, monkeypatch):
    asked = []
    monkeypatch.setattr(arrivals, "_stops", [lambda _request, user, wanted: asked.append((user, wanted)) or "/en/ask/"])
    ask(client)
    assert give(client, code_of(client), next="/en/open-museums/")["Location"] == "/en/ask/"
    assert asked == [(anna, "/en/open-museums/")]


def test_signing_in_gives_a_new_session_key_that_lasts(client, anna, written):
    # 7.2.4: a new session token at sign-in.
    ask(client)
    before = client.session.session_key
    assert client.session.get_expiry_age() == WAITING_SECONDS
    give(client, code_of(client))
    assert client.session.session_key != before
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_code_goes_to_a_letter_in_the_language_of_the_page(client, greek, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/el/account/sign-in/", {"email": NEW})
    assert [message.to for message in mail.outbox] == [[NEW]]
    assert code_of(client) in mail.outbox[0].subject
    assert code_of(client) in mail.outbox[0].body
    assert Letter.objects.filter(address=NEW).count() == 0


def test_address_that_is_none_is_refused_at_the_field(client, db):
    response = ask(client, "anna")
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])


def test_account_for_a_confirmed_address_is_made_once(db):
    first = account_for(email=NEW, language="en", now=NOW)
    assert account_for(email="NEW@example.org", language="el", now=NOW) == (first[0], False)
    assert User.objects.count() == 1


def test_sign_in_page_writes_nothing_and_is_kept_by_no_cache(client, db):
    response = client.get(SIGN_IN)
    assert (response.status_code, list(response.cookies)) == (200, [settings.CSRF_COOKIE_NAME])
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Security-Policy"].count("form-action 'self';") == 1


def test_who_waits_for_a_code_can_go_back_and_mend_the_address(client, anna, written):
    ask(client, "ana@example.org")
    assert client.get(SIGN_IN).status_code == 200
    ask(client)
    give(client, code_of(client))
    assert is_in(client)
