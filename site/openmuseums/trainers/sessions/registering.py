"""Registers the letters about sessions, what people agree to for them, and the duty that writes them."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from openmuseums.clock.duties import Duty, register_duty
from openmuseums.mail.kinds import register_kind
from openmuseums.privacy.consents import register_purpose
from openmuseums.trainers.sessions import reminding


def register_reminding() -> None:
    """Have those who take part be asked whether they want to be reminded, and the clock remind them."""
    register_purpose(
        reminding.PURPOSE, reminding.PURPOSE_TEXT, reminding.PURPOSE_VERSION, is_offered_to=reminding.takes_part
    )
    register_kind(reminding.KIND)
    register_duty(
        Duty(
            "trainers.session-reminders",
            _("Remind of sessions the day before"),
            dt.timedelta(minutes=30),
            reminding.remind_of_sessions,
        )
    )
