"""Background work as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClockConfig(AppConfig):
    """Duties that fall due: what is done without anybody asking for it."""

    name = "openmuseums.clock"
    verbose_name = _("Background work")
