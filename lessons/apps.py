"""The course as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonsConfig(AppConfig):
    """Course, lessons and units."""

    name = "lessons"
    verbose_name = _("Lessons")

    def ready(self) -> None:
        """Register the content checks and the outline that learners' records are read against."""
        from lessons.checks import register_checks  # noqa: PLC0415 - models must be ready
        from lessons.outline import current_outline  # noqa: PLC0415
        from openmuseums.learners.outline import register_outline  # noqa: PLC0415

        register_checks()
        register_outline(current_outline)
