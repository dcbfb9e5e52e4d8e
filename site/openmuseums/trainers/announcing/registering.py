"""Registers the letters of announcements, what people agree to for them, and the duty that writes those left behind."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from openmuseums.clock.duties import Duty, register_duty
from openmuseums.mail.kinds import register_kind
from openmuseums.privacy.consents import register_purpose
from openmuseums.trainers.announcing import consenting
from openmuseums.trainers.announcing.writing import KIND, write_due


def register_announcing() -> None:
    """Have those who take part be asked whether their trainers may write to them, and letters be written."""
    register_purpose(
        consenting.PURPOSE, consenting.PURPOSE_TEXT, consenting.PURPOSE_VERSION, is_offered_to=consenting.takes_part
    )
    register_kind(KIND)
    register_duty(
        Duty("trainers.announcements", _("Write announcements that wait"), dt.timedelta(minutes=5), write_due)
    )
