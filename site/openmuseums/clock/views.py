"""Work in the background, as administrators see it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from openmuseums.clock.duties import Duty, all_duties
from openmuseums.clock.models import DutyRun
from openmuseums.clock.running import UnknownDutyError, make_due
from openmuseums.clock.signs import Reading, Sign, all_signs

PERMISSION = "clock.view_dutyrun"
CLOCK_IS_GONE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class DutyRow:
    """A duty and its last run, None before the first."""

    duty: Duty
    run: DutyRun | None
    now: dt.datetime

    @property
    def is_running(self) -> bool:
        """Return whether somebody is doing it."""
        return self.run is not None and self.run.is_running(self.now)

    @property
    def has_failed(self) -> bool:
        """Return whether its last run failed."""
        return self.run is not None and self.run.outcome == DutyRun.Outcome.FAILED

    @property
    def died_at(self) -> dt.datetime | None:
        """Return when a run began that ended without a word, where none has ended since."""
        if self.run is None:
            return None
        if self.run.has_died(self.now):
            return self.run.started_at
        is_latest = self.run.died_at and (self.run.finished_at is None or self.run.finished_at < self.run.died_at)
        return self.run.died_at if is_latest else None


@dataclass(frozen=True)
class SignRow:
    """A sign and what it says."""

    sign: Sign
    reading: Reading


def for_administrators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse those who may not see the page. Raises PermissionDenied."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


class StatusView(WagtailAdminTemplateMixin, TemplateView):
    """What is done in the background, how it went, and what is to be done about it."""

    template_name = "clock/status.html"
    page_title = gettext_lazy("Background work")
    header_icon = "time"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the page to administrators alone."""
        return for_administrators(super().dispatch)(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to the page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse_lazy("wagtailadmin_reports:site_history"), "label": _("Reports")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of duties and signs."""
        now = timezone.now()
        runs = {run.name: run for run in DutyRun.objects.all()}
        duties = [DutyRow(duty, runs.get(duty.name), now) for duty in all_duties()]
        return {
            **super().get_context_data(**kwargs),
            "duties": duties,
            "signs": [SignRow(sign, sign.read(now)) for sign in all_signs()],
            "is_clock_gone": any(_is_overdue(row) for row in duties),
        }


@require_POST
@for_administrators
def run_soon(request: HttpRequest, name: str) -> HttpResponse:
    """Have a duty be done at the clock's next turn."""
    try:
        make_due(name=name, now=timezone.now())
    except UnknownDutyError as error:
        raise Http404 from error
    messages.success(request, _("The clock does it within a minute."))
    return HttpResponseRedirect(reverse("clock-status"))


@require_POST
@for_administrators
def try_sign_again(request: HttpRequest, name: str) -> HttpResponse:
    """Apply the remedy of a sign."""
    sign = next((found for found in all_signs() if found.name == name), None)
    if sign is None or sign.try_again is None:
        raise Http404
    count = sign.try_again(timezone.now())
    messages.success(
        request,
        ngettext("%(count)s thing is tried again.", "%(count)s things are tried again.", count) % {"count": count},
    )
    return HttpResponseRedirect(reverse("clock-status"))


def _is_overdue(row: DutyRow) -> bool:
    return row.run is None or (not row.is_running and row.run.due_at <= row.now - CLOCK_IS_GONE)
