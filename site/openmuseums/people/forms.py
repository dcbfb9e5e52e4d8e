"""Forms about accounts: signing in, and the administrator's forms."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from openmuseums.people.models import User


class SignInForm(forms.Form):
    """Takes an e-mail address or user name, and a password."""

    name = forms.CharField(
        label=_("E-mail address or user name"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """Find the account. The message is the same whether or not it exists."""
        cleaned = super().clean() or {}
        if cleaned.get("name") and cleaned.get("password"):
            user = authenticate(self.request, username=cleaned["name"], password=cleaned["password"])
            if not isinstance(user, User):
                raise ValidationError(
                    _("This name and password do not belong together. Check both and try again."), code="invalid"
                )
            self.user = user
        return cleaned


class UserCreationForm(WagtailUserCreationForm):  # type: ignore[misc]
    """An administrator's form for a new account."""

    class Meta(WagtailUserCreationForm.Meta):
        model = User
        fields = WagtailUserCreationForm.Meta.fields | {"username", "email", "name"}


class UserEditForm(WagtailUserEditForm):  # type: ignore[misc]
    """An administrator's form for an account."""

    class Meta(WagtailUserEditForm.Meta):
        model = User
        fields = WagtailUserEditForm.Meta.fields | {"username", "email", "name"}
