"""Privacy as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """What the site keeps of people, told to them and erased for them."""

    name = "openmuseums.privacy"
    verbose_name = _("Privacy")
