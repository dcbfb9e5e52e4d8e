"""What the clock adds to Wagtail's admin: a page about work in the background."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from openmuseums.clock import views


class BackgroundWorkMenuItem(MenuItem):
    """The way to the page, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether this person sees it."""
        return request.user.has_perm(views.PERMISSION)


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Show the way to the page among the reports."""
    return BackgroundWorkMenuItem(
        _("Background work"), reverse("clock-status"), name="background-work", icon_name="time", order=1300
    )


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    """Give the page and its buttons their addresses."""
    return [
        path("background-work/", views.StatusView.as_view(), name="clock-status"),
        path("background-work/duties/<str:name>/", views.run_soon, name="clock-run-soon"),
        path("background-work/signs/<str:name>/", views.try_sign_again, name="clock-try-again"),
    ]
