"""Editorial rules as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    """Checks and the gate at publish."""

    name = "openmuseums.editorial"
    verbose_name = _("Editorial rules")
