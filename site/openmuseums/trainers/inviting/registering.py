"""Registers the letters of invitation, and that those left behind are written."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from openmuseums.clock.duties import Duty, register_duty
from openmuseums.mail.kinds import register_kind
from openmuseums.trainers.inviting.writing import KIND, write_due


def register_inviting() -> None:
    """Have letters of invitation be written, and every few minutes those that a worker left behind."""
    register_kind(KIND)
    register_duty(Duty("trainers.invitations", _("Write invitations that wait"), dt.timedelta(minutes=5), write_due))
