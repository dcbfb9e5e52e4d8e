"""Registers letters to teams with consents, the mail and the clock."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from openmuseums.clock.duties import Duty, register_duty
from openmuseums.mail.kinds import register_kind
from openmuseums.privacy.consents import register_purpose
from openmuseums.translation.digests.writing import (
    KIND,
    PURPOSE,
    PURPOSE_TEXT,
    PURPOSE_VERSION,
    is_in_team,
    write_digests,
)


def register_digests() -> None:
    """Ask members of teams whether they want letters, and have the clock write them once a day."""
    register_purpose(PURPOSE, PURPOSE_TEXT, PURPOSE_VERSION, is_offered_to=is_in_team)
    register_kind(KIND)
    register_duty(Duty("translation.digests", _("Tell teams what there is to do"), dt.timedelta(days=1), write_digests))
