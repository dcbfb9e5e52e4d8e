"""Sign-in with an e-mail address or a user name."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from openmuseums.people.models import User


class EmailOrUsernameBackend(ModelBackend):
    """Accepts either name of an account, without regard to case."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Return the account that the name and password belong to, or None; both answers take as long.

        allauth hands on an e-mail address as `email`.
        """
        username = username or kwargs.get("email")
        if not username or password is None:
            return None
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist:
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
