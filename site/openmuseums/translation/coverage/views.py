"""The page for everybody on how much of the course each language has."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from openmuseums.delivery.languages import public_languages, reader_language
from openmuseums.delivery.pages import as_kept, as_public
from openmuseums.delivery.states import State, state_of
from openmuseums.delivery.versions import OUTLINE, version_of
from openmuseums.learners.outline import get_outline
from openmuseums.translation.coverage.counting import coverage_of_languages


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Tell what each language has, what it lacks and what is behind the original; in public languages alone."""
    if reader_language() not in public_languages():
        raise Http404
    if state_of(request) == State.KEPT:
        return as_kept(_page(request))
    etag = _etag(request)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return as_public(HttpResponseNotModified(), etag=etag)
    return as_public(_page(request), etag=etag)


def _page(request: HttpRequest) -> HttpResponse:
    outline = get_outline()
    languages = coverage_of_languages(outline) if outline else []
    return render(request, "translation/coverage.html", {"languages": languages})


def _etag(request: HttpRequest) -> str:
    # Whatever the page tells of renews the outline: what is published, and each edition of a source.
    parts = [settings.RELEASE, version_of(OUTLINE), request.get_full_path()]
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]}"'
