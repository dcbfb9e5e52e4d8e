"""Signing in with a slip, and finding a way to come back without one."""

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from openmuseums.people.entrance_views import passkeys_work_at
from openmuseums.people.factors import second_factors
from openmuseums.people.models import User
from openmuseums.people.slip_forms import SlipForm
from openmuseums.people.views import own_path


@sensitive_post_parameters("code")
@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest) -> HttpResponse:
    """Let somebody in with the code on a slip; a second factor that the account has is asked for as ever."""
    if request.user.is_authenticated:
        return redirect("people:account")
    wanted = own_path(request, request.POST.get("next") or request.GET.get("next", ""))
    form = SlipForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        record_authentication(request, form.user, method="slip")
        login = Login(
            user=form.user,
            redirect_url=f"{reverse('people:come-back')}?{urlencode({'next': wanted})}",
            # Whoever was given a slip has no address, or cannot read its mail now.
            email_verification=EmailVerificationMethod.NONE,
        )
        entered: HttpResponse = perform_login(request, login)
        return entered
    return render(request, "people/slip.html", {"form": form, "next": wanted}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Ask somebody who came in with a slip for a way to come back: a password or a passkey."""
    wanted = own_path(request, request.GET.get("next", ""))
    if isinstance(request.user, User) and request.user.has_usable_password():
        return HttpResponseRedirect(wanted)
    context = {"next": wanted, "passkeys_work": passkeys_work_at(request)}
    return render(request, "people/come_back.html", context)


@never_cache
@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say why a second factor is asked for, and lead to where one is set up."""
    wanted = own_path(request, request.GET.get("next", ""))
    if isinstance(request.user, User) and second_factors(request.user):
        return HttpResponseRedirect(wanted)
    context = {"next": wanted, "passkeys_work": passkeys_work_at(request)}
    return render(request, "people/second_factor.html", context)
