"""What organisations add to Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from openmuseums.organisations.desk import OrganisationViewSet
from openmuseums.organisations.merging import MERGED


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationViewSet:
    """Let administrators look after organisations."""
    return OrganisationViewSet()


@hooks.register("register_log_actions")
def register_merging(actions: LogActionRegistry) -> None:
    """Let an organisation's history say what was merged into it."""
    actions.register_action(MERGED, _("Merge with a double"), _("A double was merged into it"))
