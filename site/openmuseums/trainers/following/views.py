"""The page on which a trainer sees how far everybody is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openmuseums.trainers.following.forms import SeekForm
from openmuseums.trainers.following.listing import follow
from openmuseums.trainers.following.seeking import Sought
from openmuseums.trainers.models import Participation
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import cohort_to_see


@never_cache
@require_safe
def people(request: HttpRequest, key: str) -> HttpResponse:
    """Show the people of a group whom a filter names, and how far each is with each lesson."""
    cohort = cohort_to_see(request, key)
    form = SeekForm(request.GET, cohort=cohort)
    is_valid = form.is_valid()
    sought = form.sought if is_valid else Sought()
    followed = follow(cohort=cohort, sought=sought, number=request.GET.get("page"), now=timezone.now())
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        **surroundings(request, cohort),
        "form": form,
        "followed": followed,
        "asked": asked.urlencode(),
        "is_filtered": sought != Sought(),
        "sought_left": sought.status == Participation.Status.LEFT,
    }
    return render(request, "trainers/following/people.html", context, status=200 if is_valid else 422)
