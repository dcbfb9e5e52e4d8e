"""Pages on which a trainer invites people to a group."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.inviting.acts import MOST_A_DAY, TooManyError, invite, left_today, renew, withdraw
from openmuseums.trainers.inviting.forms import GuestFileForm, InviteForm
from openmuseums.trainers.inviting.planning import Fate, Guest, plan
from openmuseums.trainers.inviting.reading import read
from openmuseums.trainers.inviting.wording import told_fate, told_fault
from openmuseums.trainers.models import Cohort, Invitation, Participation
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import cohort_to_change, cohort_to_see, trainer_of
from openmuseums.uploads.waiting import WaitingFile, forget_file, keep_file, kept_file

_FORM = ["GET", "HEAD", "POST"]
A_PAGE = 50


@never_cache
@require_http_methods(_FORM)
def invitations(request: HttpRequest, key: str) -> HttpResponse:
    """List the invitations of a group, with what became of each as far as it is shared; invite one person."""
    is_sent = request.method == "POST"
    cohort = cohort_to_change(request, key) if is_sent else cohort_to_see(request, key)
    form = InviteForm(request.POST if is_sent else None, cohort=cohort)
    if form.is_valid():
        _invite(request, cohort, [form.guest])
        return _to_list(cohort)
    context = {"form": form, "file_form": GuestFileForm(), **_listed(request, cohort)}
    return render(request, "trainers/inviting/invitations.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def send_file(request: HttpRequest, key: str) -> HttpResponse:
    """Take a file, and lead to what it would do. Nothing is saved by it."""
    cohort = cohort_to_change(request, key)
    form = GuestFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        kept = WaitingFile(file.name, file.read())
        token = keep_file(kept, place=_place(cohort), person_id=trainer_of(request).pk)
        return HttpResponseRedirect(reverse("trainers:invitations-accept", args=[cohort.key, token]))
    context = {"form": InviteForm(cohort=cohort), "file_form": form, **_listed(request, cohort)}
    return render(request, "trainers/inviting/invitations.html", context, status=422)


@never_cache
@require_http_methods(_FORM)
def accept_file(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Show line by line what a file would do; at one press invite the people whom it names."""
    cohort, trainer = cohort_to_change(request, key), trainer_of(request)
    kept = kept_file(WaitingFile, place=_place(cohort), person_id=trainer.pk, token=token)
    if kept is None:
        messages.error(request, _("The file is not kept any more. Send it again."))
        return _to_list(cohort)
    made = plan(cohort, read(kept.data))
    if request.method == "POST":
        if _invite(request, cohort, made.guests):
            forget_file(place=_place(cohort), person_id=trainer.pk, token=token)
        return _to_list(cohort)
    only_faulty = "faulty" in request.GET
    page = Paginator(made.faulty if only_faulty else made.steps, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **surroundings(request, cohort),
        "plan": made,
        "file_name": kept.name,
        "page": page,
        "asked": "faulty=1" if only_faulty else "",
        "only_faulty": only_faulty,
        "lines": [(step, told_fate(step), [told_fault(fault) for fault in step.faults]) for step in page],
        "counts": {fate.name.lower(): made.counts[fate] for fate in Fate},
        "left": left_today(cohort=cohort, by=trainer, now=timezone.now()),
    }
    return render(request, "trainers/inviting/plan.html", context)


@never_cache
@require_POST
def withdraw_one(request: HttpRequest, key: str, invitation_id: int) -> HttpResponse:
    """Have an invitation hold no longer."""
    cohort, row = _invitation(request, key, invitation_id)
    withdraw(cohort=cohort, invitation_id=row.pk, by=trainer_of(request), now=timezone.now())
    messages.success(request, _("The invitation of %(address)s is withdrawn.") % {"address": row.email})
    return _to_list(cohort)


@never_cache
@require_POST
def renew_one(request: HttpRequest, key: str, invitation_id: int) -> HttpResponse:
    """Let an invitation that was withdrawn hold again."""
    cohort, row = _invitation(request, key, invitation_id)
    renew(cohort=cohort, invitation_id=row.pk, by=trainer_of(request))
    messages.success(
        request, _("The invitation of %(address)s holds again, with the link that it had.") % {"address": row.email}
    )
    return _to_list(cohort)


def _invite(request: HttpRequest, cohort: Cohort, guests: list[Guest]) -> bool:
    """Invite people, and say how many were; return whether they could be."""
    try:
        number = invite(cohort=cohort, guests=guests, by=trainer_of(request), now=timezone.now())
    except TooManyError as error:
        said = _(
            "A trainer can invite %(most)d people a day, and so many can be invited to a group. Today you can invite "
            "%(left)d more here. Nobody was invited."
        )
        messages.error(request, said % {"most": MOST_A_DAY, "left": error.left})
        return False
    except CohortClosedError:
        messages.error(request, _("The group is closed: nothing about it changes any longer."))
        return False
    said = ngettext(
        "%(count)d person is invited. The letter is written now.",
        "%(count)d people are invited. The letters are written now.",
        number,
    )
    messages.success(request, said % {"count": number} if number else _("They were invited already: nothing changed."))
    return True


def _invitation(request: HttpRequest, key: str, invitation_id: int) -> tuple[Cohort, Invitation]:
    cohort = cohort_to_change(request, key)
    return cohort, get_object_or_404(Invitation, cohort=cohort, pk=invitation_id)


def _listed(request: HttpRequest, cohort: Cohort) -> dict[str, Any]:
    # That somebody came is told where they share their address, and not by their invitation.
    shares = Participation.objects.filter(
        cohort=cohort, status=Participation.Status.JOINED, email__iexact=OuterRef("email")
    )
    rows = Invitation.objects.filter(cohort=cohort).annotate(takes_part=Exists(shares))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return {**surroundings(request, cohort), "page": page}


def _place(cohort: Cohort) -> str:
    return f"trainers/{cohort.pk}/invitations"


def _to_list(cohort: Cohort) -> HttpResponse:
    return HttpResponseRedirect(reverse("trainers:invitations", args=[cohort.key]))
