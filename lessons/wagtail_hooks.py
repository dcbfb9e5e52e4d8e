"""What lessons add to Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from lessons.authoring.style_sheet import TITLE


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    """Give our pages about lessons their addresses."""
    return [path("lessons/", include("lessons.admin_urls"))]


@hooks.register("register_help_menu_item")
def list_style_sheet() -> MenuItem:
    """Show the way to the style sheet for authors in the help menu."""
    return MenuItem(TITLE, reverse_lazy("lessons_admin:style-sheet"), name="style-sheet", icon_name="help", order=100)
