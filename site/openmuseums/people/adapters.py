"""How django-allauth does things here: letters by our queue, our words, own paths alone, steps after a sign-in."""

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from openmuseums.mail.sending import send_letter
from openmuseums.people.addresses import keep_in_step
from openmuseums.people.arrivals import next_stop
from openmuseums.people.devices import device_of
from openmuseums.people.models import User

# What a person is told on the next page, by the template that allauth would have taken the words from. What is not here
# is not told: the page says it already.
_TOLD: Mapping[str, StrOrPromise] = {
    "account/messages/email_confirmation_failed.txt": _("This address belongs to another account."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is taken away."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is kept."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is taken away."),
    "socialaccount/messages/account_connected.txt": _("You can sign in this way from now on."),
    "socialaccount/messages/account_connected_other.txt": _("This way to sign in belongs to another account."),
    "socialaccount/messages/account_disconnected.txt": _("This way to sign in is taken away."),
}
# What happened to somebody's ways of signing in, by the template that allauth would have written the letter with.
_CHANGES: Mapping[str, StrOrPromise] = {
    "account/email/email_changed": _("The e-mail address of your account was changed."),
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_reset": _("The password of your account was changed."),
    "account/email/password_set": _("Your account has got a password."),
    "mfa/email/recovery_codes_generated": _(
        "Your account has got new recovery codes. The old ones do not work any more."
    ),
    "mfa/email/totp_activated": _("Your account has got an authenticator app."),
    "mfa/email/totp_deactivated": _("The authenticator app of your account was taken away."),
    "mfa/email/webauthn_added": _("Your account has got a passkey."),
    "mfa/email/webauthn_removed": _("A passkey of your account was taken away."),
    "socialaccount/email/account_connected": _("Your account can be opened with another place’s sign-in."),
    "socialaccount/email/account_disconnected": _("A way to sign in to your account was taken away."),
}
_CODE_LETTERS = {
    "account/email/login_code": "people/letters/sign_in_code",
    "account/email/email_confirmation": "people/letters/address_code",
    "account/email/email_confirmation_signup": "people/letters/address_code",
    "account/email/password_reset_code": "people/letters/password_code",
    # Where nobody has the address, or somebody else: the page said the same, and the letter says why no code came.
    "account/email/unknown_account": "people/letters/no_account",
    "account/email/account_already_exists": "people/letters/no_account",
}
_WRONG_CODE = _("This code is not right. Type the newest one again, or ask for another.")
_TRIED_OFTEN = _("That was tried too often. Wait a few minutes, then try again.")


def name_of(user: User) -> str:
    """Return the name that pages greet a person by."""
    return user.get_full_name()


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, and what belongs to it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the people who run this site."),
        "duplicate_email": _("This is the address that your account has already."),
        "email_password_mismatch": _("This name and password do not belong together. Check both and try again."),
        "email_taken": _("This address belongs to another account. Give a different one."),
        "enter_current_password": _("This is not your password. Type the one that you have now."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_login": _("This name and password do not belong together. Check both and try again."),
        "rate_limited": _TRIED_OFTEN,
        "too_many_login_attempts": _TRIED_OFTEN,
        "username_password_mismatch": _("This name and password do not belong together. Check both and try again."),
    }

    def is_safe_url(self, url: str) -> bool:
        """Return whether an address may be led to: paths of this site alone."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Return whether an answer is wanted as JSON: allauth's never is."""
        return False

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether there is a form that asks for more than an address: there is none."""
        return False

    def clean_username(self, username: str | None, shallow: bool = False) -> str | None:
        """Check a user name, where there is one."""
        return super().clean_username(username, shallow) if username else None

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Leave the user name empty: whoever has an address needs none."""

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Lead on to the page that was wanted, or to what comes before it."""
        # A sign-in that was waited for had a short session.
        request.session.set_expiry(None)
        response = super().post_login(request, user, **kwargs)
        stop = next_stop(request, user, response["Location"])
        if stop:
            response["Location"] = stop
        return response

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Return the page after signing out: the home page."""
        return reverse("wagtail_serve", args=[""])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the page after a new password: the account's."""
        return reverse("people:account")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Return the page after a new address: the account's."""
        return reverse("people:account")

    def get_login_stages(self) -> list[str]:
        """Return what is asked between a first proof and being signed in."""
        ours = {
            "allauth.account.stages.EmailVerificationStage": "openmuseums.people.entering.AddressStage",
            "allauth.account.stages.PhoneVerificationStage": "",
        }
        return [path for stage in super().get_login_stages() if (path := ours.get(stage, stage))]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return how somebody who is signed in can prove again who they are: a code by mail where there is no other."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        words = {
            "reauthenticate": gettext("Use your password"),
            "mfa_reauthenticate": gettext("Use your authenticator app or a recovery code"),
            "mfa_reauthenticate:webauthn": gettext("Use your passkey"),
        }
        for method in methods:
            method["description"] = words[method["id"]]
        if not methods and getattr(user, "email", None):
            methods = [{"id": "code", "description": gettext("Use a code by mail"), "url": reverse("people:prove")}]
        # Who has none of these came in from another place, or by a slip long ago, and comes in there again.
        return methods or [{"id": "again", "description": gettext("Sign out"), "url": reverse("account_logout")}]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return whether somebody has to prove again who they are: not within five minutes of having done so."""
        request = self.request
        records = get_authentication_records(request, request.user)
        oldest = timezone.now().timestamp() - account_settings.REAUTHENTICATION_TIMEOUT
        if any(record["at"] > oldest for record in records):
            return False
        if not get_reauthentication_flows(request.user):
            # Whoever came in with a slip has nothing to prove themselves by, and sets the first of it in this session.
            if any(record["method"] == "slip" for record in records):
                return False
            # allauth would ask nothing of those who have neither password nor second factor.
            raise ReauthenticationRequired
        return True

    def add_message(  # noqa: PLR0913, PLR0917 - allauth's signature
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Tell what happened in our words, or nothing."""
        text = message or _TOLD.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Queue a letter in the language of the page that it was asked for on."""
        language = get_language() or settings.LANGUAGE_CODE
        values = {
            "code": context.get("code", ""),
            "change": _CHANGES.get(template_prefix, ""),
            "account_url": reverse("people:account"),
            "sign_in_url": reverse("account_login"),
        }
        send_letter(
            kind="sign-in",
            template=_CODE_LETTERS.get(template_prefix, "people/letters/account_changed"),
            address=email,
            context=values,
            language=language,
            now=timezone.now(),
        )

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell people by mail what happened to their ways of signing in; who has no address is told nothing."""
        address = email or user.email
        if address and template_prefix in _CHANGES:
            self.send_mail(template_prefix, address, {})


