"""Accounts in Wagtail's admin: with an address alone, with a user name alone, and one name for people's names."""

import pytest
from django.urls import reverse

from openmuseums.people.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ADD = "/admin/users/new/"
TAKEN_ADDRESS = "There is an account with this e-mail address already."
TAKEN_NAME = "There is an account with this user name already."


@pytest.fixture
def admin(db, client):
    client.force_login(make_user(username="admin", email="admin@example.org", is_superuser=True))
    return client


def account(**fields):
    passwords = {"password1": "Quiet-labels-are-exact", "password2": "Quiet-labels-are-exact"}
    return {"username": "", "email": "", "name": "", **passwords, **fields}


def edit(user):
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_new_account_form_asks_for_one_name(admin):
    response = admin.get(ADD)
    assert list(response.context["form"].fields) == [
        "username", "email", "name", "is_superuser", "groups", "password1", "password2",
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
    assert user.check_password("Quiet-labels-are-exact")


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


def test_own_password_can_be_changed(admin):
    user = User.objects.get(username="admin")
    passwords = {
        "password-old_password": PASSWORD,
        "password-new_password1": "Quiet-labels-are-exact",
        "password-new_password2": "Quiet-labels-are-exact",
    }
    data = settings_form(username="admin", email="admin@example.org") | passwords
    assert admin.post("/admin/account/", data).status_code == 302
    user.refresh_from_db()
    assert user.check_password("Quiet-labels-are-exact")
    assert admin.get("/admin/account/").status_code == 200


def test_account_settings_are_for_who_may_open_the_admin(learner_client):
    assert learner_client.get("/admin/account/").status_code == 403


@pytest.mark.parametrize("name", ["admin", "ADMIN", "Admin@example.org"])
def test_sign_in_page_of_the_admin_takes_either_name(client, name):
    make_user(username="admin", email="admin@example.org", is_superuser=True)
    response = client.post("/admin/login/", {"username": name, "password": PASSWORD, "next": "/admin/"})
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_sign_in_page_of_the_admin_says_what_it_takes(client):
    page = client.get("/admin/login/").content.decode()
    assert "E-mail address or user name" in page


def test_sign_in_page_of_the_admin_says_the_same_of_known_and_unknown_names(client):
    make_user(username="admin", is_superuser=True)
    answers = [
        client.post("/admin/login/", {"username": name, "password": "wrong"}).context["form"].non_field_errors()
        for name in ("admin", "nobody")
    ]
    assert answers == [["This name and password do not belong together. Check both and try again."]] * 2
