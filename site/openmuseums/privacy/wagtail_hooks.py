"""What privacy adds to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from openmuseums.privacy import on_behalf
from openmuseums.privacy.bulk_actions import EraseBulkAction
from openmuseums.privacy.registry import may_look_after

hooks.register("register_bulk_action", EraseBulkAction, order=100)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    """Return the addresses of what administrators do with other people's data."""
    patterns = [
        path("<int:account_id>/", on_behalf.account_data, name="account-data"),
        path("<int:account_id>/download/", on_behalf.account_download, name="account-export"),
    ]
    return [path("personal-data/", include((patterns, "privacy_admin")))]


@hooks.register("register_user_listing_buttons")
def data_button(user: Any, request_user: Any) -> Iterator[Button]:
    """Lead from the list of accounts to what is kept of one."""
    if request_user.has_perm(on_behalf.MAY_LOOK) and may_look_after(request_user, user):
        address = reverse("privacy_admin:account-data", args=[user.pk])
        yield Button(_("Personal data"), url=address, icon_name="download", priority=30)
