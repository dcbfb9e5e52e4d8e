"""Wagtail's administration of accounts, and of one's own, with our forms."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView as WagtailAccountView
from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from openmuseums.people.forms import AccountForm, UserCreationForm, UserEditForm
from openmuseums.people.models import User


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


class UserViewSet(WagtailUserViewSet):
    """Administers accounts that may lack an e-mail address or a user name."""

    index_view_class = IndexView

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
