"""Pages on which people, and those who run a cohort, find the address of a calendar and make another one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from openmuseums.trainers.attendance.listing import own_marks
from openmuseums.trainers.calendars.feeding import (
    end_own_feed,
    renew_cohort_feed,
    renew_own_feed,
    sessions_of_account,
)
from openmuseums.trainers.models import Feed
from openmuseums.trainers.sessions.listing import part
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import cohort_to_change, cohort_to_see, trainer_of


@never_cache
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Show the sessions of the groups that somebody is in, and the address of their calendar; make or end that."""
    account = trainer_of(request)
    if request.method == "POST":
        if request.POST.get("act") == "end":
            end_own_feed(account=account)
            messages.success(request, _("The address is ended: it shows nothing any longer."))
        else:
            renew_own_feed(account=account, now=timezone.now())
            messages.success(request, _("Your calendar has a new address."))
        return HttpResponseRedirect(request.path)
    parted = part(sessions_of_account(account.pk), timezone.now())
    noted = own_marks(account)
    context = {
        "coming": [(row, noted.get(row.pk)) for row in parted.coming],
        "past": [(row, noted.get(row.pk)) for row in parted.past],
        "address": _address(request, Feed.objects.filter(account=account).first()),
    }
    return render(request, "trainers/calendars/own.html", context)


@never_cache
def cohort_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Show the address of the calendar of a cohort, and make it, or another one."""
    if request.method == "POST":
        cohort = cohort_to_change(request, key)
        renew_cohort_feed(cohort=cohort, now=timezone.now())
        messages.success(request, _("The calendar of the group has a new address."))
        return HttpResponseRedirect(request.path)
    cohort = cohort_to_see(request, key)
    feed = Feed.objects.filter(cohort=cohort).first()
    context = {**surroundings(request, cohort), "feed": feed, "address": _address(request, feed)}
    return render(request, "trainers/calendars/cohort.html", context)


def _address(request: HttpRequest, feed: Feed | None) -> str:
    return request.build_absolute_uri(reverse("calendars:secret", args=[feed.token])) if feed else ""
