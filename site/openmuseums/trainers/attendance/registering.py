"""Registers the duty that deletes scans of sheets."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from openmuseums.clock.duties import Duty, register_duty
from openmuseums.trainers.attendance.scans import delete_due_scans


def register_deleting() -> None:
    """Have the clock delete scans whose time is up."""
    register_duty(
        Duty("trainers.scans", _("Delete scans of sheets whose time is up"), dt.timedelta(days=1), delete_due_scans)
    )
