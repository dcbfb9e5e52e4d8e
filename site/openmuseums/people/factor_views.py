"""Pages of passkeys, authenticator apps and recovery codes."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import can_generate_recovery_codes
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic.edit import FormView

from openmuseums.people.entrance_views import passkeys_work_at
from openmuseums.people.views import own_path


def _after(request: HttpRequest, *, has_new_codes: bool) -> str:
    """Return where a new factor leads: to its new recovery codes first, then to where somebody came from."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    path = own_path(request, wanted) if wanted else reverse("people:account")
    if has_new_codes:
        return f"{reverse('mfa_view_recovery_codes')}?{urlencode({'next': path})}"
    return path


class NewAppView(ActivateTOTPView):
    """Sets up an authenticator app."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret in groups of four, as people copy it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        return context | {"secret": groups, "next": self.request.POST.get("next") or self.request.GET.get("next", "")}

    def get_success_url(self) -> str:
        """Return the page that comes next."""
        return _after(self.request, has_new_codes=self.did_generate_recovery_codes)


class NewPasskeyView(AddWebAuthnView):
    """Keeps a passkey. The question to it is asked for by the script, so that a GET writes nothing."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether passkeys work at this address."""
        context = FormView.get_context_data(self, **kwargs)
        wanted = self.request.POST.get("next") or self.request.GET.get("next", "")
        return context | {"passkeys_work": passkeys_work_at(self.request), "next": wanted}

    def get_success_url(self) -> str:
        """Return the page that comes next."""
        return _after(self.request, has_new_codes=self.did_generate_recovery_codes)


class PasskeyGoneView(RemoveWebAuthnView):
    """Asks whether a passkey is to be taken away."""

    def get_success_url(self) -> str:
        """Return the account's page."""
        return reverse("people:account")


class PasskeyAgainView(ReauthenticateWebAuthnView):
    """Asks somebody who is signed in for their passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the other ways; the question is asked for by the script."""
        context = FormView.get_context_data(self, **kwargs)
        return context | {
            "passkeys_work": passkeys_work_at(self.request),
            "reauthentication_alternatives": self.get_reauthentication_alternatives(),
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say what went wrong, on the same page."""
        for message in form.errors.get("credential", []):
            messages.error(self.request, message)
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))


class NewCodesView(GenerateRecoveryCodesView):
    """Asks whether new recovery codes are to take the place of the old ones."""


@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes that are not used yet, to print or to copy."""
    rows = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.RECOVERY_CODES)
    found = rows.first()
    if not found:
        can = can_generate_recovery_codes(request.user)
        return redirect("mfa_generate_recovery_codes" if can else "people:account")
    context = {
        "codes": found.wrap().get_unused_codes(),
        "total": app_settings.RECOVERY_CODE_COUNT,
        "next": own_path(request, request.GET["next"]) if request.GET.get("next") else reverse("people:account"),
    }
    return render(request, "mfa/recovery_codes/index.html", context)
