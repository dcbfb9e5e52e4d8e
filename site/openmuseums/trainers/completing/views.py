"""The pages on which a trainer sets the rule of completion, and sees where somebody stands by it."""

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
from openmuseums.trainers.completing.explaining import explain, title_of
from openmuseums.trainers.completing.forms import RuleForm
from openmuseums.trainers.completing.ruling import asked_by, change_rule, outlook
from openmuseums.trainers.models import Cohort, Participation
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import cohort_to_change, cohort_to_see, trainer_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """Show what it takes to complete the course; say what another rule would change, and put it in force."""
    cohort = cohort_to_see(request, key) if request.method != "POST" else cohort_to_change(request, key)
    outline = get_outline()
    if outline is None:
        raise Http404
    in_force = cohort.rule_in_force()
    sent = request.POST if request.method == "POST" else None
    form = RuleForm(sent, outline=outline, initial=RuleForm.initial_of(asked_by(in_force)))
    looked = None
    if form.is_valid():
        if request.POST.get("act") == "change":
            return _change(request, cohort, form)
        looked = outlook(cohort=cohort, asked=form.asked)
    context = {
        **surroundings(request, cohort),
        "rule": in_force,
        "form": form,
        "outlook": looked,
        "is_same": looked is not None and form.asked == asked_by(in_force),
        "next_number": in_force.number + 1,
        "asked": [title_of(criterion, outline) for criterion in in_force.criteria.order_by("position")],
    }
    return render(request, "trainers/completing/rule.html", context, status=422 if form.errors else 200)


def _change(request: HttpRequest, cohort: Cohort, form: RuleForm) -> HttpResponse:
    made = change_rule(cohort=cohort, asked=form.asked, by=trainer_of(request), now=timezone.now())
    messages.success(request, _("Version %(number)s of the rule is in force.") % {"number": made.number})
    return HttpResponseRedirect(reverse("trainers:rule", args=[cohort.key]))


@never_cache
def person(request: HttpRequest, key: str, participation_id: UUID) -> HttpResponse:
    """Show where somebody in a group stands, and why: what they see themselves, and nothing that they do not share."""
    cohort = cohort_to_see(request, key)
    rows = Participation.objects.filter(cohort=cohort).select_related("rule")
    participation = get_object_or_404(rows, pk=participation_id)
    context = {
        **surroundings(request, cohort),
        "participation": participation,
        "explanation": explain(participation, get_outline()),
    }
    return render(request, "trainers/completing/person.html", context)
