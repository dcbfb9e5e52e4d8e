"""Forms of passkeys, authenticator apps and recovery codes."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

# How long setting up an app may take.
_SECONDS = 60 * 60
_SALT = "people.app"
# What reading something else than a passkey's answer raises, in fido2.
_NO_ANSWER = (AttributeError, KeyError, TypeError, ValueError)
_CODE = {
    "autocomplete": "one-time-code",
    "autocapitalize": "none",
    "inputmode": "numeric",
    "spellcheck": "false",
    "maxlength": "40",
}


def _dress(form: forms.Form, label: Any) -> None:
    field = form.fields["code"]
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= _CODE


class AppForm(ActivateTOTPForm):
    """Sets up an authenticator app. The form carries the secret, signed for its owner: showing it writes nothing."""

    kept = forms.CharField(label=_("Setting up"), widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        _dress(self, _("The six digits that the app shows"))
        self.secret = self._sent_secret() or generate_totp_secret()
        self.fields["kept"].initial = signing.dumps([self.user.pk, self.secret], salt=_SALT)

    def _sent_secret(self) -> str | None:
        try:
            owner, secret = signing.loads(self.data.get("kept", ""), salt=_SALT, max_age=_SECONDS)
        except (signing.BadSignature, ValueError):
            return None
        return str(secret) if owner == self.user.pk else None

    def clean_kept(self) -> str:
        """Refuse a secret that is not this person's, or too old."""
        if self._sent_secret() is None:
            raise forms.ValidationError(_("That took too long. Load the page again and begin anew."), code="old")
        return str(self.cleaned_data["kept"])


class NewPasskeyForm(AddWebAuthnForm):
    """Keeps a passkey: always one that alone suffices to sign in, so the device asks who uses it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"].label = _("A name for it")
        self.fields["name"].help_text = _("So that you know it among others: the device, or where it is kept.")
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs |= {"maxlength": "60", "autocomplete": "off"}

    def clean_name(self) -> str:
        """Return the name, cut to what the page has room for."""
        return str(super().clean_name())[:60]

    def clean(self) -> dict[str, Any]:
        """Refuse a key that does not ask who uses it."""
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean()
        except _NO_ANSWER as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _Answer:
    """Reads what a passkey answered; whatever else is sent is refused in words."""

    def clean_credential(self) -> Authenticator:
        """Return the passkey that answered."""
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except _NO_ANSWER as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return found


class EntryPasskeyForm(_Answer, LoginWebAuthnForm):
    """Takes the answer of a passkey that lets somebody in."""


class SecondPasskeyForm(_Answer, AuthenticateWebAuthnForm):
    """Takes the answer of a passkey as the second proof."""


class PasskeyAgainForm(_Answer, ReauthenticateWebAuthnForm):
    """Takes the answer of a passkey from somebody who is signed in."""


class FactorCodeForm(AuthenticateForm):
    """Takes the second proof of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, _("The code from your app, or a recovery code"))


class FactorCodeAgainForm(ReauthenticateForm):
    """The same for somebody who is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, _("The code from your app, or a recovery code"))
