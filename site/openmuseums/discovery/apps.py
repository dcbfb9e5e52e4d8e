"""Discovery as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscoveryConfig(AppConfig):
    """Structured data, sitemap and feeds."""

    name = "openmuseums.discovery"
    verbose_name = _("Discovery")

    def ready(self) -> None:
        """Listen to what is published."""
        from openmuseums.discovery import receivers  # noqa: F401, PLC0415 - connects on import
