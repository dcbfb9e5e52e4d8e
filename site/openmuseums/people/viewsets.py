"""Wagtail's user administration with our forms."""

from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from openmuseums.people.forms import UserCreationForm, UserEditForm


class UserViewSet(WagtailUserViewSet):
    """Administers accounts that may lack an e-mail address or a user name."""

    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm] | type[UserEditForm]:
        """Return the form for a new or an existing account."""
        return UserEditForm if for_update else UserCreationForm
