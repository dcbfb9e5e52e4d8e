"""Readers’ reports as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """What readers say is wrong on a page, and the editors' queue of it."""

    name = "openmuseums.reports"
    verbose_name = _("Readers’ reports")

    def ready(self) -> None:
        """Declare what reports keep, and until when."""
        from openmuseums.reports.expiring import declare_reports  # noqa: PLC0415 - models must be ready

        declare_reports()
