"""Calendars as answers to programs that ask for them again and again."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags

from openmuseums.trainers.calendars.writing import CONTENT_TYPE, Entry, written
from openmuseums.trainers.models import Session

PUBLIC, SECRET = "public, max-age=0, must-revalidate", "private, max-age=0, must-revalidate"


def calendar_file(
    request: HttpRequest, sessions: Iterable[Session], *, name: str, filename: str, cache: str
) -> HttpResponse:
    """Answer with a calendar; with 304 to who has it already.

    Only the ETag decides that: what was taken out of a calendar makes its last change no later.
    """
    rows = list(sessions)
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    data = written([Entry(row, page_address(row)) for row in rows], name=name, language=language)
    etag = f'W/"{hashlib.sha256(data).hexdigest()[:32]}"'
    response: HttpResponse
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(data, content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["ETag"] = etag
    response["Cache-Control"] = cache
    if rows:
        response["Last-Modified"] = http_date(max(row.changed_at for row in rows).timestamp())
    if cache == SECRET:
        response["X-Robots-Tag"] = "noindex, nofollow"
    patch_vary_headers(response, ["Cookie"])
    return response


def page_address(session: Session) -> str:
    """Return the whole address of the public page of a session; "" where it has none."""
    if not (session.is_public and session.organisation.is_confirmed):
        return ""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('calendars:session', args=[session.pk])}"
