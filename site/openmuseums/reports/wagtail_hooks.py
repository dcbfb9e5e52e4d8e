"""What readers' reports add to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.urls.resolvers import URLResolver
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.log_actions import LogActionRegistry

from openmuseums.reports.desk import PERMISSION
from openmuseums.reports.queue import chosen_reports
from openmuseums.reports.settling import REOPENED, SETTLED
from openmuseums.reports.urls import admin_urlpatterns


class ReportsMenuItem(MenuItem):
    """Leads to the queue whoever may settle reports."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether this person may."""
        return request.user.has_perm(PERMISSION)


class OpenReports(SummaryItem):
    """Says on the first page of the admin how many reports wait for somebody."""

    order = 250
    template_name = "reports/open_reports.html"

    def is_shown(self) -> bool:
        """Return whether this person may settle them."""
        return bool(self.request.user.has_perm(PERMISSION))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return how many there are."""
        return {"total": chosen_reports().count()}


@hooks.register("register_admin_urls")
def register_queue() -> list[URLResolver]:
    """Give the queue its address."""
    return [path("readers-reports/", include(admin_urlpatterns))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Put the queue into the menu."""
    return ReportsMenuItem(
        _("Readers’ reports"),
        reverse_lazy("readers_reports:queue"),
        name="readers-reports",
        icon_name="warning",
        order=850,
    )


@hooks.register("construct_homepage_summary_items")
def add_open_reports(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Tell on the first page how many reports are open."""
    items.append(OpenReports(request))


@hooks.register("register_log_actions")
def register_settling(actions: LogActionRegistry) -> None:
    """Let the log say who settled a report and who opened it again."""
    actions.register_action(SETTLED, _("Settle a reader’s report"), _("Reader’s report settled"))
    actions.register_action(REOPENED, _("Reopen a reader’s report"), _("Reader’s report opened again"))
