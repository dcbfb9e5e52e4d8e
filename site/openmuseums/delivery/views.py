"""Answers that belong to no page: the way in, health, and what cannot be found."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openmuseums.delivery.languages import chosen_language, language_of_address, nearest_language, public_languages
from openmuseums.delivery.pages import KEPT_CACHE_CONTROL, as_kept
from openmuseums.delivery.states import State, state_of

# Addresses that programs ask for: a miss is said in plain text.
PLAIN_PREFIXES = ("/api/", settings.STATIC_URL, settings.MEDIA_URL)


@require_safe
def way_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor from the bare address to the home page in their language: nothing else reads the cookie."""
    response = HttpResponseRedirect(f"/{chosen_language(request)}/")
    response["Cache-Control"] = KEPT_CACHE_CONTROL
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say that the process can do its work: the database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: in our look, in the nearest language, to people; in plain text to programs."""
    if request.path.startswith(PLAIN_PREFIXES):
        return HttpResponse("Not found\n", status=404, content_type="text/plain")
    public = public_languages()
    named = language_of_address(request.path_info) in public
    if not named:
        translation.activate(nearest_language(request, public))
        request.LANGUAGE_CODE = translation.get_language()
    response = _in_our_look(request, "404.html", status=404)
    patch_vary_headers(response, ["Cookie"] if named else ["Accept-Language", "Cookie"])
    return response


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 in our look."""
    return _in_our_look(request, "403.html", status=403)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old: say what to do."""
    return _in_our_look(request, "403.html", {"is_old_form": True}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500 in our look, from a template that needs nothing that may have failed."""
    return render(request, "500.html", status=500)


def _in_our_look(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int
) -> HttpResponse:
    # What is answered here is no page: in another language it has nothing of its own either.
    response = render(request, template, {**(context or {}), "has_counterparts": False}, status=status)
    return as_kept(response) if state_of(request) == State.KEPT else response
