"""What people's accounts add to Wagtail's admin."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry

from openmuseums.people import help_views
from openmuseums.people.bulk_actions import CloseBulkAction, GiveGroupBulkAction
from openmuseums.people.factors import RESET
from openmuseums.people.models import User
from openmuseums.people.slips import MADE
from openmuseums.people.viewsets import help_buttons


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    """Return the addresses by which administrators let people in."""
    patterns = [
        path("<int:account_id>/slip/", help_views.slip, name="slip"),
        path("<int:account_id>/second-factor/", help_views.second_factor, name="second-factor"),
    ]
    return [path("accounts/", include((patterns, "people_admin")))]


@hooks.register("register_user_listing_buttons")
def buttons(user: User, request_user: User) -> Iterator[Button]:
    """Lead from the list of accounts to letting somebody in."""
    yield from help_buttons(helper=request_user, account=user)


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Have an account's history say who let its owner in."""
    actions.register_action(MADE, _("Slip made"), _("A slip to sign in with was made"))
    actions.register_action(RESET, _("Second factor taken away"), _("A lost second factor was taken away"))


# After Wagtail's own, whose places they take.
hooks.register("register_bulk_action", GiveGroupBulkAction, order=100)
hooks.register("register_bulk_action", CloseBulkAction, order=100)
