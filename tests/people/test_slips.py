"""Slips: a code on paper lets somebody in once."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmuseums.people import language
from openmuseums.people.models import Slip, User
from openmuseums.people.slips import (
    LASTS,
    ClosedAccountError,
    MayNotHelpError,
    forget_slips,
    make_slip,
    may_help,
    redeem_slip,
)
from openmuseums.privacy.models import Look
from tests.factories import NOW, PASSWORD, make_administrator, make_home, make_user, signed_in

pytestmark = pytest.mark.django_db
SLIP = "/en/slip/"
WRONG = (
    "This user name and code do not open anything. Check both. A slip can be used once, within two weeks: "
    "whoever gave it to you can make a new one."
)


@pytest.fixture
def admin() -> User:
    return make_user(username="admin", is_superuser=True)


@pytest.fixture
def anna() -> User:
    return make_user(email=None, username="anna", name="Anna", language="el")


@pytest.fixture
def greek(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Greek be a public language."""
    monkeypatch.setattr(language, "_public", [lambda: ("en", "el")])


def slip_for(account: User, admin: User, now: dt.datetime = NOW) -> str:
    return make_slip(account=account, made_by=admin, now=now)


def send(client: Client, name: str, code: str, **fields: str):
    return client.post(SLIP, {"name": name, "code": code, **fields})


def test_code_is_five_groups_of_digits_and_is_not_stored(anna, admin):
    code = slip_for(anna, admin)
    assert re.fullmatch(r"\d{4}( \d{4}){4}", code)
    slip = Slip.objects.get()
    assert (slip.account, slip.made_by, slip.expires_at, slip.used_at) == (anna, admin, NOW + LASTS, None)
    assert code.replace(" ", "") not in slip.digest


@pytest.mark.parametrize("write", [str, lambda code: code.replace(" ", ""), lambda code: f" {code.replace(' ', '-')} "])
@pytest.mark.parametrize("name", ["anna", " ANNA "])
def test_slip_is_redeemed_however_it_is_typed(anna, admin, write, name):
    code = slip_for(anna, admin)
    assert redeem_slip(name=name, code=write(code), now=NOW) == anna
    assert Slip.objects.get().used_at == NOW


def test_slip_is_redeemed_once(anna, admin):
    code = slip_for(anna, admin)
    assert redeem_slip(name="anna", code=code, now=NOW) == anna
    assert redeem_slip(name="anna", code=code, now=NOW) is None


def test_slip_takes_the_password_away(anna, admin):
    redeem_slip(name="anna", code=slip_for(anna, admin), now=NOW)
    anna.refresh_from_db()
    assert not anna.has_usable_password()


def test_slip_that_is_not_redeemed_leaves_the_password(anna, admin):
    slip_for(anna, admin)
    redeem_slip(name="anna", code="1234 1234 1234 1234 1234", now=NOW)
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_slip_is_worth_nothing_once_its_time_is_up(anna, admin):
    code = slip_for(anna, admin)
    assert redeem_slip(name="anna", code=code, now=NOW + LASTS) is None
    assert redeem_slip(name="anna", code=code, now=NOW + LASTS - dt.timedelta(seconds=1)) == anna


def test_slip_is_worth_nothing_for_somebody_else(anna, admin):
    make_user(email=None, username="ben")
    assert redeem_slip(name="ben", code=slip_for(anna, admin), now=NOW) is None


def test_slip_of_a_closed_account_is_worth_nothing(anna, admin):
    code = slip_for(anna, admin)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert redeem_slip(name="anna", code=code, now=NOW) is None


def test_new_slip_makes_the_old_one_void(anna, admin):
    old, new = slip_for(anna, admin), slip_for(anna, admin)
    assert redeem_slip(name="anna", code=old, now=NOW) is None
    assert redeem_slip(name="anna", code=new, now=NOW) == anna


def test_account_has_one_unused_slip(anna, admin):
    slip_for(anna, admin)
    slip = Slip.objects.get()
    slip.pk = None
    with pytest.raises(IntegrityError):
        slip.save()


