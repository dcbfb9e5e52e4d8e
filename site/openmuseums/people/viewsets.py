"""Wagtail's administration of accounts, and of one's own, with our forms."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView as WagtailAccountView
from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.admin.widgets import Button
from wagtail.users.views.users import CreateView as WagtailCreateView
from wagtail.users.views.users import DeleteView as WagtailDeleteView
from wagtail.users.views.users import EditView as WagtailEditView
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from openmuseums.people.forms import AccountForm, UserCreationForm, UserEditForm
from openmuseums.people.models import User
from openmuseums.people.rights import may_look_after
from openmuseums.people.slips import may_help
from openmuseums.privacy.erasing import LastAdministratorError, erase
from openmuseums.privacy.looks import note_look
from openmuseums.privacy.models import Look
from openmuseums.privacy.registry import subject_of_account


class IndexView(WagtailIndexView):
    """Lists accounts; who has no name is listed by what they sign in with."""

    @cached_property
    def search_fields(self) -> set[str]:
        """Return the fields that are searched."""
        return {"username", "email", "name"}

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Order by name, then by what people sign in with."""
        if self.ordering in ("name", "-name"):
            names = [F("name"), F("username"), F("email")]
            if self.ordering == "-name":
                return queryset.order_by(*[name.desc(nulls_last=True) for name in names])
            return queryset.order_by(*[name.asc(nulls_last=True) for name in names])
        ordered: QuerySet[User] = super().order_queryset(queryset)
        return ordered


class CreateView(WagtailCreateView):
    """Makes an account that may do no more than who makes it."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what the form is made with."""
        return {**super().get_form_kwargs(), "actor": self.request.user}


class EditView(WagtailEditView):
    """Shows an account, and keeps who looked: its owner sees that."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse who may not look after this account: raises PermissionDenied."""
        if not may_look_after(self.request.user, self.object):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what the form is made with."""
        return {**super().get_form_kwargs(), "actor": self.request.user}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the account."""
        response: HttpResponse = super().get(request, *args, **kwargs)
        note_look(self.request.user, self.object.pk, Look.What.ACCOUNT, timezone.now())
        return response

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Return Wagtail's buttons and those that let the owner in."""
        return [*super().header_more_buttons, *help_buttons(helper=self.request.user, account=self.object)]


class DeleteView(WagtailDeleteView):
    """Erases the person with the account. The log does not say who it was."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse who may not look after this account: raises PermissionDenied."""
        if not may_look_after(self.request.user, self.get_object()):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def delete_action(self) -> None:
        """Erase all that there is about the person; refused where nobody would be left to administer the site."""
        try:
            erase(subject=subject_of_account(self.object), now=timezone.now())
        except LastAdministratorError:
            raise PermissionDenied from None


def help_buttons(*, helper: User, account: User) -> list[Button]:
    """Return what leads to letting somebody in, for who may do that."""
    if not may_help(helper, account):
        return []
    slip, factor = (reverse(f"people_admin:{name}", args=[account.pk]) for name in ("slip", "second-factor"))
    return [
        Button(_("Make a slip"), url=slip, icon_name="key", priority=40),
        Button(_("Take away a lost second factor"), url=factor, icon_name="key", priority=50),
    ]


class UserViewSet(WagtailUserViewSet):
    """Administers accounts that may lack an e-mail address or a user name."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    # Its form would offer the rights of the account that is copied.
    copy_view_enabled = False
    delete_view_class = DeleteView

    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm] | type[UserEditForm]:
        """Return the form for a new or an existing account."""
        return UserEditForm if for_update else UserCreationForm


class NamesSettingsPanel(NameEmailSettingsPanel):
    """One's name, user name and e-mail address."""

    title = _("Name, user name and e-mail address")
    form_class = AccountForm


class AccountView(WagtailAccountView):
    """One's own account in Wagtail's admin. There are no profile pictures: nothing would show them."""

    def get_panels(self) -> list[Any]:
        """Return Wagtail's panels with ours in the place of name and e-mail address."""
        ours = NamesSettingsPanel(self.request, self.request.user, None)
        kept = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [ours, *[panel for panel in super().get_panels() if not isinstance(panel, kept)]]
