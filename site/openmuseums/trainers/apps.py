"""Trainers' work as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainersConfig(AppConfig):
    """Cohorts, sessions, following, and completion lists."""

    name = "openmuseums.trainers"
    verbose_name = _("Trainers")

    def ready(self) -> None:
        """Put trainers' pages behind the door, follow what learners do, declare what is kept of people."""
        from openmuseums.people.door import register_door  # noqa: PLC0415 - models must be ready
        from openmuseums.trainers import checks, receivers  # noqa: F401, PLC0415
        from openmuseums.trainers.announcing.registering import register_announcing  # noqa: PLC0415
        from openmuseums.trainers.attendance.registering import register_deleting  # noqa: PLC0415
        from openmuseums.trainers.declaring import declare_holdings  # noqa: PLC0415
        from openmuseums.trainers.inviting.registering import register_inviting  # noqa: PLC0415
        from openmuseums.trainers.lists.registering import register_looking_after  # noqa: PLC0415
        from openmuseums.trainers.sessions.registering import register_reminding  # noqa: PLC0415
        from openmuseums.trainers.walls import may_train  # noqa: PLC0415

        register_door("trainers:", may_train)
        declare_holdings()
        register_reminding()
        register_deleting()
        register_inviting()
        register_looking_after()
        register_announcing()
