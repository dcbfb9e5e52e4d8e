"""Pages on which trainers make sessions of their cohorts, change them and cancel them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from openmuseums.trainers.models import AttendanceEntry, Cohort, Session
from openmuseums.trainers.sessions.arranging import (
    SessionCancelledError,
    arrange_for_cohort,
    cancel_session,
    change_session,
)
from openmuseums.trainers.sessions.forms import SessionForm, typed
from openmuseums.trainers.sessions.listing import part, session_of
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import cohort_to_change, cohort_to_see, trainer_of


@never_cache
def sessions(request: HttpRequest, key: str) -> HttpResponse:
    """List the sessions of a cohort."""
    cohort = cohort_to_see(request, key)
    parted = part(Session.objects.filter(cohort=cohort), timezone.now())
    return _page(request, "trainers/sessions/list.html", cohort, {"coming": parted.coming, "past": parted.past})


@never_cache
def session(request: HttpRequest, key: str, session_id: UUID) -> HttpResponse:
    """Show a session, and what can be done with it."""
    cohort = cohort_to_see(request, key)
    found = session_of(cohort, session_id)
    return _page(request, "trainers/sessions/session.html", cohort, {"session": found})


@never_cache
def add_session(request: HttpRequest, key: str) -> HttpResponse:
    """Make a session."""
    cohort = cohort_to_change(request, key)
    offered = cohort.languages[0] if cohort.languages else get_language()
    initial = {"time_zone": cohort.time_zone, "language": offered, "kind": Session.Kind.ON_SITE}
    form = SessionForm(_sent(request), initial=initial)
    if form.is_valid():
        made = arrange_for_cohort(cohort=cohort, plan=form.plan(), by=trainer_of(request), now=timezone.now())
        messages.success(request, _("“%(title)s” stands in the calendar of the group.") % {"title": made.title})
        return HttpResponseRedirect(reverse("trainers:session", args=[cohort.key, made.pk]))
    return _page(request, "trainers/sessions/form.html", cohort, {"form": form}, bad=bool(form.errors))


@never_cache
def edit_session(request: HttpRequest, key: str, session_id: UUID) -> HttpResponse:
    """Change a session."""
    cohort = cohort_to_change(request, key)
    found = session_of(cohort, session_id)
    here = reverse("trainers:session", args=[cohort.key, found.pk])
    form = SessionForm(_sent(request), initial=typed(found))
    if found.cancelled_at:
        return _is_cancelled(request, here)
    if form.is_valid():
        try:
            change_session(session=found, plan=form.plan(), by=trainer_of(request), now=timezone.now())
        except SessionCancelledError:
            return _is_cancelled(request, here)
        messages.success(request, _("The session was changed. Calendars take it over when they next look."))
        return HttpResponseRedirect(here)
    context = {"form": form, "session": found}
    return _page(request, "trainers/sessions/form.html", cohort, context, bad=bool(form.errors))


@never_cache
def cancel(request: HttpRequest, key: str, session_id: UUID) -> HttpResponse:
    """Ask whether a session is to be cancelled, and cancel it."""
    cohort = cohort_to_change(request, key)
    found = session_of(cohort, session_id)
    if request.method == "POST":
        cancel_session(session=found, by=trainer_of(request), now=timezone.now())
        messages.success(request, _("“%(title)s” is cancelled. Calendars say so.") % {"title": found.title})
        return HttpResponseRedirect(reverse("trainers:sessions", args=[cohort.key]))
    noted = AttendanceEntry.objects.filter(session=found).values("participation").distinct().count()
    return _page(request, "trainers/sessions/cancel.html", cohort, {"session": found, "noted": noted})


def _is_cancelled(request: HttpRequest, back: str) -> HttpResponse:
    messages.error(request, _("This session was cancelled. Make a new one instead."))
    return HttpResponseRedirect(back)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(
    request: HttpRequest, template: str, cohort: Cohort, context: dict[str, Any], *, bad: bool = False
) -> HttpResponse:
    values = {**surroundings(request, cohort), **context}
    return render(request, template, values, status=422 if bad else 200)
