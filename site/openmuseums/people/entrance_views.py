"""Pages of coming in: by code, password, passkey, second factor, or another place's account."""

import ipaddress
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginByCodeStage, LoginStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from django.views.generic.edit import FormView

from openmuseums.people.adapters import host_of
from openmuseums.people.entering import EntryProcess


def passkeys_work_at(request: HttpRequest) -> bool:
    """Return whether browsers keep passkeys for this address: for names, and over a connection that is safe."""
    host = host_of(request)
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return request.is_secure() or (mfa_settings.WEBAUTHN_ALLOW_INSECURE_ORIGIN and host == "localhost")
    return False


def other_places(request: HttpRequest) -> list[Any]:
    """Return the places whose accounts let people in, and allow the page's forms to lead there."""
    providers = get_provider_adapter().list_providers(request)
    request.form_targets = sorted({each.app.settings["origin"] for each in providers})  # type: ignore[attr-defined]
    return list(providers)


class EntryView(RequestLoginCodeView):
    """The way in: asks for an e-mail address, and names the other ways."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        # Whoever waits for a code may come back here to mend the address.
        return None

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the code, whether or not somebody has the address."""
        EntryProcess.begin(request=self.request, user=form._user, email=form.cleaned_data["email"])
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the other ways in."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "passkeys_work": passkeys_work_at(self.request),
            "providers": other_places(self.request),
        }


@method_decorator(login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login"), name="dispatch")
class CodeView(ConfirmLoginCodeView):
    """Asks for the code that came by mail."""

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take up the process that this session waits in."""
        self.stage = request._login_stage  # type: ignore[attr-defined]
        self._process = EntryProcess.resume(self.stage)
        if not self._process:
            messages.error(request, _("The code is too old. Ask for a new one."))
            return redirect("account_login")
        return FormView.dispatch(self, request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how long the code lasts."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60}


class PasswordView(LoginView):
    """Asks for a name and a password."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        return None


class PasskeyView(LoginWebAuthnView):
    """Takes what a passkey answered."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the page with the button: there is nothing to see here."""
        return redirect("account_login")


class SecondFactorView(AuthenticateView):
    """Asks for the second proof."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the person has. The passkey's question is asked for by the script, so that a GET writes nothing."""
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return {
            **TemplateView.get_context_data(self, **kwargs),
            "form": self.auth_form,
            "webauthn_form": self.webauthn_form,
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
            "passkeys_work": passkeys_work_at(self.request),
        }


@never_cache
@require_POST
def passkey_question(request: HttpRequest, purpose: str) -> HttpResponse:
    """Answer with what a passkey is to sign or to be made for; the session keeps the question."""
    limited = ratelimit.consume_or_429(request, app="allauth.mfa", action="webauthn_login")
    if limited:
        return limited
    user = request.user
    if purpose == "enter":
        return JsonResponse(webauthn.begin_authentication(None))
    if purpose == "factor":
        stage = LoginStageController.enter(request, AuthenticateStage.key)
        if stage:
            return JsonResponse(webauthn.begin_authentication(stage.login.user))
    elif user.is_authenticated and purpose == "prove":
        return JsonResponse(webauthn.begin_authentication(user))
    elif user.is_authenticated and purpose == "keep":
        return JsonResponse(webauthn.begin_registration(user, passwordless=True))
    raise PermissionDenied


@never_cache
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """Lead to the one way in: an account is made by the first code."""
    return redirect(reverse("account_login"))
