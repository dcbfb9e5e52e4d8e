"""Catalogues as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CataloguesConfig(AppConfig):
    """Compiling of catalogues."""

    name = "openmuseums.catalogues"
    verbose_name = _("Catalogues")
