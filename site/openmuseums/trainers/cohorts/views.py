"""Pages on which trainers make cohorts and look after them."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openmuseums.learners.outline import get_outline
from openmuseums.trainers.cohorts import managing, staffing
from openmuseums.trainers.cohorts.forms import (
    ANSWERS_FOR_IT,
    NOT_FOUND,
    CohortForm,
    HandOverForm,
    StaffForm,
    TemplateForm,
    refuse,
)
from openmuseums.trainers.completing.drafting import by_template
from openmuseums.trainers.models import Cohort, Feed, Participation, Staff
from openmuseums.trainers.secrets import in_groups
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import (
    MAKES_COHORTS,
    cohort_to_answer_for,
    cohort_to_change,
    cohort_to_see,
    trainer_of,
)

_FORM = ["GET", "HEAD", "POST"]


@never_cache
def cohorts(request: HttpRequest) -> HttpResponse:
    """Show the groups that somebody runs or looks on at, those in the archive last."""
    trainer = trainer_of(request)
    joined = Count("participations", filter=Q(participations__status=Participation.Status.JOINED))
    done = Count("participations", filter=Q(participations__completed_at__isnull=False))
    keys = Cohort.objects.run_by(trainer).values("pk")
    rows = Cohort.objects.filter(pk__in=keys).select_related("organisation").annotate(joined=joined, done=done)
    context = {
        "running": [row for row in rows if not row.is_archived],
        "archived": [row for row in rows if row.is_archived],
        "may_make": trainer.has_perm(MAKES_COHORTS),
    }
    return render(request, "trainers/cohorts/cohorts.html", context)


@never_cache
@require_http_methods(_FORM)
def new(request: HttpRequest) -> HttpResponse:
    """Make a group."""
    trainer = trainer_of(request)
    outline = get_outline()
    sent = request.POST if request.method == "POST" else None
    form, template = CohortForm(sent, trainer=trainer, initial={"time_zone": "Europe/Amsterdam"}), TemplateForm(sent)
    if form.is_valid() and template.is_valid() and outline is not None:
        cohort = managing.make_cohort(
            about=form.about,
            course_key=outline.course_key,
            asked=by_template(template.cleaned_data["template"], outline),
            by=trainer,
            now=timezone.now(),
        )
        messages.success(request, _("The group “%(name)s” is there. People join it by its code.") % {"name": cohort})
        return HttpResponseRedirect(reverse("trainers:cohort", args=[cohort.key]))
    context = {"form": form, "template": template, "outline": outline}
    return render(request, "trainers/cohorts/new.html", context, status=422 if form.errors or template.errors else 200)


@never_cache
def cohort(request: HttpRequest, key: str) -> HttpResponse:
    """Show a group: how people join it, how many are in it, and what they are to do."""
    found = cohort_to_see(request, key)
    counts = Participation.objects.filter(cohort=found).aggregate(
        joined=Count("pk", filter=Q(status=Participation.Status.JOINED)),
        placed=Count("pk", filter=Q(status=Participation.Status.PLACED)),
        left=Count("pk", filter=Q(status=Participation.Status.LEFT)),
        done=Count("pk", filter=Q(completed_at__isnull=False)),
    )
    join_url = f"{reverse('groups:join')}?code={found.join_code}"
    context = {
        **surroundings(request, found),
        "counts": counts,
        "join_code": in_groups(found.join_code),
        "join_url": request.build_absolute_uri(join_url),
    }
    return render(request, "trainers/cohorts/cohort.html", context)


@never_cache
@require_http_methods(_FORM)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a group is."""
    found, trainer = cohort_to_change(request, key), trainer_of(request)
    sent = request.POST if request.method == "POST" else None
    form = CohortForm(sent, trainer=trainer, cohort=found, initial=CohortForm.initial_of(found))
    if form.is_valid():
        managing.change_cohort(cohort=found, about=form.about, by=trainer, now=timezone.now())
        messages.success(request, _("Kept."))
        return _to(found)
    context = {**surroundings(request, found), "form": form}
    return render(request, "trainers/cohorts/change.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def renew_code(request: HttpRequest, key: str) -> HttpResponse:
    """Give a group another code to join by."""
    found = cohort_to_change(request, key)
    managing.renew_code(cohort=found, by=trainer_of(request))
    messages.success(request, _("The group has another code. The old one opens nothing any longer."))
    return _to(found)


@never_cache
@require_http_methods(_FORM)
def staff(request: HttpRequest, key: str) -> HttpResponse:
    """Show who runs a group; who answers for it adds colleagues."""
    found, trainer = cohort_to_see(request, key), trainer_of(request)
    form = StaffForm()
    if request.method == "POST":
        found = cohort_to_answer_for(request, key)
        form = StaffForm(request.POST)
        if form.is_valid() and _added(request, found, form):
            return HttpResponseRedirect(reverse("trainers:staff", args=[found.key]))
    rows = found.staff.select_related("account").order_by("since", "pk")
    context = {**surroundings(request, found), "form": form, "rows": rows, "me": trainer}
    return render(request, "trainers/cohorts/staff.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, found: Cohort, form: StaffForm) -> bool:
    data = form.cleaned_data
    try:
        row = staffing.add_staff(
            cohort=found, address=data["address"], role=data["role"], by=trainer_of(request), now=timezone.now()
        )
    except staffing.NoSuchTrainerError:
        refuse(form, NOT_FOUND)
    except staffing.AnswersForItError:
        refuse(form, ANSWERS_FOR_IT)
    else:
        messages.success(request, _("%(name)s is on the staff of the group.") % {"name": row.account})
        return True
    return False


@never_cache
@require_POST
def take_off(request: HttpRequest, key: str, staff_id: int) -> HttpResponse:
    """Take somebody off the staff of a group. Everybody but who answers for it may take themselves off."""
    own = Staff.objects.filter(pk=staff_id, account=trainer_of(request)).exists()
    found = cohort_to_see(request, key) if own else cohort_to_answer_for(request, key)
    row = get_object_or_404(Staff, pk=staff_id, cohort=found)
    try:
        staffing.take_off(cohort=found, staff_id=row.pk, by=trainer_of(request))
    except staffing.AnswersForItError:
        messages.error(request, ANSWERS_FOR_IT)
    else:
        messages.success(request, _("They are no longer on the staff of the group."))
        if not own and Feed.objects.filter(cohort=found).exists():
            messages.info(request, _("The calendar of the group has a new address."))
    return HttpResponseRedirect(reverse("trainers:cohorts") if own else reverse("trainers:staff", args=[found.key]))


@never_cache
@require_http_methods(_FORM)
def hand_over(request: HttpRequest, key: str) -> HttpResponse:
    """Hand a group over to a colleague."""
    found, trainer = cohort_to_answer_for(request, key), trainer_of(request)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            staffing.hand_over(cohort=found, address=form.cleaned_data["address"], by=trainer, now=timezone.now())
        except staffing.NoSuchTrainerError:
            refuse(form, NOT_FOUND)
        else:
            messages.success(request, _("The group is handed over. You help with it from now on."))
            return HttpResponseRedirect(reverse("trainers:staff", args=[found.key]))
    context = {**surroundings(request, found), "form": form}
    return render(request, "trainers/cohorts/hand_over.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(_FORM)
def archive(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, and put a group into the archive; or take it out again."""
    found, trainer = cohort_to_answer_for(request, key), trainer_of(request)
    if request.method == "POST":
        if found.is_archived:
            managing.reopen(cohort=found, by=trainer)
            messages.success(request, _("The group is out of the archive."))
        else:
            managing.archive(cohort=found, by=trainer, now=timezone.now())
            messages.success(request, _("The group is in the archive. You can still read it and export its lists."))
        return _to(found)
    return render(request, "trainers/cohorts/archive.html", surroundings(request, found))


@never_cache
@require_POST
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """Copy a group for the next year."""
    found, trainer = cohort_to_see(request, key), trainer_of(request)
    get_object_or_404(Cohort.objects.filter(staff__account=trainer, staff__role__in=Staff.MAY_CHANGE), pk=found.pk)
    made = managing.copy_cohort(cohort=found, by=trainer, now=timezone.now())
    messages.success(request, _("This is the copy, a year on, and nobody takes part in it yet."))
    return HttpResponseRedirect(reverse("trainers:change", args=[made.key]))


def _to(found: Cohort) -> HttpResponse:
    return HttpResponseRedirect(reverse("trainers:cohort", args=[found.key]))
