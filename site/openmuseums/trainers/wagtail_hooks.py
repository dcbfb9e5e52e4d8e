"""Registers what the log says of trainers' work."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from openmuseums.trainers.attendance import scans
from openmuseums.trainers.cohorts import managing, staffing
from openmuseums.trainers.sessions import arranging


@hooks.register("register_log_actions")
def name_log_actions(actions: Any) -> None:
    """Say in words what was done with a cohort."""
    actions.register_action(managing.MADE, _("Make a group"), _("Made the group"))
    actions.register_action(managing.CHANGED, _("Change a group"), _("Changed the group"))
    actions.register_action(managing.ARCHIVED, _("Archive a group"), _("Archived the group"))
    actions.register_action(
        managing.REOPENED, _("Take a group out of the archive"), _("Took the group out of the archive")
    )
    actions.register_action(managing.COPIED, _("Copy a group"), _("Copied the group"))
    actions.register_action(staffing.ADDED, _("Add staff to a group"), _("Added somebody to the group’s staff"))
    actions.register_action(staffing.TAKEN_OFF, _("Take staff off a group"), _("Took somebody off the group’s staff"))
    actions.register_action(staffing.HANDED_OVER, _("Hand a group over"), _("Handed the group over"))
    actions.register_action(arranging.MADE, _("Make a session"), _("Made the session"))
    actions.register_action(arranging.CHANGED, _("Change a session"), _("Changed the session"))
    actions.register_action(arranging.CANCELLED, _("Cancel a session"), _("Cancelled the session"))
    actions.register_action(scans.ADDED, _("Add a scan of a signed sheet"), _("Added a scan of the signed sheet"))
    actions.register_action(scans.DELETED, _("Delete a scan of a signed sheet"), _("Deleted a scan of the sheet"))
