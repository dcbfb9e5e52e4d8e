"""Make an administrator's account, by e-mail address or user name."""

import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from openmuseums.people.models import User


class Command(BaseCommand):
    """Django's own asks for a user name, which is optional here."""

    help = "Make an administrator's account. The password is asked for, or read from DJANGO_SUPERUSER_PASSWORD."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the names of the account."""
        parser.add_argument("--email", default="", help="the e-mail address; this or a user name is needed")
        parser.add_argument("--username", default="", help="the user name")
        parser.add_argument("--name", default="", help="the name that pages greet the person by")
        parser.add_argument(
            "--noinput", "--no-input", action="store_false", dest="interactive", help="ask nothing at all"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account, or say in one line why not."""
        names = {"email": options["email"], "username": options["username"]}
        if options["interactive"] and not any(names.values()):
            names["email"] = input("E-mail address (empty for none): ").strip()
            names["username"] = input("User name (empty for none): ").strip()
        user = User(
            email=names["email"] or None, username=names["username"] or None, name=options["name"], is_superuser=True
        )
        try:
            user.full_clean(exclude=["password"])
            self._set_password(user, is_interactive=options["interactive"])
        except ValidationError as error:
            # The field and the constraint may say the same.
            raise CommandError(" ".join(dict.fromkeys(error.messages))) from error
        user.save()
        self.stdout.write(f"The administrator {user.get_username()} can sign in.")

    @staticmethod
    def _set_password(user: User, *, is_interactive: bool) -> None:
        password = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
        if is_interactive and password is None:
            password = getpass("Password: ")
            if password != getpass("Password again: "):
                raise CommandError("The two passwords differ. Nothing was made.")
            validate_password(password, user)
        user.set_password(password)
