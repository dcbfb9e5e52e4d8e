"""The public page on which anybody finds out whether a list is as it was written. Nothing that is handed in is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from openmuseums.limits.counting import allow
from openmuseums.limits.hiding import client_of
from openmuseums.trainers.lists.forms import VerifyForm
from openmuseums.trainers.lists.manifests import Finding, digest_of, verify
from openmuseums.trainers.models import SigningKey

TRIES = 30
WITHIN = 60 * 60


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def verify_list(request: HttpRequest) -> HttpResponse:
    """Take a list and its manifest, and say what the list is found to be."""
    is_sent = request.method == "POST"
    form = VerifyForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    finding: Finding | None = None
    if form.is_valid():
        if allow("verify list", who=client_of(request), amount=TRIES, seconds=WITHIN):
            manifest = form.cleaned_data["manifest"].read()
            finding = verify(digest_of(form.cleaned_data["file"].chunks()), manifest)
        else:
            form.add_error(None, _("Many lists were verified from your internet connection. Try again in an hour."))
    context = {
        "form": form,
        "finding": finding,
        "told": _told(finding) if finding else None,
        "keys": SigningKey.objects.order_by("-since", "key_id"),
    }
    return render(request, "trainers/lists/verify.html", context, status=422 if form.errors else 200)


def _told(finding: Finding) -> dict[str, Any] | None:
    """Return what the manifest of a list says, for people."""
    if finding.told is None:
        return None
    return {**finding.told, "as_of": parse_datetime(finding.told["as_of"])}
