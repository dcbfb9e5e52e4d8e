"""Ending a session, and where people may be led."""

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe


def own_path(request: HttpRequest, address: str) -> str:
    """Return the address where it is a path of this site, else the page a signed-in person starts from."""
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/"):
        return address
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and go to the home page."""
    logout(request)
    return HttpResponseRedirect(reverse("wagtail_serve", args=[""]))


@never_cache
@require_safe
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead from the address of Wagtail's sign-in page to ours, and whoever is signed in on to the admin.

    Raises PermissionDenied where they may not open it.
    """
    wanted = request.GET.get("next", "") or reverse("wagtailadmin_home")
    if request.user.is_authenticated:
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return HttpResponseRedirect(own_path(request, wanted))
    return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': own_path(request, wanted)})}")


@never_cache
@require_safe
def page_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead from the address that Wagtail sends readers of closed pages and documents to, to where they sign in.

    Raises PermissionDenied where somebody is signed in: what they asked for is for others.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = own_path(request, request.GET.get("next", ""))
    return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': wanted})}")


@never_cache
@require_safe
def admin_forgotten_password(request: HttpRequest) -> HttpResponse:
    """Lead from the address of Wagtail's page for a forgotten password to ours."""
    return HttpResponseRedirect(reverse("account_reset_password"))
