"""Pages on which trainers look at completion lists and have them made, and fetch what was made."""

import datetime as dt
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from openmuseums.trainers.lists.columns import FOR_OBSERVERS, PRESET_NAMES, columns_for
from openmuseums.trainers.lists.exporting import ask_for, can_be_fetched, is_superseded, manifest_of, path_of
from openmuseums.trainers.lists.forms import ListForm
from openmuseums.trainers.lists.making import Asked, Format, ListRefusedError
from openmuseums.trainers.lists.reading import rows
from openmuseums.trainers.lists.rules import rules_as_of
from openmuseums.trainers.lists.writing import csv_cells, dialect_of
from openmuseums.trainers.models import Cohort, Export
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import cohort_to_see, trainer_of

PAGE = 20
SHOWN_EXPORTS = 20
_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSONL: "application/jsonl",
    Format.PDF: "application/pdf",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest, key: str) -> HttpResponse:
    """Ask which list is wanted, show its first rows, and have it made."""
    cohort = cohort_to_see(request, key)
    around, now = surroundings(request, cohort), timezone.now()
    is_sent = request.method == "POST" or "preset" in request.GET
    sent = (request.POST if request.method == "POST" else request.GET) if is_sent else None
    form = ListForm(sent, cohort=cohort, is_observer=around["is_observer"], now=now)
    shown: dict[str, Any] = {}
    if form.is_valid():
        if request.method == "POST":
            try:
                export = ask_for(asked=form.asked, by=trainer_of(request), now=now)
            except ListRefusedError as refused:
                form.add_error(None, str(refused))
            else:
                return HttpResponseRedirect(reverse("trainers:list", args=[cohort.key, export.pk]))
        else:
            shown = _preview(request, form.asked)
    context = {
        **around,
        "form": form,
        "filters": [form[name] for name in form.fields if name in _FILTERS],
        "is_part": any(form[name].value() or form[name].errors for name in form.fields if name in _FILTERS),
        "exports": _exports_for(cohort, is_observer=around["is_observer"])[:SHOWN_EXPORTS],
        **shown,
    }
    return render(request, "trainers/lists/lists.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def one(request: HttpRequest, key: str, export_id: UUID) -> HttpResponse:
    """Show what became of a list: how far it is, where to fetch it, or why it is not there."""
    cohort = cohort_to_see(request, key)
    around = surroundings(request, cohort)
    export = _export_or_404(cohort, export_id, is_observer=around["is_observer"])
    now = timezone.now()
    is_there = can_be_fetched(export, now=now)
    context = {
        **around,
        "export": export,
        "preset_name": PRESET_NAMES.get(export.preset),
        "is_there": is_there,
        "is_under_way": export.state in {Export.Progress.WAITING, Export.Progress.RUNNING},
        "is_superseded": export.state == Export.Progress.DONE and is_superseded(export),
    }
    return render(request, "trainers/lists/list.html", context)


@never_cache
@require_safe
def file(request: HttpRequest, key: str, export_id: UUID) -> HttpResponseBase:
    """Hand over the file of a list."""
    export = _export_to_fetch(request, key, export_id)
    return _handed(path_of(export).open("rb"), _TYPES[Format(export.file_format)], name_of(export))


@never_cache
@require_safe
def manifest(request: HttpRequest, key: str, export_id: UUID) -> HttpResponseBase:
    """Hand over the manifest of a list."""
    export = _export_to_fetch(request, key, export_id)
    path = manifest_of(export)
    return _handed(path.open("rb"), "application/json", f"{name_of(export)}.manifest.json")


def name_of(export: Export) -> str:
    """Return what the file of a list is called where it is handed over."""
    return f"{export.cohort.key}-{export.as_of.astimezone(dt.UTC):%Y-%m-%dT%H%M}-{export.preset}.{export.file_format}"


_FILTERS = ("museum", "country", "role", "language", "status", "complete")


def _preview(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Return the rows of one page: the cells are those of the CSV file, in the order of the list."""
    after = _after(request)
    found = list(islice(rows(asked.selection, parts=asked.parts, after=after), PAGE + 1))
    with translation.override(asked.locale):
        columns = columns_for(asked.columns, rules_as_of(asked.cohort.pk, asked.as_of))
        dialect = dialect_of(asked.locale)
        cells = [csv_cells(column, dialect)(found[:PAGE]) for column in columns]
    query = request.GET.copy()
    query.pop("after", None)
    again = query.copy()
    if len(found) > PAGE:
        again["after"] = str(found[PAGE - 1].id)
    return {
        "headings": [column.heading for column in columns],
        "lines": list(zip(*cells, strict=True)),
        "shown_locale": asked.locale,
        "first_query": query.urlencode() if after else "",
        "next_query": again.urlencode() if len(found) > PAGE else "",
        "sent": [(name, value) for name, values in query.lists() for value in values],
    }


def _after(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET["after"])
    except (KeyError, ValueError):
        return None


def _exports_for(cohort: Cohort, *, is_observer: bool) -> Any:
    """Return the lists of a cohort that somebody on its staff may see: who looks on, the statistics."""
    exports = Export.objects.filter(cohort=cohort).select_related("by", "cohort")
    return exports.filter(preset=FOR_OBSERVERS) if is_observer else exports


def _export_or_404(cohort: Cohort, export_id: UUID, *, is_observer: bool) -> Export:
    found: Export = get_object_or_404(_exports_for(cohort, is_observer=is_observer), pk=export_id)
    return found


def _export_to_fetch(request: HttpRequest, key: str, export_id: UUID) -> Export:
    cohort = cohort_to_see(request, key)
    is_observer = surroundings(request, cohort)["is_observer"]
    export = _export_or_404(cohort, export_id, is_observer=is_observer)
    if not can_be_fetched(export, now=timezone.now()):
        raise Http404
    return export


def _handed(opened: Any, content_type: str, name: str) -> FileResponse:
    return FileResponse(opened, as_attachment=True, filename=name, content_type=content_type)
