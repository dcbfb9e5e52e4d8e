"""The editors' queue of reports in Wagtail's admin."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from openmuseums.people.admin_pages import titled
from openmuseums.people.models import User
from openmuseums.reports.forms import QueueForm, SettleForm
from openmuseums.reports.queue import State, chosen_reports, places_in, shown_places
from openmuseums.reports.settling import NothingToReopenError, NothingToSettleError, reopen, settle

PERMISSION = "reports.change_report"
PLACES_A_PAGE = 20


@require_safe
@permission_required(PERMISSION)
def queue(request: HttpRequest) -> HttpResponse:
    """Show the reports, those about one place together."""
    form = QueueForm(request.GET)
    asked = form.asked()
    reports = chosen_reports(**asked)
    pages = Paginator(places_in(reports), PLACES_A_PAGE)
    shown = pages.get_page(request.GET.get("p"))
    context = {
        "form": form,
        "asked": urlencode(asked),
        "page_obj": shown,
        "places": shown_places(shown.object_list, reports),
        "total": pages.count,
        "is_open_queue": asked.get("state", State.OPEN) == State.OPEN,
        **titled(_("Readers’ reports"), icon="warning"),
    }
    return render(request, "reports/queue.html", context)


@require_POST
@permission_required(PERMISSION)
def settle_reports(request: HttpRequest) -> HttpResponse:
    """Settle the reports that were chosen, with a note."""
    form = SettleForm(request.POST)
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, " ".join(str(fault) for fault in faults))
        return _back(request)
    chosen = form.cleaned_data["report"]
    try:
        count = settle(report_ids=chosen, note=form.cleaned_data["note"], actor=_editor(request), now=timezone.now())
    except NothingToSettleError:
        messages.warning(request, _("Somebody else has settled that meanwhile."))
        return _back(request)
    messages.success(
        request,
        ngettext("%(count)d report is settled.", "%(count)d reports are settled.", count) % {"count": count},
    )
    return _back(request)


@require_POST
@permission_required(PERMISSION)
def reopen_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Open a report again."""
    try:
        reopen(report_id=report_id, actor=_editor(request), now=timezone.now())
    except NothingToReopenError:
        messages.warning(request, _("This report is open already."))
    else:
        messages.success(request, _("The report is open again."))
    return _back(request)


def _editor(request: HttpRequest) -> User:
    return cast("User", request.user)


def _back(request: HttpRequest) -> HttpResponse:
    """Lead back to the part of the queue that was shown."""
    asked = QueueForm(request.POST).asked()
    query = f"?{urlencode(asked)}" if asked else ""
    response = HttpResponseRedirect(f"{reverse('readers_reports:queue')}{query}")
    response.status_code = 303
    return response
