"""What is done to several accounts at once in Wagtail's admin, within the limits of who does it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from openmuseums.people.models import User
from openmuseums.people.rights import groups_to_give, may_look_after


class GiveGroupBulkAction(AssignRoleBulkAction):
    """Puts people in a group: never in one that may do more than who does it, nor people who may."""

    def check_perm(self, obj: User) -> bool:
        """Return whether this account may be changed."""
        return may_look_after(self.request.user, obj)

    def get_form(self, form_class: Any = None) -> Any:
        """Return the form, which offers what its user may give."""
        form = super().get_form(form_class)
        form.fields["role"].queryset = groups_to_give(self.request.user)
        return form

    def get_execution_context(self) -> dict[str, Any]:
        """Return the group that was chosen. Raises PermissionDenied where it is not theirs to give."""
        context: dict[str, Any] = super().get_execution_context()
        if context["role"] not in groups_to_give(self.request.user):
            raise PermissionDenied
        return context


class CloseBulkAction(SetActiveStateBulkAction):
    """Closes and opens accounts, but not those of people who may do more."""

    def check_perm(self, obj: User) -> bool:
        """Return whether this account may be changed."""
        return may_look_after(self.request.user, obj)
