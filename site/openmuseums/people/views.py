"""Ending a session, and where people may be led."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST


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
