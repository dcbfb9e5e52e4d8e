"""Pages on which a trainer tells a group something, and reads what it was told."""

import secrets

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from openmuseums.trainers.announcing.acts import (
    MOST_A_DAY,
    NobodyError,
    TooManyAnnouncementsError,
    announce,
    audience,
)
from openmuseums.trainers.announcing.forms import AnnouncementForm
from openmuseums.trainers.entering import CohortClosedError
from openmuseums.trainers.following.forms import SeekForm
from openmuseums.trainers.following.seeking import Sought
from openmuseums.trainers.models import Announcement, Cohort
from openmuseums.trainers.surroundings import surroundings
from openmuseums.trainers.walls import cohort_to_change, cohort_to_see, trainer_of

A_PAGE = 20


@never_cache
@require_safe
def announcements(request: HttpRequest, key: str) -> HttpResponse:
    """List what a group was told, the latest first."""
    cohort = cohort_to_see(request, key)
    rows = Announcement.objects.filter(cohort=cohort).select_related("by").prefetch_related("texts")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainers/announcing/announcements.html", {**surroundings(request, cohort), "page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Write to those who take part and whom the address' filter names: first a preview, then it goes out."""
    cohort = cohort_to_change(request, key)
    seek = SeekForm(request.GET, cohort=cohort)
    if not seek.is_valid():
        messages.error(request, _("Nobody is found by that any more. Choose anew whom you write to."))
        return HttpResponseRedirect(reverse("trainers:people", args=[cohort.key]))
    sent = request.POST if request.method == "POST" else None
    form = AnnouncementForm(sent, cohort=cohort, initial={"token": secrets.token_urlsafe(24)})
    is_valid = form.is_valid()
    if is_valid and request.POST.get("act") == "send":
        return _sent(request, cohort, seek.sought, form)
    said = form.said if is_valid else []
    if is_valid:
        form = AnnouncementForm(cohort=cohort, initial=form.cleaned_data)
    context = {
        **surroundings(request, cohort),
        "form": form,
        # What is sent is what was shown.
        "shown": AnnouncementForm(cohort=cohort, initial=form.initial, auto_id=False) if is_valid else None,
        "said": said,
        "audience": audience(cohort=cohort, sought=seek.sought, now=timezone.now()),
        "is_filtered": seek.sought != Sought(),
        "asked": request.GET.urlencode(),
    }
    return render(request, "trainers/announcing/write.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest, cohort: Cohort, sought: Sought, form: AnnouncementForm) -> HttpResponse:
    try:
        row = announce(
            cohort=cohort,
            sought=sought,
            said=form.said,
            by=trainer_of(request),
            token=form.cleaned_data["token"],
            now=timezone.now(),
        )
    except TooManyAnnouncementsError:
        said = _("A group is told at most %(most)d things a day. Nothing was sent. Try again tomorrow.")
        messages.error(request, said % {"most": MOST_A_DAY})
    except NobodyError:
        messages.error(request, _("Nobody who takes part is found by that any more. Nothing was sent."))
    except CohortClosedError:
        messages.error(request, _("The group is closed: nothing about it changes any longer."))
    else:
        said = ngettext("%(count)d person is told.", "%(count)d people are told.", row.recipients)
        messages.success(request, said % {"count": row.recipients})
    return HttpResponseRedirect(reverse("trainers:announcements", args=[cohort.key]))
