"""Answers that belong to no page: the way in, health, and what cannot be found."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Addresses that programs ask for: a miss is said in plain text.
PLAIN_PREFIXES = ("/api/", settings.STATIC_URL, settings.MEDIA_URL)


@never_cache
@require_safe
def way_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor from the bare address to the home page in a language."""
    return HttpResponseRedirect(f"/{settings.LANGUAGE_CODE}/")


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
    """Answer 404: in our look to people, in plain text to programs."""
    if request.path.startswith(PLAIN_PREFIXES):
        return HttpResponse("Not found\n", status=404, content_type="text/plain")
    return render(request, "404.html", status=404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 in our look."""
    return render(request, "403.html", status=403)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old: say what to do."""
    return render(request, "403.html", {"is_old_form": True}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500 in our look, from a template that needs nothing that may have failed."""
    return render(request, "500.html", status=500)
