"""The home page as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home page and "my learning"."""

    name = "openmuseums.home"
    verbose_name = _("Home")

    def ready(self) -> None:
        """Give the home page the outline of the course, for it shows the lessons, and let course packs hold it."""
        from lessons.checks.walking import check_body  # noqa: PLC0415 - models must be ready
        from lessons.contexts import course_context  # noqa: PLC0415
        from lessons.pack.page_types import register_page_type  # noqa: PLC0415
        from lessons.searching import read_stream  # noqa: PLC0415
        from openmuseums.delivery.pages import register_context  # noqa: PLC0415
        from openmuseums.editorial.checks import register_check  # noqa: PLC0415
        from openmuseums.home import receivers  # noqa: F401, PLC0415 - connects on import
        from openmuseums.home.models import HomePage, StandingPage  # noqa: PLC0415
        from openmuseums.home.operators import operator_email  # noqa: PLC0415
        from openmuseums.home.standing import standing_context  # noqa: PLC0415
        from openmuseums.reports.contacts import register_contact  # noqa: PLC0415
        from openmuseums.search.sources import register_searchable  # noqa: PLC0415

        register_context(HomePage, course_context)
        register_page_type("home", HomePage)
        register_context(StandingPage, standing_context)
        register_page_type("standing", StandingPage)
        register_check(StandingPage, check_body)
        register_searchable(StandingPage, lambda page: read_stream(page.body, is_anchored=False))
        register_contact(operator_email)
