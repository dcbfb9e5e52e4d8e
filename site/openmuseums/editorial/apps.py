"""Editorial rules as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    """Checks and the gate at publish."""

    name = "openmuseums.editorial"
    verbose_name = _("Editorial rules")

    def ready(self) -> None:
        """Register the checks and the floor of changes that hold for every guarded page."""
        from openmuseums.editorial.changes import floor_of_content, register_floor  # noqa: PLC0415 - models must be ready
        from openmuseums.editorial.checks import register_check  # noqa: PLC0415
        from openmuseums.editorial.declaring import declare_choices  # noqa: PLC0415
        from openmuseums.editorial.fields import check_fields  # noqa: PLC0415
        from openmuseums.editorial.models import GuardedPage  # noqa: PLC0415

        register_check(GuardedPage, check_fields)
        register_floor(GuardedPage, floor_of_content)
        declare_choices()
