"""Pages on which a trainer keeps places for people by name, and prints their slips."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmuseums.people.slips import MayNotHelpError
from openmuseums.trainers.attendance.picturing import qr_of
from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.locking import locked_for
from openmuseums.trainers.models import Cohort, Participation
from openmuseums.trainers.placing.acts import (
    MOST_A_DAY,
    PlaceGoneError,
    Told,
    TooManyPlacesError,
    add_account,
    keep_places,
    new_code,
    rename,
    take_away,
)
from openmuseums.trainers.placing.forms import PlacesForm, RenameForm
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import cohort_to_change, cohort_to_see, trainer_of
from openmuseums.uploads.waiting import WaitingFile, keep_file, kept_file

A_PAGE = 50


@dataclass(frozen=True)
class Slips(WaitingFile):
    """What slips tell, for who made them to print; half an hour, and then nobody knows it any longer."""

    told: tuple[Told, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, key: str) -> HttpResponse:
    """List the places that are kept, and keep further ones."""
    is_sent = request.method == "POST"
    cohort = cohort_to_change(request, key) if is_sent else cohort_to_see(request, key)
    form = PlacesForm(request.POST if is_sent else None, initial={"token": secrets.token_urlsafe(24)})
    if form.is_valid():
        return _kept(request, cohort, form)
    rows = Participation.objects.filter(cohort=cohort, status=Participation.Status.PLACED)
    page = Paginator(rows.select_related("made_account").order_by("name", "pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {**surroundings(request, cohort), "form": form, "page": page}
    return render(request, "trainers/placing/places.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, cohort: Cohort, form: PlacesForm) -> HttpResponse:
    data, trainer = form.cleaned_data, trainer_of(request)
    try:
        with transaction.atomic():
            locked_for(trainer, cohort)
            kept = kept_file(Slips, place=_for(cohort), person_id=trainer.pk, token=data["token"])
            if kept is None:
                told = keep_places(
                    cohort=cohort,
                    names=data["names"],
                    with_accounts=data["with_accounts"],
                    by=trainer,
                    now=timezone.now(),
                )
                # Before the lock goes: who presses twice finds what was made the first time.
                _keep(request, cohort, told, token=data["token"])
    except TooManyPlacesError:
        said = _("A trainer can add %(most)d people a day by name, and so many can be added to a group.")
        messages.error(request, said % {"most": MOST_A_DAY})
        return _to_places(cohort)
    except CohortClosedError:
        messages.error(request, _("The group is closed: nothing about it changes any longer."))
        return _to_places(cohort)
    return _to_slips(cohort, data["token"])


@never_cache
@require_safe
def slips(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Show slips to print: each with the code of the place, and the way in where an account was made."""
    cohort = cohort_to_change(request, key)
    kept = kept_file(Slips, place=_for(cohort), person_id=trainer_of(request).pk, token=token)
    if kept is None:
        messages.error(request, _("These slips are not kept any more. Make a new code for who has none."))
        return _to_places(cohort)
    context = {**surroundings(request, cohort), "slips": [_slip(request, told) for told in kept.told]}
    return render(request, "trainers/placing/slips.html", context)


@never_cache
@require_POST
def code(request: HttpRequest, key: str, place_id: UUID) -> HttpResponse:
    """Give a place another code."""
    return _told(request, key, place_id, new_code)


@never_cache
@require_POST
def account(request: HttpRequest, key: str, place_id: UUID) -> HttpResponse:
    """Make an account for a place, for somebody without an e-mail address."""
    return _told(request, key, place_id, add_account)


@never_cache
@require_POST
def rename_one(request: HttpRequest, key: str, place_id: UUID) -> HttpResponse:
    """Write a name otherwise."""
    cohort, trainer = _with_place(request, key, place_id), trainer_of(request)
    form = RenameForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return _to_places(cohort)
    return _done(
        request,
        cohort,
        lambda: rename(
            cohort=cohort, place_id=place_id, name=form.cleaned_data["name"], by=trainer, now=timezone.now()
        ),
        _("The name is changed."),
    )


@never_cache
@require_POST
def remove_one(request: HttpRequest, key: str, place_id: UUID) -> HttpResponse:
    """Keep a place no longer."""
    cohort, trainer = _with_place(request, key, place_id), trainer_of(request)
    return _done(
        request,
        cohort,
        lambda: take_away(cohort=cohort, place_id=place_id, by=trainer, now=timezone.now()),
        _("The place is kept no longer, and its code opens nothing."),
    )


def _told(request: HttpRequest, key: str, place_id: UUID, act: Callable[..., Told]) -> HttpResponse:
    cohort = _with_place(request, key, place_id)
    try:
        told = act(cohort=cohort, place_id=place_id, by=trainer_of(request), now=timezone.now())
    except (PlaceGoneError, CohortClosedError, MayNotHelpError):
        return _gone(request, cohort)
    return _to_slips(cohort, _keep(request, cohort, [told]))


def _done(request: HttpRequest, cohort: Cohort, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except (PlaceGoneError, CohortClosedError):
        return _gone(request, cohort)
    messages.success(request, said)
    return _to_places(cohort)


def _gone(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    messages.error(request, _("Somebody came just now: nothing was changed. Look again, then decide."))
    return _to_places(cohort)


def _with_place(request: HttpRequest, key: str, place_id: UUID) -> Cohort:
    cohort = cohort_to_change(request, key)
    get_object_or_404(Participation, cohort=cohort, status=Participation.Status.PLACED, pk=place_id)
    return cohort


def _slip(request: HttpRequest, told: Told) -> dict[str, Any]:
    claim = f"{reverse('groups:claim')}?{urlencode({'code': told.code})}"
    path = f"{reverse('people:slip')}?{urlencode({'next': claim})}" if told.user_name else claim
    return {
        "told": told,
        "address": request.build_absolute_uri(reverse("people:slip" if told.user_name else "groups:claim")),
        "picture": qr_of(request.build_absolute_uri(path)),
    }


def _keep(request: HttpRequest, cohort: Cohort, told: list[Told], token: str = "") -> str:
    file = Slips(name="slips", data=b"", told=tuple(told))
    return keep_file(file, place=_for(cohort), person_id=trainer_of(request).pk, token=token)


def _to_slips(cohort: Cohort, token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("trainers:places-slips", args=[cohort.key, token]))


def _to_places(cohort: Cohort) -> HttpResponse:
    return HttpResponseRedirect(reverse("trainers:places", args=[cohort.key]))


def _for(cohort: Cohort) -> str:
    return f"trainers/{cohort.pk}/places"