def test_slip_of_a_closed_account_is_not_made(anna, admin):
    User.objects.filter(pk=anna.pk).update(is_active=False)
    with pytest.raises(ClosedAccountError):
        slip_for(anna, admin)


def test_who_looks_after_accounts_may_help_but_not_themselves_nor_a_superuser(anna, admin):
    helper, other = make_administrator(), make_administrator()
    assert may_help(helper, anna)
    assert may_help(helper, other)
    assert may_help(admin, helper)
    assert not may_help(helper, helper)
    assert not may_help(helper, admin)
    assert not may_help(anna, other)


def test_slip_by_who_may_not_is_not_made(anna, admin):
    with pytest.raises(MayNotHelpError):
        make_slip(account=admin, made_by=anna, now=NOW)
    assert make_slip(account=admin, made_by=anna, now=NOW, may=lambda *_: True)


def test_old_slips_are_forgotten(anna, admin):
    slip_for(anna, admin)
    assert forget_slips(NOW + LASTS + dt.timedelta(days=29)) == "0 slips deleted."
    assert forget_slips(NOW + LASTS + dt.timedelta(days=31)) == "1 slips deleted."


def test_page_lets_in_and_asks_for_a_way_to_come_back(client, anna, admin):
    response = send(client, "anna", slip_for(anna, admin, timezone.now()), next="/en/open-museums/")
    assert (response.status_code, response["Location"]) == (302, "/en/account/come-back/?next=%2Fen%2Fopen-museums%2F")
    page = client.get(response["Location"])
    assert page.context["next"] == "/en/open-museums/"
    assert reverse("account_set_password") in page.content.decode()


def test_page_asks_for_the_second_factor_that_an_account_has(client, anna, admin):
    signed_in(anna)
    response = send(client, "anna", slip_for(anna, admin, timezone.now()))
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


def test_password_can_be_set_right_after_a_slip_and_opens_the_account_again(client, anna, admin):
    make_home()
    send(client, "anna", slip_for(anna, admin, timezone.now()))
    set_password = reverse("account_set_password")
    assert client.get(set_password).status_code == 200
    assert client.post(set_password, {"password1": "Quiet-labels-are-exact"}).status_code == 302
    client.post("/en/sign-out/")
    again = client.post(reverse("account_password_login"), {"login": "anna", "password": "Quiet-labels-are-exact"})
    assert again.status_code == 302
    assert client.session["_auth_user_id"] == str(anna.pk)


