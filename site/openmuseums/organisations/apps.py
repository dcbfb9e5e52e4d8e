"""Organisations as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Museums, networks of museums, and who belongs to them."""

    name = "openmuseums.organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        """Declare what is kept of people."""
        from openmuseums.organisations.holdings import declare_holdings  # noqa: PLC0415 - models are ready only now

        declare_holdings()
