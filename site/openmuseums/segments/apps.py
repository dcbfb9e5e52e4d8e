"""The engine of translatable texts as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentsConfig(AppConfig):
    """Translatable texts of pages."""

    name = "openmuseums.segments"
    verbose_name = _("Texts to translate")
