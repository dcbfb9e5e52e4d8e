"""Uploads as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    """Pictures and documents."""

    name = "openmuseums.uploads"
    verbose_name = _("Pictures and documents")

    def ready(self) -> None:
        """Make the sizes of pictures when pages are published."""
        from openmuseums.uploads import receivers  # noqa: F401, PLC0415 - connects on import
