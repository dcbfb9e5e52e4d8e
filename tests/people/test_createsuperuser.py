"""The command that makes an administrator's account."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from openmuseums.people.models import User

pytestmark = pytest.mark.django_db


def make(*arguments):
    out = StringIO()
    call_command("createsuperuser", "--noinput", *arguments, stdout=out)
    return out.getvalue()


def test_createsuperuser_takes_a_user_name(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Quiet-labels-are-exact")
    assert make("--username", "Admin") == "The administrator admin can sign in.\n"
    user = User.objects.get()
    assert (user.username, user.email, user.is_superuser) == ("admin", None, True)
    assert user.check_password("Quiet-labels-are-exact")


def test_createsuperuser_takes_an_e_mail_address(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Quiet-labels-are-exact")
    make("--email", "admin@example.org", "--name", "The admin")
    user = User.objects.get()
    assert (user.username, user.email, user.name) == (None, "admin@example.org", "The admin")


def test_createsuperuser_without_password_makes_an_account_that_nobody_can_use_yet(monkeypatch):
    monkeypatch.delenv("DJANGO_SUPERUSER_PASSWORD", raising=False)
    make("--username", "admin")
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Give an e-mail address or a user name."),
        (["--email", "no address"], "Enter a valid email address."),
        (["--username", "taken"], "There is an account with this user name already."),
    ],
)
def test_createsuperuser_says_what_is_wrong(arguments, message):
    User.objects.create_user(username="taken")
    with pytest.raises(CommandError, match=message):
        make(*arguments)
    assert User.objects.count() == 1
