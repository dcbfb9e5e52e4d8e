"""Accounts in Wagtail's admin: with an address alone, with a user name alone, and one name for people's names."""

import pytest
from django.urls import reverse

from openmuseums.people.models import User
from tests.factories import PASSWORD, make_user, with_second_factor

pytestmark = pytest.mark.django_db
ADD = "/admin/users/new/"
TAKEN_ADDRESS = "There is an account with this e-mail address already."
TAKEN_NAME = "There is an account with this user name already."


@pytest.fixture
def admin(db, client):
    client.force_login(make_user(username="admin", email="admin@example.org", is_superuser=True))
    with_second_factor(client)
    return client


def account(**fields):
    return {"username": "", "email": "", "name": "", **fields}


def edit(user):
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_new_account_form_asks_for_one_name(admin):
    response = admin.get(ADD)
    assert list(response.context["form"].fields) == [
        "username", "email", "name", "is_superuser", "groups",
    ]  # fmt: skip
    assert "first_name" not in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        ({"email": "new@example.org"}, ("", None, "new@example.org")),
        ({"username": "Newcomer"}, ("", "newcomer", None)),
        ({"username": "newcomer", "email": "new@example.org", "name": "Nea"}, ("Nea", "newcomer", "new@example.org")),
    ],
)
def test_new_account_is_made_with_either_name(admin, fields, stored):
    response = admin.post(ADD, account(**fields))
    assert response.status_code == 302
    user = User.objects.latest("pk")
    assert (user.name, user.username, user.email) == stored
    assert not user.has_usable_password()


def test_new_account_without_either_name_is_refused_in_words(admin):
    response = admin.post(ADD, account(name="Nobody"))
    assert response.context["form"].errors == {"__all__": ["Give an e-mail address or a user name."]}
    assert "Give an e-mail address or a user name." in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"email": "ADMIN@example.org"}, {"email": [TAKEN_ADDRESS]}),
        ({"email": "admin@example.org"}, {"email": [TAKEN_ADDRESS]}),
        ({"username": "ADMIN"}, {"username": [TAKEN_NAME]}),
        ({"username": "admin"}, {"username": [TAKEN_NAME]}),
    ],
)
def test_new_account_with_a_taken_name_is_refused_at_its_field(admin, fields, errors):
    assert admin.post(ADD, account(**fields)).context["form"].errors == errors


def test_new_account_with_an_address_as_user_name_is_refused(admin):
    errors = admin.post(ADD, account(username="new@example.org")).context["form"].errors
    assert list(errors) == ["username"]


def test_account_with_an_address_alone_can_be_edited(admin):
    user = make_user(email="anna@example.org")
    assert admin.get(edit(user)).status_code == 200
    response = admin.post(edit(user), {"email": "anna@example.org", "name": "Anna", "is_active": "on"})
    assert response.status_code == 302
    user.refresh_from_db()
    assert (user.name, user.email, user.username, user.is_active) == ("Anna", "anna@example.org", None, True)
    assert user.check_password(PASSWORD)


def test_account_with_a_user_name_alone_can_be_edited_and_closed(admin):
    user = make_user(email=None, username="anna")
    assert admin.post(edit(user), {"username": "anna", "name": "Anna"}).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.username, user.email, user.is_active) == ("Anna", "anna", None, False)


def test_own_account_can_be_edited_without_closing_it(admin):
    me = User.objects.get(username="admin")
    assert admin.post(edit(me), {"username": "admin", "email": "admin@example.org", "name": "Me"}).status_code == 302
    me.refresh_from_db()
    assert (me.name, me.is_active, me.is_superuser) == ("Me", True, True)


@pytest.mark.parametrize("query", ["", "?ordering=name", "?ordering=-name", "?q=anna", "?ordering=username"])
def test_accounts_are_listed(admin, query):
    make_user(email="anna@example.org", name="Anna")
    make_user(email=None, username="anna2")
    response = admin.get(f"/admin/users/{query}")
    assert response.status_code == 200
    assert "anna2" in response.content.decode()


def test_accounts_are_found_by_name(admin):
    anna = make_user(name="Anna de Vries")
    assert list(admin.get("/admin/users/?q=Vries").context["object_list"]) == [anna]


def test_own_settings_show_one_name_and_no_picture(admin):
    page = admin.get("/admin/account/").content.decode()
    assert 'name="name_email-name"' in page
    assert "first_name" not in page
    assert "avatar-avatar" not in page


def settings_form(**fields):
    theme = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    return theme | {f"name_email-{name}": value for name, value in fields.items()}


def test_own_settings_are_stored(admin):
    response = admin.post("/admin/account/", settings_form(name="Me", username="me", email=""))
    assert response.status_code == 302
    assert User.objects.filter(username="me", name="Me", email=None).exists()


def test_own_settings_with_a_taken_name_are_refused(admin):
    make_user(username="anna")
    assert admin.post("/admin/account/", settings_form(username="ANNA")).status_code == 200
    assert User.objects.filter(username="admin").exists()


def test_passwords_are_on_nobodys_form_in_the_admin(admin):
    for address in (ADD, edit(make_user()), "/admin/account/"):
        assert "password" not in admin.get(address).content.decode()


def test_account_settings_are_for_who_may_open_the_admin(learner_client):
    assert learner_client.get("/admin/account/").status_code == 403


def test_sign_in_page_of_the_admin_is_that_of_the_site(client):
    response = client.get("/admin/login/?next=/admin/pages/")
    assert (response.status_code, response["Location"]) == (302, "/en/account/sign-in/?next=%2Fadmin%2Fpages%2F")
    assert client.post("/admin/login/", {"username": "admin", "password": PASSWORD}).status_code == 405


def test_sign_in_page_of_the_admin_never_leads_to_another_host(client):
    assert client.get("/admin/login/?next=https://evil.example/")["Location"] == (
        "/en/account/sign-in/?next=%2Fen%2Fmy-learning%2F"
    )


def test_sign_in_page_of_the_admin_sends_on_who_is_signed_in(admin, learner_client):
    assert admin.get("/admin/login/?next=/admin/pages/")["Location"] == "/admin/pages/"
    assert learner_client.get("/admin/login/").status_code == 403


def test_signing_out_of_the_admin_signs_out_of_the_site(admin):
    assert admin.post("/admin/logout/").status_code == 302
    assert "_auth_user_id" not in admin.session


def test_forgotten_password_of_the_admin_is_that_of_the_site(client):
    assert client.get("/admin/password_reset/")["Location"] == "/en/account/password/forgotten/"
    assert client.get("/admin/password_reset/confirm/MQ/set-password/").status_code == 302
