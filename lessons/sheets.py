"""The printable sheet of an activity, on a page of its own."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe
from wagtail.models import Site

from lessons.models import UnitPage
from openmuseums.delivery.pages import as_public, public_etag


@require_safe
def sheet(request: HttpRequest, unit_path: str, block_id: UUID) -> HttpResponse:
    """Show the sheet of an activity of a live unit. Nothing on it is anybody's own, so it is the same for everybody."""
    unit = _unit_at(request, unit_path)
    activity = _activity_of(unit, str(block_id))
    etag = public_etag(unit, variant=request.path)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return as_public(HttpResponseNotModified(), etag=etag)
    return as_public(render(request, "lessons/sheet.html", {"page": unit, "activity": activity}), etag=etag)


def _unit_at(request: HttpRequest, unit_path: str) -> UnitPage:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    page = site.root_page.localized.specific.route(request, [part for part in unit_path.split("/") if part]).page
    if not isinstance(page, UnitPage):
        raise Http404
    return page


def _activity_of(unit: UnitPage, block_id: str) -> Any:
    for block in unit.body:
        if block.id == block_id and block.block_type == "activity" and block.value["sheet"]:
            return block.value
    raise Http404
