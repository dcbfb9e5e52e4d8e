"""Search as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """What readers find by words of their language."""

    name = "openmuseums.search"
    verbose_name = _("Search of the course")

    def ready(self) -> None:
        """Listen to pages that are published."""
        from openmuseums.search import receivers  # noqa: F401, PLC0415 - connects on import
