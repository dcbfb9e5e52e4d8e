"""Has the clock look after lists that are made in the background."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from openmuseums.clock.duties import Duty, register_duty
from openmuseums.trainers.lists.exporting import look_after_lists


def register_looking_after() -> None:
    """Have lists begun again whose writer is gone, and their files removed when their time is up."""
    register_duty(Duty("trainers.lists", _("Completion lists"), dt.timedelta(minutes=5), look_after_lists))
