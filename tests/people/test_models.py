"""Accounts: each of two names is optional, one is needed, and none is taken twice in whatever case."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from openmuseums.people.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_account_with_an_address_alone_is_kept():
    user = make_user(email="Anna@Example.org")
    assert (user.username, user.get_username(), str(user)) == (None, "Anna@Example.org", "Anna@Example.org")


def test_account_with_a_user_name_alone_is_kept_in_lower_case():
    user = make_user(email=None, username=" Anna ")
    assert (user.email, user.username) == (None, "anna")


def test_account_with_a_name_is_called_by_it():
    assert str(make_user(name="Anna de Vries")) == "Anna de Vries"


def test_account_without_either_is_refused():
    with pytest.raises(ValueError, match="needs an e-mail address or a user name"):
        User.objects.create_user(password="a long enough password")


@pytest.mark.parametrize("names", [{}, {"email": "", "username": ""}, {"email": None, "username": ""}])
def test_row_without_either_is_refused_by_the_database(names):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(**names)])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"email": "anna@example.org"}, {"email": "ANNA@example.org"}),
        ({"email": None, "username": "anna"}, {"email": None, "username": "ANNA"}),
    ],
)
def test_double_in_another_case_is_refused_by_the_database(first, second):
    make_user(**first)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(**second)])


def test_two_accounts_without_address_are_kept():
    make_user(email=None, username="anna")
    make_user(email=None, username="bob")
    assert User.objects.count() == 2


def test_user_name_with_an_at_sign_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(username="anna@example.org")])


def test_validation_says_what_is_missing():
    with pytest.raises(ValidationError) as error:
        User().full_clean(exclude=["password"])
    assert error.value.messages == ["Give an e-mail address or a user name."]


@pytest.mark.parametrize("name", ["anna", "ANNA", " Anna ", "anna@example.org", "Anna@Example.ORG"])
def test_account_is_found_by_either_name_in_any_case(name):
    user = make_user(email="anna@example.org", username="anna")
    assert User.objects.get_by_natural_key(name) == user


def test_account_with_a_greek_user_name_is_found_in_any_case():
    user = make_user(email=None, username="Νίκος")
    assert User.objects.get_by_natural_key("ΝΊΚΟΣ".replace("Σ", "ς")) == user


def test_administrator_may_open_the_admin_and_others_may_not():
    assert make_user(is_superuser=True).is_staff
    assert not make_user().is_staff