class FactorAdapter(DefaultMFAAdapter):
    """Passkeys, authenticator apps and recovery codes. Their secrets are encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Set up a passkey or an authenticator app first."),
        "incorrect_code": _("This did not work. Try again."),
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that is stored."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        """Return what a new passkey is called where its owner gives it no name: by the device it was made on."""
        browser, _slash, system = device_of(context.request.headers.get("User-Agent", "")).partition("/")
        return ", ".join(filter(None, (browser, system))) or gettext("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return whom a passkey is for: this host."""
        return {"id": host_of(context.request), "name": settings.WAGTAIL_SITE_NAME}

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code of an authenticator app as markup that stands in a page."""
        svg = super().build_totp_svg(url)
        return re.sub(r"^<\?xml[^>]*>\s*", "", svg)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signing in with another place's account."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _("This address has an account here. Sign in by a code, then add the other place there."),
    }

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        """Return the places that the settings name; a row in the database opens no way in."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Return whether somebody who comes from elsewhere gets an account: yes, as by a code."""
        return True

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """Make the account; allauth itself keeps the address, with what the other place says of it."""
        sociallogin.user.address_is_kept_later = True
        user: User = super().save_user(request, sociallogin, form)
        del user.address_is_kept_later
        keep_in_step(user)
        return user

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Mapping[str, Any]) -> User:
        """Take the address and the name from what the other place says; no user name."""
        user: User = super().populate_user(request, sociallogin, {"email": data.get("email")})
        names = data.get("name") or " ".join(filter(None, (data.get("first_name"), data.get("last_name"))))
        user.username = None
        user.name = str(names or "")[:200]
        user.language = get_language() or ""
        return user


def host_of(request: HttpRequest) -> str:
    """Return the host of a request without its port."""
    host = request.get_host()
    return host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]


def _cipher() -> MultiFernet:
    """Return what secrets are encrypted with: the first key writes, older ones still read."""
    keys = [force_str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"openmuseums.mfa:{key}".encode()).digest())) for key in keys]
    )
