"""Pages of one's own account: name and language, address, passwords, sessions, and proving again who one is."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.views import PasswordSetView
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from allauth.socialaccount.views import ConnectionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openmuseums.people.account_forms import SelfForm
from openmuseums.people.entrance_forms import CodeForm
from openmuseums.people.entrance_views import other_places, passkeys_work_at
from openmuseums.people.models import User
from openmuseums.people.proving import ProofProcess
from openmuseums.people.sessions import end_other_sessions, end_session, open_sessions
from openmuseums.people.settling import keep_self
from openmuseums.people.views import own_path


def person_of(request: HttpRequest) -> User:
    """Return the account that is signed in; the view has seen to it that there is one."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - tells the type checker
    return user


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show an account and what opens it; take the name and the language."""
    user = person_of(request)
    form = SelfForm(request.POST if request.method == "POST" else None, initial=SelfForm.initial_of(user))
    if request.method == "POST" and form.is_valid():
        keep_self(user=user, **form.cleaned_data)
        messages.success(request, _("Your name and language are kept."))
        return redirect("people:account")
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    context = {
        "form": form,
        "app": next((factor for factor in factors if factor.type == Authenticator.Type.TOTP), None),
        "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "has_recovery_codes": any(factor.type == Authenticator.Type.RECOVERY_CODES for factor in factors),
        "passkeys_work": passkeys_work_at(request),
        "providers": get_provider_adapter().list_providers(request),
    }
    return render(request, "people/account.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List where somebody is signed in, and end one session or all others."""
    user = person_of(request)
    if request.method == "POST":
        number = request.POST.get("session", "")
        if number.isdecimal() and len(number) < 19:
            ended = int(end_session(user=user, session_id=int(number)))
        else:
            ended = end_other_sessions(user=user, current=request.session)
        messages.success(
            request,
            ngettext("%(count)s device is signed out.", "%(count)s devices are signed out.", ended) % {"count": ended},
        )
        return redirect("people:sessions")
    found = [
        {"row": row, "device": row.user_agent.partition("/"), "is_this": row.session_key == request.session.session_key}
        for row in open_sessions(user=user, now=timezone.now())
    ]
    return render(request, "people/sessions.html", {"sessions": found})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Have somebody prove by a code by mail who they are, and go on with what they wanted to do."""
    user = person_of(request)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST":
        limited = ratelimit.consume_or_429(request, action="reauthenticate", user=user)
        if limited:
            return limited
    if not user.email:
        return redirect("people:account")
    if request.method == "POST" and request.POST.get("action") == "send":
        ProofProcess.begin(request=request, user=user)
        request.method = "GET"
    process = ProofProcess.resume(request=request, user=user)
    form = None
    if process:
        form = CodeForm(request.POST if request.method == "POST" else None, code=process.code)
        if request.method == "POST":
            if form.is_valid():
                process.finish()
                return resume_request(request) or HttpResponseRedirect(own_path(request, wanted))
            if not process.record_invalid_attempt():
                messages.error(request, _("That was tried too often. Ask for a new code."))
                form = None
    context = {"form": form, "email": user.email, "next": wanted}
    return render(request, "people/prove.html", context, status=422 if form and form.errors else 200)


class OtherPlacesView(ConnectionsView):
    """Lists the other places' accounts that open somebody's account, and takes one away or adds one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the places there are."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"providers": other_places(self.request)}


@method_decorator(login_required, name="dispatch")
@method_decorator(reauthentication_required(app="allauth.account"), name="dispatch")
class FirstPasswordView(PasswordSetView):
    """Asks for the first password, of somebody who has just proved who they are."""
