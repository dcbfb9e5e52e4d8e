"""What the desks of translation add to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.urls.resolvers import URLResolver
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from openmuseums.translation.closing import without_closed_actions, without_report
from openmuseums.translation.desk.leading import lead_to_desk
from openmuseums.translation.following.acts import FOLLOWED
from openmuseums.translation.following.telling import warn_before_deletion, warn_before_move
from openmuseums.translation.rights import may_look
from openmuseums.translation.teams import setting_up
from openmuseums.translation.teams import views as teams


class TeamsMenuItem(MenuItem):
    """Leads to the teams whoever may set them up."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether this person may."""
        return request.user.has_perm(teams.PERMISSION)


class TranslationsMenuItem(MenuItem):
    """Leads whoever may change a page in any language to how all translations stand."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether this person may look."""
        return may_look(request.user)


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    """Give the desks their addresses."""
    return [path("translation/", include("openmuseums.translation.admin_urls"))]


@hooks.register("register_settings_menu_item")
def register_teams() -> MenuItem:
    """Put the teams into the menu of settings."""
    return TeamsMenuItem(
        _("Teams of the languages"), reverse_lazy("translation_admin:teams"), name="teams", icon_name="group", order=615
    )


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Let the log say who set up a team, and which pages left the public with their source."""
    actions.register_action(setting_up.SET_UP, _("Set up a team"), _("Team of a language set up"))
    actions.register_action(FOLLOWED, _("Follow the source"), _("Unpublished with the page that it translates"))


@hooks.register("construct_page_action_menu")
def take_out_actions(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer nothing that is closed."""
    menu_items[:] = without_closed_actions(menu_items)


@hooks.register("construct_reports_menu")
def take_out_report(request: HttpRequest, menu_items: list[Any]) -> None:
    """Offer no report that is closed."""
    menu_items[:] = without_report(menu_items)


# Before that of wagtail-localize, which would open its own editor.
hooks.register("before_edit_page", lead_to_desk, order=-10)


@hooks.register("register_admin_menu_item")
def register_dashboard() -> MenuItem:
    """Put the dashboard into the menu."""
    return TranslationsMenuItem(
        _("Translations"),
        reverse_lazy("translation_admin:dashboard"),
        name="translations",
        icon_name="globe",
        order=150,
    )


hooks.register("before_delete_page", warn_before_deletion)
hooks.register("before_move_page", warn_before_move)
