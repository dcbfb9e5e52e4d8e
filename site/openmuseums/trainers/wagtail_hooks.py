"""Registers what the log says of trainers' work."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from openmuseums.trainers.announcing import acts as announcing
from openmuseums.trainers.attendance import scans
from openmuseums.trainers.cohorts import managing, staffing
from openmuseums.trainers.inviting import acts as inviting
from openmuseums.trainers.placing import acts as placing
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
    actions.register_action(inviting.INVITED, _("Invite people"), _("Invited people to the group"))
    actions.register_action(inviting.WITHDRAWN, _("Withdraw an invitation"), _("Withdrew an invitation"))
    actions.register_action(inviting.RENEWED, _("Let an invitation hold again"), _("Let an invitation hold again"))
    actions.register_action(announcing.TOLD, _("Tell a group something"), _("Told the group something"))
    actions.register_action(placing.KEPT, _("Add people by name"), _("Added people by name"))
    actions.register_action(placing.CODE_RENEWED, _("Give a place a new code"), _("Gave a place a new code"))
    actions.register_action(placing.ACCOUNT_MADE, _("Make an account for a place"), _("Made an account for a place"))
    actions.register_action(placing.RENAMED, _("Change the name of a place"), _("Changed the name of a place"))
    actions.register_action(placing.TAKEN_AWAY, _("Keep a place no longer"), _("Kept a place no longer"))
