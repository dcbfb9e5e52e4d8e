"""People as an app, and Wagtail's user administration with our forms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Accounts and sign-in."""

    name = "openmuseums.people"
    verbose_name = _("People")


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, which knows that an e-mail address and a user name are each optional."""

    user_viewset = "openmuseums.people.viewsets.UserViewSet"
