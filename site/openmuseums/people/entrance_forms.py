"""Forms of signing in, of passwords and of addresses: allauth's, in our words."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.internal.flows.login import derive_login_method
from allauth.socialaccount.forms import SignupForm
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openmuseums.people.guessing import CountsGuesses

_NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
_ADDRESS = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
_CODE = {
    "autocomplete": "one-time-code",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "maxlength": "40",
}


def _dress(field: forms.Field, label: Any, attrs: dict[str, str] | None = None, hint: Any = "") -> None:
    """Give a field of allauth's our label, our hint and no placeholder, which would only repeat the label in grey."""
    field.label = label
    field.help_text = hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attrs or {}


class AddressForm(allauth.RequestLoginCodeForm):
    """Takes the address that a code is sent to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # "username": so that a browser offers what a password of this site was kept with.
        _dress(self.fields["email"], _("Your e-mail address"), {**_ADDRESS, "autocomplete": "email"})


class CodeForm(CountsGuesses, allauth.BaseConfirmCodeForm):
    """Takes the code that came by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["code"], _("The code from the mail"), _CODE)


class AddressCodeForm(CountsGuesses, allauth.ConfirmEmailVerificationCodeForm):
    """Takes the code that came by mail to a new address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["code"], _("The code from the mail"), _CODE)


class PasswordForm(allauth.LoginForm):
    """Takes an e-mail address or user name, and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["login"], _("E-mail address or user name"), _NAME)
        self.fields["login"].max_length = 254
        _dress(self.fields["password"], _("Password"))

    def _setup_password_field(self) -> None:
        # allauth takes the field away where nobody signs up with a password.
        return None

    def user_credentials(self) -> dict[str, str]:
        """Return what the account is looked for by: a user name holds no @, so there is one way to read each name."""
        login = self.cleaned_data["login"]
        return {derive_login_method(login).value: login, "password": self.cleaned_data["password"]}


class PasswordAgainForm(allauth.ReauthenticateForm):
    """Takes the password of somebody who is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["password"], _("Your password"))


class ForgottenPasswordForm(allauth.ResetPasswordForm):
    """Takes the address of somebody who forgot the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["email"], _("Your e-mail address"), {**_ADDRESS, "autocomplete": "email"})


def _hint_of_passwords() -> str:
    """Return what a password must be, in one sentence; Django's own are several, in words that do not go together."""
    length = max(
        each.min_length for each in get_default_password_validators() if isinstance(each, MinimumLengthValidator)
    )
    return gettext(
        "At least %(length)d characters; not much like your name or address, and none that many people use."
    ) % {"length": length}


class _OnceTyped:
    """A new password is typed once: who mistypes it gets in by a code and sets it again."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _dress(self.fields["password1"], _("New password"), hint=_hint_of_passwords())
        if "oldpassword" in self.fields:
            _dress(self.fields["oldpassword"], _("The password that you have now"))


class NewPasswordForm(_OnceTyped, allauth.ResetPasswordKeyForm):
    """Takes a new password in the place of a forgotten one."""


class FirstPasswordForm(_OnceTyped, allauth.SetPasswordForm):
    """Takes the first password of an account."""


class ChangePasswordForm(_OnceTyped, allauth.ChangePasswordForm):
    """Takes a new password in the place of the old one."""


class AddressFromElsewhereForm(SignupForm):
    """Takes the address of somebody whose other place names none that can be used."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["email"], _("Your e-mail address"), _ADDRESS)


class NewAddressForm(allauth.AddEmailForm):
    """Takes an address in the place of the one that an account has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["email"], _("New e-mail address"), _ADDRESS)
