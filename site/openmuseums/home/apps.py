"""The home page as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home page and "my learning"."""

    name = "openmuseums.home"
    verbose_name = _("Home")
