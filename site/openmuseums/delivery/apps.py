"""Delivery as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """States of a page, caches and headers."""

    name = "openmuseums.delivery"
    verbose_name = _("Delivery")

    def ready(self) -> None:
        """Listen to whatever changes the outline of the course."""
        from openmuseums.delivery import receivers  # noqa: F401, PLC0415 - connects on import
