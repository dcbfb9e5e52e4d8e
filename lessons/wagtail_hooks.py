"""What lessons add to Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from lessons.ageing import views as ages
from lessons.authoring.style_sheet import TITLE


class AgesMenuItem(MenuItem):
    """The way to the report of what ages, for those who may edit units of the source."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether this person sees it."""
        return ages.may_check(request.user)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    """Give our pages about lessons their addresses."""
    return [path("lessons/", include("lessons.admin_urls"))]


@hooks.register("register_help_menu_item")
def list_style_sheet() -> MenuItem:
    """Show the way to the style sheet for authors in the help menu."""
    return MenuItem(TITLE, reverse_lazy("lessons_admin:style-sheet"), name="style-sheet", icon_name="help", order=100)


@hooks.register("register_reports_menu_item")
def list_ages() -> MenuItem:
    """Show the way to what ages among the reports."""
    return AgesMenuItem(ages.TITLE, reverse_lazy("lessons_admin:ages"), name="ages", icon_name="history", order=1200)
