"""Organisations as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Museums, networks of museums, and who belongs to them."""

    name = "openmuseums.organisations"
    verbose_name = _("Organisations")
