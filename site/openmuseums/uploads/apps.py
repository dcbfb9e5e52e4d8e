"""Uploads as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    """Pictures and documents."""

    name = "openmuseums.uploads"
    verbose_name = _("Pictures and documents")
