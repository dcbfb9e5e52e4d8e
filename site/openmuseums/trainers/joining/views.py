"""The pages of those who take part: their groups, joining one, what they share, where they stand, leaving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openmuseums.learners.outline import get_outline
from openmuseums.limits.counting import allow
from openmuseums.people.models import User
from openmuseums.trainers.announcing.acts import announcements_for
from openmuseums.trainers.completing.explaining import explain
from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.joining.acts import (
    NoSuchPlaceError,
    TakesPartAlreadyError,
    claim,
    join,
    leave,
    place_to_claim,
    share,
)
from openmuseums.trainers.joining.forms import ClaimForm, CodeForm, LeaveForm, SharingForm
from openmuseums.trainers.joining.removing import remove
from openmuseums.trainers.joining.sharing import shared_now
from openmuseums.trainers.lists.shown import exports_with, names_people
from openmuseums.trainers.models import Participation, Staff

_FORM = ["GET", "HEAD", "POST"]
# Codes have 51 bits and more; this keeps a machine from trying them.
TRIES, WITHIN = 20, 15 * 60


@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Show the groups that somebody takes part in, or took part in."""
    rows = Participation.objects.filter(account=_account(request)).select_related("cohort__organisation")
    return render(request, "trainers/joining/mine.html", {"rows": rows.order_by("-cohort__starts_on", "pk")})


@never_cache
@require_http_methods(_FORM)
def join_by_code(request: HttpRequest) -> HttpResponse:
    """Join a group by its code: first the code, then what is shared. A link with a code leads to the second."""
    account = _account(request)
    given = request.POST if request.method == "POST" else request.GET if "code" in request.GET else None
    if given is not None and not _may_try(account):
        return _too_many(request)
    code = CodeForm(given)
    found = code.cohort if code.is_valid() else None
    act = request.POST.get("act") == "join"
    sharing = SharingForm(request.POST if act else None, account=account) if found else None
    if found and sharing and sharing.is_valid():
        try:
            row = join(cohort=found, account=account, shared=sharing.shared, now=timezone.now())
        except CohortClosedError:
            code.add_error("code", _("The group was closed just now. Ask your trainer."))
        else:
            sharing.keep_agreements(now=timezone.now())
            messages.success(request, _("You take part in “%(name)s”.") % {"name": found.name})
            return HttpResponseRedirect(reverse("groups:group", args=[row.pk]))
    context = {"code": code, "cohort": found, "sharing": sharing, "trainers": _trainers_of(found)}
    return render(request, "trainers/joining/join.html", context, status=422 if code.errors else 200)


@never_cache
@require_http_methods(_FORM)
def claim_place(request: HttpRequest) -> HttpResponse:
    """Take the place that a trainer kept: first the code, then what is shared."""
    account = _account(request)
    given = request.POST if request.method == "POST" else request.GET if "code" in request.GET else None
    if given is not None and not _may_try(account):
        return _too_many(request)
    form = ClaimForm(given)
    place = place_to_claim(form.cleaned_data["code"]) if form.is_valid() else None
    if form.is_valid() and place is None:
        form.add_error("code", _("No place is kept for this code. Check it, or ask your trainer for a new slip."))
    act = request.POST.get("act") == "claim"
    sharing = SharingForm(request.POST if act else None, account=account) if place else None
    if place and sharing and sharing.is_valid():
        try:
            row = claim(code=form.cleaned_data["code"], account=account, shared=sharing.shared, now=timezone.now())
        except TakesPartAlreadyError:
            form.add_error(
                "code", _("You take part in this group already. Tell your trainer, who can take the place away.")
            )
        except (NoSuchPlaceError, CohortClosedError):
            form.add_error("code", _("The place was taken away just now. Ask your trainer."))
        else:
            sharing.keep_agreements(now=timezone.now())
            messages.success(request, _("You take part in “%(name)s”.") % {"name": place.cohort.name})
            return HttpResponseRedirect(reverse("groups:group", args=[row.pk]))
    cohort = place.cohort if place else None
    context = {"form": form, "cohort": cohort, "sharing": sharing, "trainers": _trainers_of(cohort)}
    return render(request, "trainers/joining/claim.html", context, status=422 if form.errors else 200)


@never_cache
def group(request: HttpRequest, participation_id: UUID) -> HttpResponse:
    """Show a group to somebody in it: where they stand and why, what they share, who runs it."""
    participation = _own(request, participation_id)
    context = {
        **_surroundings(participation),
        "explanation": explain(participation, get_outline()),
        "announcements": announcements_for(participation),
        "lists": [(export, names_people(export)) for export in exports_with(participation)],
    }
    return render(request, "trainers/joining/group.html", context)


@never_cache
@require_http_methods(_FORM)
def change_shared(request: HttpRequest, participation_id: UUID) -> HttpResponse:
    """Change what a group knows of somebody."""
    participation, account = _own(request, participation_id), _account(request)
    if participation.status != Participation.Status.JOINED:
        raise Http404
    initial = SharingForm.initial_of(shared_now(participation, account=account))
    form = SharingForm(request.POST if request.method == "POST" else None, account=account, initial=initial)
    if form.is_valid():
        try:
            share(participation=participation, shared=form.shared, now=timezone.now())
            form.keep_agreements(now=timezone.now())
        except CohortClosedError:
            messages.error(request, _("The group is closed: nothing about it changes any longer."))
        else:
            messages.success(request, _("Kept. Lists as of an earlier day say what you shared then."))
        return HttpResponseRedirect(reverse("groups:group", args=[participation.pk]))
    return render(request, "trainers/joining/share.html", {**_surroundings(participation), "form": form})


@never_cache
@require_http_methods(_FORM)
def leave_group(request: HttpRequest, participation_id: UUID) -> HttpResponse:
    """Leave a group, or be taken out of its lists as well; who has left already may still be taken out."""
    participation = _own(request, participation_id)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if form.cleaned_data["how"] == LeaveForm.REMOVE:
            remove(participation=participation, now=timezone.now())
            messages.success(request, _("You are out of the group and of its lists."))
        else:
            leave(participation=participation, now=timezone.now())
            messages.success(request, _("You have left the group. What you learned stays with you."))
        return HttpResponseRedirect(reverse("groups:mine"))
    context = {**_surroundings(participation), "form": form}
    return render(request, "trainers/joining/leave.html", context, status=422 if form.errors else 200)


def _account(request: HttpRequest) -> User:
    """Return the account that is signed in. Raises Http404 without one: the table of access lets nobody else come."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _own(request: HttpRequest, participation_id: UUID) -> Participation:
    """Return somebody's own participation; other people's are answered as if there were none."""
    rows = Participation.objects.filter(account=_account(request)).select_related("cohort__organisation", "rule")
    return get_object_or_404(rows, pk=participation_id)


def _surroundings(participation: Participation) -> dict[str, Any]:
    return {
        "participation": participation,
        "cohort": participation.cohort,
        "trainers": _trainers_of(participation.cohort),
        "takes_part": participation.status == Participation.Status.JOINED,
    }


def _trainers_of(cohort: Any) -> list[Staff]:
    """Return who runs a cohort and sees what is shared with it, observers too: whoever joins is told."""
    return list(cohort.staff.select_related("account").order_by("since", "pk")) if cohort else []


def _may_try(account: User) -> bool:
    return allow("group-code", who=str(account.pk), amount=TRIES, seconds=WITHIN)


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)
