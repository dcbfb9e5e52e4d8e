"""Background work as an app."""

import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClockConfig(AppConfig):
    """Duties that fall due: what is done without anybody asking for it."""

    name = "openmuseums.clock"
    verbose_name = _("Background work")

    def ready(self) -> None:
        """Register the duties that belong to no app above, and what shows how the queue is doing."""
        from openmuseums.clock import publishing, queue  # noqa: PLC0415 - models must be ready
        from openmuseums.clock.duties import Duty, register_duty  # noqa: PLC0415
        from openmuseums.clock.signs import Sign, register_sign  # noqa: PLC0415

        minute, hour, day = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
        for duty in (
            Duty("publishing", _("Publish pages on schedule"), minute, publishing.publish_scheduled),
            Duty("worker", _("Sign of life of the worker"), 5 * minute, queue.ask_for_sign_of_life),
            Duty("lost-tasks", _("Take up tasks that a worker left behind"), 10 * minute, queue.put_back_lost_tasks),
            Duty("old-tasks", _("Remove tasks that are over"), day, queue.remove_old_tasks),
            Duty("signs", _("Check that all of it runs"), hour, queue.look_at_signs),
        ):
            register_duty(duty)
        register_sign(Sign("worker", _("Worker"), queue.read_worker))
        register_sign(Sign("tasks", _("Tasks"), queue.read_tasks, queue.try_failed_tasks_again))