def an_hour_later(client: Client) -> None:
    """Have whatever proved who somebody is in this session be an hour old."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


@pytest.mark.parametrize("name", ["account_set_password", "mfa_activate_totp", "mfa_add_webauthn"])
def test_who_came_in_with_a_slip_sets_the_first_way_to_come_back_however_late(client, anna, admin, name):
    send(client, "anna", slip_for(anna, admin, timezone.now()))
    an_hour_later(client)
    assert client.get(reverse(name)).status_code == 200


def test_first_password_long_after_a_slip_is_set_and_asked_for_from_then_on(client, anna, admin):
    make_home()
    send(client, "anna", slip_for(anna, admin, timezone.now()))
    an_hour_later(client)
    page = client.get(reverse("account_set_password")).content.decode()
    assert "codes by mail" not in page
    response = client.post(reverse("account_set_password"), {"password1": "Quiet-labels-are-exact"})
    assert response.status_code == 302
    anna.refresh_from_db()
    assert anna.check_password("Quiet-labels-are-exact")
    an_hour_later(client)
    asked = client.get(reverse("mfa_add_webauthn"))["Location"]
    assert asked.startswith(reverse("account_reauthenticate"))


def test_first_address_long_after_a_slip_is_taken(client, anna, admin):
    send(client, "anna", slip_for(anna, admin, timezone.now()))
    an_hour_later(client)
    response = client.post(reverse("account_email"), {"action_add": "", "email": "anna@example.org"})
    assert response["Location"] == reverse("account_email_verification_sent")


def test_who_came_in_otherwise_and_has_nothing_to_prove_it_by_sets_nothing(client, anna):
    anna.set_unusable_password()
    anna.save()
    client.force_login(anna)
    assert client.get(reverse("account_set_password")).status_code == 302


@pytest.mark.parametrize("name", ["anna", "ben", "nobody"])
def test_page_says_and_does_the_same_for_known_and_unknown_names(
    client, anna, admin, name, monkeypatch, django_assert_num_queries
):
    make_user(email=None, username="ben")
    slip_for(anna, admin, timezone.now())
    send(client, "warm", "up")
    hashed = []
    original = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, password, salt: hashed.append(1) or original(self, password, salt)
    )
    with django_assert_num_queries(1):
        response = send(client, name, "1234 1234 1234 1234 1234")
    assert (response.status_code, response.context["form"].non_field_errors()) == (422, [WRONG])
    assert hashed == [1]


def test_page_stops_who_tries_often_whatever_is_tried(client, anna, admin):
    code = slip_for(anna, admin, timezone.now())
    for _try in range(10):
        assert send(client, "anna", "1").context["form"].non_field_errors() == [WRONG]
    often = ["That was tried too often. Wait a few minutes, then try again."]
    assert send(client, "anna", code).context["form"].non_field_errors() == often
    assert Slip.objects.get().used_at is None
    assert send(client, "nobody", "1").context["form"].non_field_errors() == [WRONG]


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_page_never_leads_to_another_host(client, anna, admin, address):
    response = send(client, "anna", slip_for(anna, admin, timezone.now()), next=address)
    assert response["Location"] == "/en/account/come-back/?next=%2Fen%2Fmy-learning%2F"


def test_page_needs_the_token_and_is_kept_by_nobody(anna):
    assert send(Client(enforce_csrf_checks=True), "anna", "1").status_code == 403
    assert "no-store" in Client().get(SLIP)["Cache-Control"]


def test_slip_is_among_what_its_owner_sees_of_others(anna, admin):
    slip_for(anna, admin)
    assert list(Look.objects.values_list("actor", "subject", "what", "looked_at")) == [(admin.pk, anna.pk, "slip", NOW)]


def test_sheet_is_in_the_sources_language_where_the_persons_is_not_public(anna, admin):
    sheet = signed_in(admin).post(reverse("people_admin:slip", args=[anna.pk])).content.decode()
    assert '<html lang="en">' in sheet
    assert "/en/slip/" in sheet


def test_administrator_prints_a_slip_in_the_persons_language(anna, admin, greek):
    desk = signed_in(admin)
    address = reverse("people_admin:slip", args=[anna.pk])
    assert address in desk.get(reverse("wagtailusers_users:edit", args=[anna.pk])).content.decode()
    assert desk.get(address).status_code == 200
    assert not Slip.objects.exists()
    response = desk.post(address)
    sheet = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (200, "en")
    assert '<html lang="el">' in sheet
    assert "/el/slip/" in sheet
    assert "no-store" in response["Cache-Control"]
    code = response.context["code"]
    assert code in sheet
    assert redeem_slip(name="anna", code=code, now=timezone.now()) == anna


def test_slip_is_made_by_who_may_alone(anna, admin):
    desk = signed_in(make_administrator())
    assert desk.get(reverse("people_admin:slip", args=[anna.pk])).status_code == 200
    assert desk.post(reverse("people_admin:slip", args=[admin.pk])).status_code == 302
    assert not Slip.objects.exists()


def test_slip_of_somebody_who_made_it_outlives_them(anna, admin):
    slip_for(anna, admin)
    admin.delete()
    assert Slip.objects.get().made_by is None
    anna.delete()
    assert not Slip.objects.exists()


def test_authenticators_are_left_by_a_slip(anna, admin):
    signed_in(anna)
    redeem_slip(name="anna", code=slip_for(anna, admin), now=NOW)
    assert Authenticator.objects.filter(user=anna).count() == 1
