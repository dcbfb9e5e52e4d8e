"""Addresses of signing in and of one's own account, under the names that django-allauth knows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as accounts
from allauth.mfa.base import views as factors
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as providers
from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

from openmuseums.people import account_views as ours
from openmuseums.people import entrance_views as entrance
from openmuseums.people import factor_views

View = Callable[..., HttpResponseBase]


def _own(view: View) -> View:
    """Have no cache keep a page, and say by its status where a form was refused."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        forms = (context.get("form"), context.get("webauthn_form"))
        if request.method == "POST" and response.status_code == 200 and any(form and form.errors for form in forms):
            response.status_code = 422
        return response

    return never_cache(ensure_csrf_cookie(answer))


_entry = _own(entrance.EntryView.as_view())

urlpatterns = [
    # Coming in.
    path("sign-in/", _entry, name="account_login"),
    path("sign-in/", _entry, name="account_request_login_code"),
    path("sign-in/code/", _own(entrance.CodeView.as_view()), name="account_confirm_login_code"),
    path("sign-in/password/", _own(entrance.PasswordView.as_view()), name="account_password_login"),
    path("sign-in/passkey/", _own(entrance.PasskeyView.as_view()), name="mfa_login_webauthn"),
    path("sign-in/second/", _own(entrance.SecondFactorView.as_view()), name="mfa_authenticate"),
    path("sign-in/closed/", _own(accounts.account_inactive), name="account_inactive"),
    path("sign-in/elsewhere/stopped/", _own(providers.login_cancelled), name="socialaccount_login_cancelled"),
    path("sign-in/elsewhere/failed/", _own(providers.login_error), name="socialaccount_login_error"),
    path("sign-in/elsewhere/address/", _own(providers.signup), name="socialaccount_signup"),
    path("sign-up/", entrance.no_sign_up, name="account_signup"),
    path("sign-out/", _own(accounts.logout), name="account_logout"),
    path("passkeys/question/<slug:purpose>/", entrance.passkey_question, name="account_passkey_question"),
    # A forgotten password.
    path("password/forgotten/", _own(accounts.password_reset), name="account_reset_password"),
    path(
        "password/forgotten/code/",
        _own(accounts.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path("password/forgotten/new/", _own(accounts.complete_password_reset), name="account_complete_password_reset"),
    path("password/forgotten/done/", entrance.no_sign_up, name="account_password_reset_completed"),
    path("password/forgotten/done/", entrance.no_sign_up, name="account_reset_password_done"),
    # One's own account.
    path("", ours.account, name="mfa_index"),
    path("", ours.account, name="mfa_list_webauthn"),
    path("address/", _own(accounts.email), name="account_email"),
    path("address/code/", _own(accounts.email_verification_sent), name="account_email_verification_sent"),
    path("password/", _own(accounts.password_change), name="account_change_password"),
    path("password/first/", _own(ours.FirstPasswordView.as_view()), name="account_set_password"),
    path("elsewhere/", _own(ours.OtherPlacesView.as_view()), name="socialaccount_connections"),
    # Proving again who one is.
    path("again/password/", _own(accounts.reauthenticate), name="account_reauthenticate"),
    path("again/app/", _own(factors.reauthenticate), name="mfa_reauthenticate"),
    path("again/passkey/", _own(factor_views.PasskeyAgainView.as_view()), name="mfa_reauthenticate_webauthn"),
    # Passkeys, app and recovery codes.
    path("passkeys/new/", _own(factor_views.NewPasskeyView.as_view()), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", _own(factor_views.PasskeyGoneView.as_view()), name="mfa_remove_webauthn"),
    path("app/new/", _own(factor_views.NewAppView.as_view()), name="mfa_activate_totp"),
    path("app/remove/", _own(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", _own(factor_views.recovery_codes), name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", _own(factor_views.NewCodesView.as_view()), name="mfa_generate_recovery_codes"),
]
