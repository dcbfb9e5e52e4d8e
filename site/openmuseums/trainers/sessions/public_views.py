"""Pages on which trainers make sessions that an organisation of theirs offers to everybody."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from openmuseums.organisations.models import Organisation
from openmuseums.people.models import User
from openmuseums.trainers.models import Session
from openmuseums.trainers.sessions.arranging import (
    SessionCancelledError,
    arrange_for_everybody,
    cancel_session,
    change_session,
)
from openmuseums.trainers.sessions.forms import PublicSessionForm, typed
from openmuseums.trainers.sessions.listing import own_public_session, own_public_sessions, part
from openmuseums.trainers.walls import MAKES_COHORTS, trainer_of


@never_cache
def public_sessions(request: HttpRequest) -> HttpResponse:
    """List the sessions that somebody made for everybody."""
    user = _who_may_train(request)
    parted = part(own_public_sessions(user), timezone.now())
    context = {"coming": parted.coming, "past": parted.past, "has_organisation": _organisations(user).exists()}
    return render(request, "trainers/sessions/public_list.html", context)


@never_cache
def add_public_session(request: HttpRequest) -> HttpResponse:
    """Make a session for everybody. Who belongs to no organisation is led to say where they belong."""
    user = _who_may_train(request)
    organisations = _organisations(user)
    if not organisations.exists():
        messages.error(
            request,
            _("A session is offered by a museum or network of the list that you belong to. Say first which one."),
        )
        return HttpResponseRedirect(reverse("organisations:mine"))
    zone = timezone.get_default_timezone_name()
    initial = {"time_zone": zone, "language": get_language(), "kind": Session.Kind.ON_SITE}
    form = PublicSessionForm(_sent(request), initial=initial, organisations=organisations)
    if form.is_valid():
        made = arrange_for_everybody(
            organisation=form.cleaned_data["organisation"], plan=form.plan(), by=user, now=timezone.now()
        )
        messages.success(request, _("“%(title)s” stands in the public calendar.") % {"title": made.title})
        return HttpResponseRedirect(reverse("trainers:public-sessions"))
    return _form_page(request, form, None)


@never_cache
def edit_public_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Change a session for everybody. Who offers it stays."""
    found = own_public_session(request, session_id)
    organisations = Organisation.objects.filter(pk=found.organisation_id)
    form = PublicSessionForm(_sent(request), initial=typed(found), organisations=organisations)
    if found.cancelled_at:
        return _is_cancelled(request, reverse("trainers:public-sessions"))
    if form.is_valid():
        try:
            change_session(session=found, plan=form.plan(), by=trainer_of(request), now=timezone.now())
        except SessionCancelledError:
            return _is_cancelled(request, reverse("trainers:public-sessions"))
        messages.success(request, _("The session was changed. Calendars take it over when they next look."))
        return HttpResponseRedirect(reverse("trainers:public-sessions"))
    return _form_page(request, form, found)


@never_cache
def cancel_public_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Ask whether a session for everybody is to be cancelled, and cancel it."""
    found = own_public_session(request, session_id)
    if request.method == "POST":
        cancel_session(session=found, by=trainer_of(request), now=timezone.now())
        messages.success(request, _("“%(title)s” is cancelled. Calendars say so.") % {"title": found.title})
        return HttpResponseRedirect(reverse("trainers:public-sessions"))
    return render(request, "trainers/sessions/public_cancel.html", {"session": found})


def _who_may_train(request: HttpRequest) -> User:
    user = trainer_of(request)
    if not user.has_perm(MAKES_COHORTS):
        raise PermissionDenied
    return user


def _organisations(user: User) -> Any:
    return Organisation.objects.filter(memberships__account=user, is_confirmed=True).order_by("name", "pk")


def _is_cancelled(request: HttpRequest, back: str) -> HttpResponse:
    messages.error(request, _("This session was cancelled. Make a new one instead."))
    return HttpResponseRedirect(back)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form_page(request: HttpRequest, form: PublicSessionForm, found: Session | None) -> HttpResponse:
    context = {"form": form, "session": found}
    return render(request, "trainers/sessions/public_form.html", context, status=422 if form.errors else 200)
