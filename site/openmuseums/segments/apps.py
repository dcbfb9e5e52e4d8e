"""The engine of translatable texts as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentsConfig(AppConfig):
    """Translatable texts of pages."""

    name = "openmuseums.segments"
    verbose_name = _("Texts to translate")

    def ready(self) -> None:
        """Keep editions of what is published, and stamp translations with them."""
        from openmuseums.segments import receivers  # noqa: F401, PLC0415 - models must be ready
